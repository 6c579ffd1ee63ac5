// Processes that load engines and put them into a dataset, each as a writer of its own.
//
// Processes, not threads: the library asks for none, an engine that brings its process down takes
// only that one with it, and many writers at once is what a dataset is made for.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "trex/load/load.hpp"
#include "trex/store/dataset_writer.hpp"

namespace trex::cli {

// What became of an engine.
struct AddOutcome {
  enum class Status : std::uint8_t { untried, added, already_there, failed };
  Status status = Status::untried;
  std::string id, name;
  store::Partition partition;
  std::string message;  // of a failure
};

struct AddWork {
  std::string dataset;
  store::GivenFacts given;
  store::WriterOptions writer;
  std::size_t jobs = 1;
  // Engines that are done (loaded, not yet all committed), a few times a second.
  std::function<void(std::size_t done)> progress = {};
};

// One outcome an engine. An engine whose process dies is a failure that says so; what that process
// had taken and not committed is done again. Throws Error when the dataset cannot be written.
std::vector<AddOutcome> add_engines(const std::vector<EngineFiles>& engines, const AddWork& work);

}  // namespace trex::cli

// Is a dataset what its commits say? Every file, byte and engine; and what does not belong there.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "trex/store/dataset_batch.hpp"

namespace trex::store {

struct DatasetProblem {
  std::string file;  // relative to the dataset; empty: the dataset itself
  std::string what;
  std::string fix;
};

struct VerifyOptions {
  bool is_quick = false;  // sizes instead of hashes, and no look at the rows
  DatasetMachine machine;
  std::function<void(std::size_t done, std::size_t all)> progress = {};  // of the files
};

struct VerifyReport {
  std::int64_t sequence = 0, engines = 0, rows = 0, bytes = 0;
  std::size_t files = 0;
  std::size_t leftovers = 0;  // files of writers that died; no problem: compact removes them
  std::vector<DatasetProblem> problems;
};

// Changes nothing. Throws Error when the folder is no dataset or newer than this trex.
VerifyReport verify_dataset(const std::string& folder, const VerifyOptions& options);

}  // namespace trex::store

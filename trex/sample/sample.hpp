// Writes example engines: every file that TREx's `process` would leave, for models whose figures
// are modelled, not measured.
//
// The same seed gives the same bytes on every machine.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "trex/sample/layer.hpp"

namespace trex::sample {

struct Options {
  std::string directory;
  std::vector<std::string> only;  // names of samples; empty: all of them
  std::uint64_t seed = 1;
  std::optional<std::int64_t> records;  // timing records; empty: what 3 seconds hold
  // Writes one engine of that many layers instead, for tests of scale, in the schema of
  // `generation` (10.x when empty).
  std::optional<std::int64_t> layers;
  std::optional<Generation> generation;  // without `layers`: only the samples of that generation
  bool force = false;                    // overwrite files in a folder that is not ours
  std::function<void(const std::string& what, double fraction)> progress;  // may be empty
};

struct Info {
  std::string name, summary;
};
std::vector<Info> list_samples();

struct Written {
  std::string path;
  std::uint64_t bytes = 0;
};
// Throws Error for an unknown name, a directory that is a file, and files in it that this did not
// write (it knows its own folders by the README.txt it leaves).
std::vector<Written> write_samples(const Options& options);

// "8", "10", "11"; throws Error for anything else.
Generation parse_generation(const std::string& text);

// The sample as it is before it is written, with its times.
Plan make_sample(const std::string& name);

inline constexpr std::int64_t max_layers = 1'000'000, max_records = 10'000'000;

}  // namespace trex::sample

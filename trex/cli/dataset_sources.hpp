// Which engines do the arguments of `trex dataset add` name?

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "trex/load/load.hpp"

namespace trex::cli {

struct DatasetSources {
  std::vector<EngineFiles> engines;
  struct Failure {
    std::string argument, message;
  };
  std::vector<Failure> failures;  // arguments that name no engine
};

// Files (a graph with its side files counts once), archives, and folders with all folders in
// them. What cannot be recognised becomes a failure, and the
// rest goes on.
DatasetSources find_dataset_sources(const std::vector<std::string>& arguments);

// One a line; "-" reads standard input.
std::vector<std::string> read_argument_file(const std::string& path);

}  // namespace trex::cli

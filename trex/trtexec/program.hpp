// Where is trtexec on this machine, and which version is it?

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "trex/trtexec/options.hpp"

namespace trex::trtexec {

struct Program {
  std::string path;
  std::string version_text;  // "10.13.0"; "" when it did not tell
  Version version;
  bool version_is_guess = false;  // from the options in its help
  std::vector<HelpOption> help;
};

// The path: `given` when it is not empty, else the environment's TREX_TRTEXEC, PATH, and the places
// where TensorRT's packages and containers put it. Throws Error that lists where it looked.
std::string find_trtexec(const std::string& given);

// Asks it for its help, whose first line tells the version. Throws Error when it cannot be run,
// tells nothing for `seconds`, or is older than 8.4.
Program ask_trtexec(const std::string& path, double seconds = 60);

// The oldest version that lists these options; for a program that does not tell its own.
Version version_from_help(const std::vector<HelpOption>& help);

}  // namespace trex::trtexec

// Files that something is wrong with, each with the one line that is said of them.
//
// A case writes its files into an empty folder and loads them as the commands do: either loading
// fails with `error`, or `notes` is everything that was noted. In both, the folder is left out.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "trex/load/load.hpp"

namespace trex::test {

struct Malformed {
  const char* kind;  // of damage; at most 8 cases have one
  const char* what;
  std::vector<std::pair<std::string, std::string>> files;  // name, content
  std::string error;                                       // the whole message, or empty
  std::vector<std::string> notes;                          // "file: path: message"
  std::vector<std::string> arguments = {"x.json"};
  EngineFiles options = {};
};

// The cases by kind; each in the file named after it.
std::vector<Malformed> malformed_plans();
std::vector<Malformed> malformed_files();

}  // namespace trex::test

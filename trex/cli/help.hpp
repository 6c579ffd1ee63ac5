// --help and --version: made from the list of commands, never written twice.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "trex/cli/commands.hpp"

namespace trex::cli {

std::string general_help(const std::vector<Command>& commands);
std::string command_help(const Command& command, const std::vector<Flag>& common);
std::string version_text();

// The parts of Flag::spec: "-o,--output FILE" -> {"-o", "--output"}, "FILE".
struct FlagWords {
  std::vector<std::string> names;  // empty for arguments
  std::string value;               // "FILE", "ENGINE..."; empty for a switch
};
FlagWords words_of(const Flag& flag);

}  // namespace trex::cli

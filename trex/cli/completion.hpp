// Completion scripts for shells, made from the list of commands.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "trex/cli/commands.hpp"

namespace trex::cli {

struct CompletionInput {
  std::vector<Command> commands;
  std::vector<std::vector<Flag>> common_flags;  // of each command
};

struct Shell {
  std::string_view name;
  std::string_view install;  // how to switch it on, one line
  std::string (*script)(const CompletionInput&);
};
std::span<const Shell> shells();

}  // namespace trex::cli

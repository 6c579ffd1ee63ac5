// Runs a command as if its words had been typed: for main, and for a command that uses others.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "trex/cli/commands.hpp"

namespace trex::cli {

// Throws Error ("did you mean") when there is none of that name.
const Command& find_command(const std::vector<Command>& list, std::string_view name);
// Parses `words` into the command's options and runs it. Throws Error as the command does.
ExitCode run_command(const Command& command, const std::vector<std::string>& words, Io& io);

}  // namespace trex::cli

// The words of a command line into a command's options.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "trex/cli/commands.hpp"

namespace trex::cli {

// Options that every command with a document takes; all commands take -v and --help.
struct CommonOptions {
  std::string format = "text";
  bool json = false;
  std::string color = "auto";
  std::optional<std::int64_t> width;
  std::string output = "-";
  bool verbose = false;
  bool help = false;
};
std::vector<Flag> common_flags(CommonOptions& options, const Command& command);

// Sets what the flags are bound to. Throws Error: unknown options ("did you mean"), missing and
// malformed values, too many or too few arguments.
void parse(const Command& command, const std::vector<Flag>& common,
           const std::vector<std::string>& words);

// The values of an option that takes several: repeated, or separated by commas.
std::vector<std::string> listed(const std::vector<std::string>& values);

}  // namespace trex::cli

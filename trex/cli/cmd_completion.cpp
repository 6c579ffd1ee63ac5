// `trex completion`: a script that lets a shell complete commands, options and column names.

// SPDX-License-Identifier: Apache-2.0
#include "trex/base/error.hpp"
#include "trex/cli/commands.hpp"
#include "trex/cli/completion.hpp"
#include "trex/cli/parse.hpp"

namespace trex::cli {
namespace {

struct Options {
  std::string shell;
};

std::vector<Flag> flags(Options& o) {
  std::vector<std::string> names;
  for (const Shell& shell : shells()) names.emplace_back(shell.name);
  return {{"SHELL", &o.shell, "one of", names}};
}

ExitCode run(const Options& o, Io& io) {
  CommonOptions unused;
  CompletionInput input{commands(), {}};
  for (const Command& command : input.commands) {
    input.common_flags.push_back(common_flags(unused, command));
  }
  for (const Shell& shell : shells()) {
    if (shell.name == o.shell) io.write(shell.script(input));
  }
  return ExitCode::success;
}

}  // namespace

Command completion_command() {
  std::vector<Example> examples;
  for (const Shell& shell : shells()) examples.push_back({shell.install, shell.name});
  Command result = command<Options>("completion", "a completion script for your shell",
                                    std::move(examples), flags, run);
  result.has_document = false;
  return result;
}

}  // namespace trex::cli

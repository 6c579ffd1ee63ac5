// The program: finds the command, parses its options, runs it, and turns errors into one line.
//
// The only place that prints errors and decides the exit code.

// SPDX-License-Identifier: Apache-2.0
#include <csignal>
#include <exception>
#include <new>

#include "trex/base/error.hpp"
#include "trex/base/large_memory.hpp"
#include "trex/cli/commands.hpp"
#include "trex/cli/help.hpp"
#include "trex/cli/run_command.hpp"

namespace trex::cli {
namespace {

ExitCode run(std::vector<std::string> words) {
  Io io;
  const std::vector<Command> list = commands();
  if (words.empty()) {
    io.say("error: no command given; trex --help lists them");
    return ExitCode::failed;
  }
  const std::string first = words[0];
  words.erase(words.begin());
  if (first == "--version") {
    io.write(version_text());
  } else if (first == "--help" || first == "-h" || (first == "help" && words.empty())) {
    io.write(general_help(list));
  } else if (first == "help") {
    return run_command(find_command(list, words[0]), {"--help"}, io);
  } else {
    return run_command(find_command(list, first), words, io);
  }
  return ExitCode::success;
}

// Everything that a reader of the exit code must know comes through here.
ExitCode run_or_explain(std::vector<std::string> words) {
  try {
    return run(std::move(words));
  } catch (const OutputClosed&) {
  } catch (const Error& error) {
    Io().say(std::string("error: ") + error.what());
  } catch (const std::bad_alloc&) {
    Io().say("error: out of memory");
  } catch (const std::exception& error) {
    Io().say(std::string("error: internal: ") + error.what());
  }
  return ExitCode::failed;
}

}  // namespace
}  // namespace trex::cli

int main(int argc, char** argv) {
  trex::allow_large_pages();
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is an error of write(), not our death
  const auto code = trex::cli::run_or_explain({argv + (argc > 0 ? 1 : 0), argv + argc});
  return static_cast<int>(code);
}

// The program: finds the command, parses its options, runs it, and turns errors into one line.
//
// The only place that prints errors and decides the exit code.

// SPDX-License-Identifier: Apache-2.0
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <new>

#include "trex/base/error.hpp"
#include "trex/base/large_memory.hpp"
#include "trex/base/suggest.hpp"
#include "trex/base/text.hpp"
#include "trex/cli/commands.hpp"
#include "trex/cli/help.hpp"
#include "trex/cli/parse.hpp"

namespace trex::cli {
namespace {

constexpr int width_without_terminal = 100;

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

int terminal_width() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  const std::optional<std::int64_t> columns = parse_integer(variable("COLUMNS"));
  if (columns && *columns > 0 && *columns <= 10000) return static_cast<int>(*columns);
  return width_without_terminal;
}

// https://no-color.org: any value but the empty one switches colour off.
bool wants_color(const CommonOptions& options) {
  if (options.color == "always") return true;
  if (options.color == "never" || options.output != "-") return false;
  return isatty(STDOUT_FILENO) == 1 && variable("NO_COLOR").empty() && variable("TERM") != "dumb";
}

void configure(Io& io, const Command& command, const CommonOptions& options) {
  io.format_name = options.json ? "json" : options.format;
  const std::vector<std::string>& own = command.own_formats;
  if (std::find(own.begin(), own.end(), io.format_name) == own.end()) {
    io.format = &render::find_format(io.format_name);
  }
  if (options.width && (*options.width < 0 || *options.width > 100000)) {
    fail("--width takes 0 to 100000 columns, not {}", *options.width);
  }
  io.style.width = options.width ? static_cast<int>(*options.width) : terminal_width();
  io.style.color = wants_color(options);
  io.verbose = options.verbose;
  io.output = options.output;
}

const Command& find_command(const std::vector<Command>& list, std::string_view name) {
  std::vector<std::string> names;
  for (const Command& command : list) {
    if (command.name == name) return command;
    names.emplace_back(command.name);
  }
  if (starts_with(name, "-")) {
    fail("unknown option '{}': options stand after the command; trex --help lists the commands",
         name);
  }
  fail("no command '{}'{}", name, did_you_mean(name, names));
}

ExitCode run_command(const Command& command, const std::vector<std::string>& words, Io& io) {
  CommonOptions options;
  const std::vector<Flag> common = common_flags(options, command);
  parse(command, common, words);
  if (options.help) {
    io.write(command_help(command, common));
    return ExitCode::success;
  }
  configure(io, command, options);
  return command.run(io);
}

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

// Runs a command as if its words had been typed.

// SPDX-License-Identifier: Apache-2.0
#include "trex/cli/run_command.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "trex/base/error.hpp"
#include "trex/base/suggest.hpp"
#include "trex/base/text.hpp"
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

}  // namespace

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

}  // namespace trex::cli

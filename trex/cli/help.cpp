// --help and --version: made from the list of commands, never written twice.

// SPDX-License-Identifier: Apache-2.0
#include "trex/cli/help.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "trex/base/text.hpp"
#include "trex/render/wrap.hpp"

namespace trex::cli {
namespace {

constexpr int help_width = 80;
constexpr int widest_spec = 24;

constexpr std::string_view exit_codes =
    "Exit codes: 0 ok, 1 found what you asked to fail on, 2 could not do it.\n";

void append_entry(std::string& out, std::string_view spec, std::string_view text, int column) {
  std::string line = "  " + std::string(spec);
  if (display_width(line) + 2 > column) {
    out += line + "\n";
    line.clear();
  }
  for (const std::string& part : render::wrap(text, help_width - column)) {
    out += render::pad(line, column) + part + "\n";
    line.clear();
  }
}

void append_flags(std::string& out, std::string_view title, const std::vector<Flag>& flags) {
  if (flags.empty()) return;
  int column = 0;
  for (const Flag& flag : flags) {
    column = std::max(column, std::min(display_width(flag.spec), widest_spec) + 4);
  }
  out += fmt::format("\n{}:\n", title);
  for (const Flag& flag : flags) {
    std::string text = flag.help;
    if (!flag.choices.empty()) text += ": " + join(flag.choices, ", ");
    append_entry(out, flag.spec, text, column);
  }
}

}  // namespace

FlagWords words_of(const Flag& flag) {
  FlagWords words;
  if (!starts_with(flag.spec, "-")) {
    words.value = flag.spec;
    return words;
  }
  const std::size_t space = flag.spec.find(' ');
  for (const std::string_view name : split(flag.spec.substr(0, space), ',')) {
    words.names.emplace_back(name);
  }
  if (space != std::string_view::npos) words.value = flag.spec.substr(space + 1);
  return words;
}

std::string general_help(const std::vector<Command>& commands) {
  std::string out =
      "trex: what is in a TensorRT engine, where its time and memory go, and why\n\n"
      "Usage: trex COMMAND [OPTIONS] ENGINE...\n\nCommands:\n";
  for (const Command& command : commands) append_entry(out, command.name, command.summary, 14);
  out += "\nExamples:\n";
  for (const Command& command : commands) {
    if (!command.examples.empty()) out += fmt::format("  {}\n", command.examples[0].line);
  }
  out +=
      "\n  trex COMMAND --help   options and examples of a command\n"
      "  trex --version        version, compiler, libraries\n\n";
  out += exit_codes;
  return out;
}

std::string command_help(const Command& command, const std::vector<Flag>& common) {
  std::string arguments;
  std::vector<Flag> positional, options;
  for (const Flag& flag : command.flags) {
    const bool is_argument = words_of(flag).names.empty();
    if (is_argument) arguments += fmt::format(" {}", flag.spec);
    (is_argument ? positional : options).push_back(flag);
  }
  std::string out = fmt::format("trex {}: {}\n\nUsage: trex {}{} [OPTIONS]\n", command.name,
                                command.summary, command.name, arguments);
  append_flags(out, "Arguments", positional);
  append_flags(out, "Options", options);
  append_flags(out, "Common options", common);
  out += "\nExamples:\n";
  for (const Example& example : command.examples) {
    out += fmt::format("  {}\n      {}\n", example.line, example.what);
  }
  if (!command.more.empty()) out += fmt::format("\n{}\n", trim(command.more));
  out += fmt::format("\n{}", exit_codes);
  return out;
}

std::string version_text() {
#if defined(__clang__)
  const std::string compiler = fmt::format("clang {}", __clang_version__);
#elif defined(__GNUC__)
  const std::string compiler = fmt::format("g++ {}", __VERSION__);
#else
  const std::string compiler = "unknown compiler";
#endif
  return fmt::format("trex {}\ncompiler: {}, C++{}\nlibraries: {}\n", TREX_VERSION, compiler,
                     __cplusplus / 100 % 100, TREX_LIBRARIES);
}

}  // namespace trex::cli

// What a command of `trex` is, and the list of them: parsing, --help and completion come from it.
//
// A command is data: its name, what it does, examples, its flags (each bound to a field of the
// command's own Options, whose initial values are the defaults) and a function to run. main() does
// the rest: it parses, prints help, catches errors and decides the exit code.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "trex/cli/io.hpp"

namespace trex::cli {

// The contract with scripts; --help prints it.
enum class ExitCode : int {
  success = 0,
  found_problems = 1,  // what the caller asked to fail on was found
  failed = 2,          // it could not be done
};

// One option or argument. `spec` is what help shows:
//   "ENGINE"        an argument that must be given      "[DIR]"   one that may be left out
//   "ENGINE..."     one or more of them
//   "--top N"       an option with a value              "-o,--output FILE"  with a short form
//   "--all"         a switch (bound to a bool)
struct Flag {
  using Target = std::variant<bool*, std::string*, std::vector<std::string>*,
                              std::optional<std::int64_t>*, std::optional<double>*>;
  std::string_view spec;
  Target target;
  std::string help;
  std::vector<std::string> choices = {};  // the only values it takes; empty: any
  std::vector<std::string> offers = {};   // what completion offers where any value is taken
};

struct Example {
  std::string_view line;  // "trex layers resnet.graph.json --top 10"
  std::string_view what;  // "the ten slowest layers"
};

struct Command {
  std::string_view name;
  std::string_view summary;  // one line, lower case, no final stop
  std::vector<Example> examples;
  std::vector<Flag> flags;
  std::function<ExitCode(Io&)> run;
  std::string_view more = "";  // further paragraphs of --help
  bool has_document = true;    // shows a Document: takes --format, --json, --color, --width
  std::vector<std::string> own_formats = {};  // that --format takes beside those of documents
};

// Binds a command to its own Options: `flags` says which field each flag sets.
template <class Options>
Command command(std::string_view name, std::string_view summary, std::vector<Example> examples,
                std::vector<Flag> (*flags)(Options&), ExitCode (*run)(const Options&, Io&)) {
  auto options = std::make_shared<Options>();
  std::vector<Flag> list = flags(*options);
  return {name, summary, std::move(examples), std::move(list),
          [options, run](Io& io) { return run(*options, io); }};
}

// Every command, in the order of help.
std::vector<Command> commands();

// cmd_<name>.cpp, one each.
Command summary_command();
Command layers_command();
Command show_command();
Command check_command();
Command draw_command();
Command lint_command();
Command explain_command();
Command dataset_command();
Command diff_command();
Command compare_command();
Command export_command();
Command query_command();
Command log_command();
Command process_command();
Command report_command();
Command serve_command();
Command archive_command();
Command tune_command();
Command gpu_command();
Command history_command();
Command sample_command();
Command completion_command();

}  // namespace trex::cli

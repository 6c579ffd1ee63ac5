// `trex explain`: a word, or one layer of an engine, in plain words.

// SPDX-License-Identifier: Apache-2.0
#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/text.hpp"
#include "trex/cli/engine_options.hpp"
#include "trex/report/explain_report.hpp"
#include "trex/report/layer_choice.hpp"

namespace trex::cli {
namespace {

struct Options : EngineOptions {
  bool page = false;
};

std::vector<Flag> flags(Options& o) {
  return with_engine_flags(
      {{"WORD | ENGINE LAYER", &o.engines,
        "a rule, a layer type, a format, a kernel name, a part of a layer's name; or one layer; "
        "without either, what there is to ask for"},
       {"--rule-page", &o.page, "of a rule: its page of the documentation, Markdown"}},
      o);
}

// Words that the shell parted belong together, unless the first is an engine.
bool names_a_layer(const Options& o) {
  if (!o.graph.empty()) return true;
  return o.engines.size() > 1 && (file_exists(o.engines[0]) || is_directory(o.engines[0]) ||
                                  !report::explain_word(join(o.engines, " ")));
}

ExitCode explain_page(const std::string& word, Io& io) {
  const lint::Rule* rule = lint::find_rule(word);
  if (rule == nullptr) report::fail_unknown_word(word);
  io.write(report::rule_page(*rule));
  return ExitCode::success;
}

ExitCode run(const Options& o, Io& io) {
  if (o.engines.empty()) {
    io.show(report::explain_list());
    return ExitCode::success;
  }
  const std::string word = join(o.engines, " ");
  if (o.page) return explain_page(word, io);
  if (names_a_layer(o)) {
    EngineOptions files = o;
    files.engines.pop_back();
    const Engine engine = load_one_engine(files, "explain", io);
    io.show(report::explain_layer(engine, report::choose_layer(engine, o.engines.back())));
    return ExitCode::success;
  }
  const std::optional<Document> document = report::explain_word(word);
  if (!document) report::fail_unknown_word(word);
  io.show(*document);
  return ExitCode::success;
}

}  // namespace

Command explain_command() {
  Command result = command<Options>(
      "explain", "a rule, a layer type, a name, a format or a kernel, in plain words",
      {{"trex explain reformat-share", "a rule of trex lint"},
       {"trex explain ForeignNode", "a word of plans and profiles"},
       {"trex explain \"Channel major FP16 format where channel % 8 == 0\"", "a tensor's format"},
       {"trex explain plan.json \"Reformatting CopyNode for Input Tensor 0 to conv1\"",
        "why that Reformat is there, and what would remove it"}},
      flags, run);
  result.more = engine_help;
  return result;
}

}  // namespace trex::cli

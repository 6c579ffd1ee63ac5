// `trex diff`: two engines, layer by layer, and a gate for CI.

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/text.hpp"
#include "trex/cli/compared_engines.hpp"
#include "trex/render/lint_formats.hpp"
#include "trex/report/diff_findings.hpp"
#include "trex/report/diff_report.hpp"
#include "trex/report/engine_baseline.hpp"

namespace trex::cli {
namespace {

struct Options : TwoEngines {
  std::vector<std::string> gate, only;
  std::string where, write_baseline;
  std::optional<std::int64_t> top;
  bool all = false, findings = false, no_findings = false;
};

std::vector<Flag> flags(Options& o) {
  std::vector<Flag> list = two_engine_flags(o);
  const std::vector<Flag> own{
      {"--gate RULE",
       &o.gate,
       "exit 1 when B breaks it: end_to_end=+2%, reformats<=3 ...; several by repetition; see "
       "below",
       {},
       compare::gate_metrics()},
      {"--write-baseline FILE", &o.write_baseline,
       "write the (second) engine for a later --baseline; with one engine nothing else is done"},
      {"--only CHANGE",
       &o.only,
       "pairs with this change: precision, tactic, format, fusion, added, removed ...",
       {},
       report::diff_changes()},
      {"--where EXPR", &o.where,
       "pairs for which this holds: 'delta_ms > 0.01 and type ~ \"Conv\"'"},
      {"--top N", &o.top, "the N pairs that changed most (default for people: 20)"},
      {"--all", &o.all, "every pair, those of hidden layers (NoOp ...) too"},
      {"--findings", &o.findings, "run lint on both, however large (usually up to 30 000 layers)"},
      {"--no-findings", &o.no_findings, "do not run lint"},
  };
  list.insert(list.end(), own.begin(), own.end());
  return list;
}

report::DiffQuery query_of(const Options& o) {
  report::DiffQuery query;
  for (const std::string& words : o.only) {
    for (const std::string_view word : split(words, ',')) query.only.emplace_back(trim(word));
  }
  query.where = o.where;
  query.top = o.top;
  query.all = o.all;
  if (o.top && *o.top < 0) fail("--top takes a number of pairs, not {}", *o.top);
  return query;
}

// Lint takes as long as all the rest; of engines that large nobody reads a list of findings.
constexpr std::size_t most_linted_layers = 30000;

bool wants_findings(const Options& o, const std::vector<compare::GateRule>& rules, const Engine& a,
                    const Engine& b) {
  if (o.findings && o.no_findings) fail("--findings and --no-findings contradict each other");
  const bool asked = o.findings || std::any_of(rules.begin(), rules.end(), [](const auto& rule) {
                       return rule.metric == "findings";
                     });
  if (asked || o.no_findings) return asked;
  return std::max(a.layer_count(), b.layer_count()) <= most_linted_layers;
}

std::vector<CheckedRule> checked(const compare::Gate& gate) {
  std::vector<CheckedRule> checks;
  for (const compare::GateCheck& check : gate.checks) {
    checks.push_back({check.rule, check.reason, check.passed, check.details});
  }
  return checks;
}

ExitCode run(const Options& o, Io& io) {
  // Bad rules are rejected before the slow part.
  std::vector<compare::GateRule> rules;
  for (const std::string& rule : o.gate) rules.push_back(compare::parse_gate_rule(rule));
  const report::DiffQuery query = query_of(o);
  if (io.format_name == "junit" && rules.empty()) fail("--format junit shows a gate: add --gate");

  if (!o.write_baseline.empty() && o.baseline.empty() && o.engines.size() == 1) {
    const ComparedEngine only = load_last_engine(o, io);
    write_file(o.write_baseline, report::engine_baseline_text(only.engine));
    return ExitCode::success;
  }
  const ComparedEngines engines = load_two_engines(o, io);
  compare::ComparedSide a(engines.a.engine), b(engines.b.engine);
  a.profiles = engines.a.profiles;
  b.profiles = engines.b.profiles;
  const compare::Difference difference =
      compare::difference(a, b, compare::align(a.engine, b.engine));
  report::DiffInput input{a, b, difference, {}, compare::mismatches(a, b), {}};
  if (wants_findings(o, rules, a.engine, b.engine)) {
    const std::string before =
        o.baseline.empty() ? report::findings_text(a.engine) : engines.a.findings;
    input.findings = report::findings_change(before, o.baseline, b.engine);
  }
  if (!rules.empty()) input.gate = compare::judge(rules, a, b, difference, input.findings);

  Document document = report::diff_report(input, query);
  if (io.format_name == "csv" || io.format_name == "tsv") document.json_root = "pairs";
  if (!o.write_baseline.empty()) {
    write_file(o.write_baseline, report::engine_baseline_text(b.engine));
  }
  if (io.format_name == "junit") {
    io.write(render::junit(document.title, checked(*input.gate)));
  } else {
    io.show(document);
  }
  return input.gate && !input.gate->passed ? ExitCode::found_problems : ExitCode::success;
}

constexpr std::string_view more =
    "A rule of --gate is a change that B may not pass, or a bound on B:\n"
    "  end_to_end=+2%            slower by more than 2% (and 1 us), and no noise\n"
    "  layer=+5%,0.01ms          any pair of layers slower by more than 5% and 0.01 ms\n"
    "  reformats<=3              bounds take <= >= < > ==\n"
    "  precision:INT8>=80%       of the layers' time\n"
    "  throughput=-2%            fell by more than 2%\n"
    "  findings=none-new         no new warning or error of trex lint\n"
    "Metrics: ";

}  // namespace

Command diff_command() {
  Command result = command<Options>(
      "diff", "what changed from one engine to another, where, why, and whether it is real",
      {{"trex diff before.graph.json after.graph.json", "with the files that stand beside each"},
       {"trex diff out/qat out/qat-residual --only precision --top 10", "pairs of one kind"},
       {"trex diff a/ b/ --profile-a a/runs --profile-b b/runs", "several profiles of each"},
       {"trex diff main.engine --write-baseline baseline.json", "for CI: keep what is good"},
       {"trex diff --baseline baseline.json new.engine --gate end_to_end=+2% --format markdown",
        "for CI: exit 1 when it got slower, with a comment for the pull request"}},
      flags, run);
  static const std::string text = std::string(more) + join(compare::gate_metrics(), ", ") +
                                  ".\n\ndocs/comparing.md tells how noise is told from change.";
  result.more = text;
  result.own_formats = {"junit"};
  return result;
}

}  // namespace trex::cli

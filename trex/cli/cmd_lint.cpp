// `trex lint`: what costs time, how much, and what to do.

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "trex/base/error.hpp"
#include "trex/base/text.hpp"
#include "trex/cli/engine_options.hpp"
#include "trex/lint/lint.hpp"
#include "trex/report/lint_findings.hpp"
#include "trex/report/lint_report.hpp"

namespace trex::cli {
namespace {

// What one screen or two can hold; the rest wins less.
constexpr std::size_t usual_findings = 20;

struct Options : EngineOptions {
  std::string rules = "all", fail_on = "error";
  std::optional<double> min_ms;
  std::vector<std::string> set;
  bool all = false;
};

std::vector<Flag> flags(Options& o) {
  return with_engine_flags(
      {
          {"ENGINE...", &o.engines, "the engine, or several"},
          {"--rules LIST", &o.rules,
           "only these rules: ids, codes or groups by commas; -RULE leaves one out; see below"},
          {"--fail-on LEVEL",
           &o.fail_on,
           "exit 1 from this severity on (default: error)",
           {"note", "warning", "error", "never"}},
          {"--min-ms X", &o.min_ms, "leave out findings with less than X ms to win"},
          {"--set RULE.NAME=VALUE", &o.set, "another threshold; may be given several times"},
          {"--all", &o.all, "tell every finding in full, not the first 20"},
      },
      o);
}

// What cannot be told in time stays: it may matter more than any time.
void leave_out_small(FoundIn& found, double min_ms) {
  const auto small = [&](const Found& f) {
    const std::optional<double>& ms = f.recoverable_ms ? f.recoverable_ms : f.measured_ms;
    return ms && *ms < min_ms;
  };
  const std::size_t before = found.findings.size();
  found.findings.erase(std::remove_if(found.findings.begin(), found.findings.end(), small),
                       found.findings.end());
  found.below_min_ms = before - found.findings.size();
}

bool fails(const FoundIn& in, std::string_view level) {
  static constexpr std::string_view levels[] = {"note", "warning", "error"};
  const auto rank = [](std::string_view word) {
    return std::find(std::begin(levels), std::end(levels), word) - std::begin(levels);
  };
  const auto counts = [&](const Found& found) {
    return !found.suppressed_because && found.baseline_state != "absent" &&
           found.baseline_state != "unchanged" && rank(found.severity) >= rank(level);
  };
  return std::any_of(in.evidence.begin(), in.evidence.end(), counts) ||
         std::any_of(in.findings.begin(), in.findings.end(), counts);
}

void show(const std::vector<FoundIn>& found, const Options& o, Io& io) {
  if (io.format->name == "json") {
    io.show(report::lint_data(found));
  } else if (io.format->name == "csv" || io.format->name == "tsv") {
    io.show(report::lint_rows(found));
  } else {
    std::vector<Document> documents;
    for (const FoundIn& in : found) {
      documents.push_back(report::lint_report(in, o.all ? 0 : usual_findings));
    }
    io.show(documents);
  }
}

ExitCode run(const Options& o, Io& io) {
  const std::vector<const lint::Rule*> rules = lint::select_rules(o.rules);
  lint::Thresholds thresholds;
  for (const std::string& assignment : o.set) thresholds.set(assignment);
  std::vector<FoundIn> found;
  for (const Engine& engine : load_engines(o, io)) {
    found.push_back(report::lint_findings(engine, rules, lint::run(engine, rules, thresholds)));
    if (o.min_ms) leave_out_small(found.back(), *o.min_ms);
  }
  show(found, o, io);
  const bool failed = std::any_of(found.begin(), found.end(),
                                  [&](const FoundIn& in) { return fails(in, o.fail_on); });
  return failed ? ExitCode::found_problems : ExitCode::success;
}

constexpr std::string_view more =
    "Groups of rules: precision, quantization, movement, fusion, shapes, efficiency, evidence.\n"
    "A severity follows the time to win: error from 5% of the engine's time, warning from 1%.";

}  // namespace

Command lint_command() {
  Command result = command<Options>(
      "lint", "what costs time, how much of it could be won, and what to do",
      {{"trex lint resnet.graph.json", "findings, the most to win first"},
       {"trex lint out/ --fail-on warning --min-ms 0.01", "for CI: exit 1 when it pays to look"},
       {"trex lint plan.json --rules movement,-C01 --set reformat-share.min_share=0.1",
        "some rules, another threshold"}},
      flags, run);
  static const std::string text = std::string(more) + "\n\n" + std::string(engine_help);
  result.more = text;
  return result;
}

}  // namespace trex::cli

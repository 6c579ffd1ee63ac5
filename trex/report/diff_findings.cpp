// Which findings came and went. Evidence is left out: it is about measuring, not about the engine.

// SPDX-License-Identifier: Apache-2.0
#include "trex/report/diff_findings.hpp"

#include <algorithm>
#include <vector>

#include "trex/report/lint_baseline.hpp"
#include "trex/report/lint_findings.hpp"

namespace trex::report {
namespace {

FoundIn warnings_of(const Engine& engine) {
  const std::vector<const lint::Rule*> rules = lint::select_rules("all");
  FoundIn found = lint_findings(engine, rules, lint::run(engine, rules, {}));
  found.evidence.clear();
  const auto is_note = [](const Found& f) { return f.severity == "note"; };
  found.findings.erase(std::remove_if(found.findings.begin(), found.findings.end(), is_note),
                       found.findings.end());
  // One engine on either side, whatever it is called.
  found.engine = "engine";
  return found;
}

int rank_of(std::string_view severity) { return severity == "error" ? 2 : 1; }

// Rules that count over the whole engine ("12 Reformat layers take ...") find another set of layers
// after every change. Where a rule found one thing before and finds one now, it is the same finding
// with other figures, unless it became more severe.
void keep_grown_and_shrunk(FoundIn& found) {
  std::vector<std::size_t> total(found.rules.size());
  std::vector<Found*> added(found.rules.size()), absent(found.rules.size());
  for (Found& finding : found.findings) {
    ++total[finding.rule];
    if (finding.baseline_state == "new") added[finding.rule] = &finding;
    if (finding.baseline_state == "absent") absent[finding.rule] = &finding;
  }
  for (std::size_t rule = 0; rule < total.size(); ++rule) {
    if (total[rule] != 2 || added[rule] == nullptr || absent[rule] == nullptr) continue;
    if (rank_of(added[rule]->severity) > rank_of(absent[rule]->severity)) continue;
    added[rule]->baseline_state = "unchanged";
    absent[rule]->baseline_state = "same";
  }
}

}  // namespace

std::string findings_text(const Engine& engine) {
  const FoundIn found = warnings_of(engine);
  return baseline_text(std::span(&found, 1));
}

compare::FindingsChange findings_change(const std::string& before, const std::string& file,
                                        const Engine& after) {
  FoundIn found = warnings_of(after);
  compare_with_baseline(std::span(&found, 1), before, file);
  keep_grown_and_shrunk(found);
  compare::FindingsChange change;
  change.known = true;
  for (const Found& finding : found.findings) {
    if (finding.baseline_state == "same") continue;
    const std::string text = found.rules[finding.rule].id + ": " + finding.message;
    if (finding.baseline_state == "absent") {
      change.removed.push_back(text);
      continue;
    }
    ++change.in_b;
    if (finding.baseline_state == "new") {
      change.added.push_back(text);
    } else {
      ++change.kept;
    }
  }
  return change;
}

}  // namespace trex::report

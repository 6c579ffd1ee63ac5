// Which findings came and went. Evidence is left out: it is about measuring, not about the engine.

// SPDX-License-Identifier: Apache-2.0
#include "trex/report/diff_findings.hpp"

#include <algorithm>

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

}  // namespace

std::string findings_text(const Engine& engine) {
  const FoundIn found = warnings_of(engine);
  return baseline_text(std::span(&found, 1));
}

compare::FindingsChange findings_change(const std::string& before, const std::string& file,
                                        const Engine& after) {
  FoundIn found = warnings_of(after);
  compare_with_baseline(std::span(&found, 1), before, file);
  compare::FindingsChange change;
  change.known = true;
  for (const Found& finding : found.findings) {
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

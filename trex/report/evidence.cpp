// Is the evidence sound? Which files are missing, then what the evidence rules of `trex lint` say.

// SPDX-License-Identifier: Apache-2.0
#include "trex/report/evidence.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "trex/lint/lint.hpp"

namespace trex::report {
namespace {

using Issues = std::vector<EvidenceIssue>;

void check_formats(const Engine& engine, Issues& issues) {
  std::int64_t unknown_formats = 0;
  for (const Format& format : engine.formats) {
    if (!format.recognised && !format.dynamic && !format.raw.empty()) ++unknown_formats;
  }
  if (unknown_formats > 0) {
    issues.push_back({"unknown-format", "note",
                      fmt::format("{} tensor format{} not understood: their bytes are unknown",
                                  unknown_formats, unknown_formats == 1 ? " is" : "s are")});
  }
}

void check_files(const Engine& engine, Issues& issues) {
  const ProfileFacts& profile = engine.profile;
  if (!profile.present) {
    issues.push_back({"no-profile", "warning",
                      "no profile, so no layer has a time: run trtexec --exportProfile=FILE"});
  } else if (profile.joined_by == "order" || profile.joined_by == "index") {
    issues.push_back({"joined-by-order", "note",
                      fmt::format("the profile was joined with the layers by {}, not by name",
                                  profile.joined_by)});
  }
  if (engine.timing.row_count() == 0 || !engine.timing.has(timing::latency_ms)) {
    issues.push_back({"no-timing", "note",
                      "no timing file, so scatter and drift are unknown: run trtexec "
                      "--exportTimes=FILE"});
  }
}

// Thresholds are the rules' own: trex.toml and --set are for `trex lint`.
void check_measurement(const Engine& engine, Issues& issues) {
  const lint::Result result = lint::run(engine, lint::select_rules("evidence"), lint::Thresholds());
  for (const lint::Finding& finding : result.evidence) {
    const std::string_view fix =
        finding.mitigation.empty() ? lint::find_rule(finding.rule)->mitigation : finding.mitigation;
    issues.push_back({std::string(finding.rule), std::string(lint::severity_name(finding.severity)),
                      fmt::format("{}; {}", finding.message, fix)});
  }
}

}  // namespace

std::vector<EvidenceIssue> evidence_issues(const Engine& engine) {
  Issues issues;
  check_files(engine, issues);
  check_formats(engine, issues);
  check_measurement(engine, issues);
  std::stable_sort(issues.begin(), issues.end(), [](const auto& a, const auto& b) {
    return a.severity == "warning" && b.severity != "warning";
  });
  return issues;
}

}  // namespace trex::report

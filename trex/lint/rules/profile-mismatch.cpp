// Reports a profile whose rows and the layers do not belong together.
//
// Rows that no layer has, and layers without a row. Hidden layers (NoOp, Constant ...) need none.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/lint/rules.hpp"

namespace trex::lint {
namespace profile_mismatch_rule {

std::vector<Finding> check(const Context& c) {
  const ProfileFacts& profile = c.engine.profile;
  if (!profile.present) return {};
  std::vector<Finding> findings;
  const std::int64_t unmatched = profile.rows - profile.matched_rows;
  if (unmatched > 0) {
    Finding finding;
    finding.message =
        fmt::format("{} of {} profile rows belong to no layer, such as '{}'", unmatched,
                    profile.rows, profile.unmatched.empty() ? "" : profile.unmatched.front());
    finding.evidence = {{"unmatched_rows", unmatched, Unit::count},
                        {"profile_rows", profile.rows, Unit::count}};
    findings.push_back(std::move(finding));
  }
  Finding untimed;
  std::int64_t shown = 0;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (c.hidden(row)) continue;
    ++shown;
    if (!c.time_ms(row)) untimed.layers.push_back(row);
  }
  if (!untimed.layers.empty()) {
    untimed.message = fmt::format("{} of {} layers have no time in the profile, such as '{}'",
                                  untimed.layers.size(), shown, c.name(untimed.layers.front()));
    untimed.evidence = {
        {"untimed_layers", static_cast<std::int64_t>(untimed.layers.size()), Unit::count}};
    findings.push_back(std::move(untimed));
  }
  for (Finding& finding : findings) finding.confidence = Confidence::high;
  return findings;
}

}  // namespace profile_mismatch_rule

constexpr Rule profile_mismatch = {
    .id = "profile-mismatch",
    .code = "G06",
    .group = Group::evidence,
    .severity = {.by_time = false, .fixed = Severity::warning},
    .summary = "the profile and the plan do not belong together",
    .why = "times joined with the wrong layers mislead more than no times",
    .mitigation = "profile the very engine whose layers were exported, in one trtexec run",
    .source = "trtexec: names in the profile are the layers' names",
    .needs = {.detail = false},
    .check = profile_mismatch_rule::check,
};

}  // namespace trex::lint

// Reports an engine with many optimization profiles.
//
// Each has its own copy of the layers and its own memory.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/lint/rules.hpp"

namespace trex::lint {
namespace many_optimization_profiles_rule {

std::vector<Finding> check(const Context& c) {
  const int count = c.engine.opt_profile_count;
  if (count < c.thresholds.get("many-optimization-profiles", "min_count")) return {};
  Finding finding;
  finding.message = fmt::format("the engine has {} optimization profiles", count);
  finding.evidence = {{"count", count, Unit::count}};
  finding.confidence = Confidence::high;
  return {std::move(finding)};
}

}  // namespace many_optimization_profiles_rule

constexpr Rule many_optimization_profiles = {
    .id = "many-optimization-profiles",
    .code = "E05",
    .group = Group::shapes,
    .severity = {.by_time = false, .fixed = Severity::note},
    .summary = "the engine has many optimization profiles",
    .why = "each profile adds layers, build time and memory, and figures are of one of them only",
    .mitigation = "keep the profiles that are used; choose the one to look at with --opt-profile",
    .source = "TREx known issues: profile data of other profiles is dropped",
    .needs = {.detail = false},
    .check = many_optimization_profiles_rule::check,
};

}  // namespace trex::lint

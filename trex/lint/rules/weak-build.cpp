// Reports a build that left the search for fast kernels short.
//
// A builder optimization level below the default of 3, or a single timing per tactic. -1 and absent
// options are TensorRT's defaults.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/base/text.hpp"
#include "trex/lint/rules.hpp"

namespace trex::lint {
namespace weak_build_rule {

std::optional<double> option(const Metadata& build, std::string_view key) {
  const Json* value = build.find("build_options", key);
  if (value == nullptr) return std::nullopt;
  if (const auto number = value->number()) return number;
  return value->text() != nullptr ? parse_real(*value->text()) : std::nullopt;
}

Finding finding_of(std::string message, const char* key, double value) {
  Finding finding;
  finding.message = std::move(message);
  finding.evidence = {{key, value}};
  return finding;
}

std::vector<Finding> check(const Context& c) {
  std::vector<Finding> findings;
  const Metadata& build = c.engine.build_metadata;
  const auto level = option(build, "BuilderOptimizationLevel");
  if (level && *level >= 0 && *level < c.thresholds.get("weak-build", "min_level")) {
    findings.push_back(finding_of(
        fmt::format("built with builder optimization level {:g}: few tactics were tried", *level),
        "level", *level));
  }
  const auto timings = option(build, "avgTiming");
  if (timings && *timings >= 0 && *timings < c.thresholds.get("weak-build", "min_avg_timing")) {
    findings.push_back(
        finding_of(fmt::format("built with avgTiming {:g}: tactics were chosen on noise", *timings),
                   "avg_timing", *timings));
  }
  return findings;
}

}  // namespace weak_build_rule

constexpr Rule weak_build = {
    .id = "weak-build",
    .code = "G08",
    .group = Group::evidence,
    .severity = {.by_time = false, .fixed = Severity::note},
    .summary = "the build did not search hard for fast kernels",
    .why = "fewer tactics tried, or each timed too seldom, leave slower kernels in the engine",
    .mitigation =
        "build with --builderOptimizationLevel=3 or more and --avgTiming=8; keep a timing cache",
    .source = "TensorRT documentation, builder optimization level: default 3",
    .needs = {.detail = false, .log = true},
    .check = weak_build_rule::check,
};

}  // namespace trex::lint

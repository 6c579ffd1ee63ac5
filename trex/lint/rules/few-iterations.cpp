// Reports a profile or a timing file of too few inferences.
//
// Not reported: a profile that does not say how many inferences it is of.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/lint/rules.hpp"

namespace trex::lint {
namespace few_iterations_rule {

Finding few(std::string message, std::int64_t count) {
  Finding finding;
  finding.message = std::move(message);
  finding.evidence = {{"count", count, Unit::count}};
  finding.confidence = Confidence::high;
  return finding;
}

std::vector<Finding> check(const Context& c) {
  const double least = c.thresholds.get("few-iterations", "min_count");
  std::vector<Finding> findings;
  const std::int64_t profiled = c.engine.profile.iterations;
  if (c.engine.profile.present && profiled != null_integer &&
      static_cast<double>(profiled) < least) {
    findings.push_back(few(fmt::format("the profile is of {} inference{}: below {:g}, means and "
                                       "medians say little",
                                       profiled, profiled == 1 ? "" : "s", least),
                           profiled));
  }
  const auto timed = static_cast<std::int64_t>(c.engine.timing.row_count());
  if (timed > 0 && static_cast<double>(timed) < least) {
    findings.push_back(few(
        fmt::format("the timing file has {} inferences: too few for percentiles", timed), timed));
  }
  return findings;
}

}  // namespace few_iterations_rule

constexpr Rule few_iterations = {
    .id = "few-iterations",
    .code = "G03",
    .group = Group::evidence,
    .severity = {.by_time = false, .fixed = Severity::warning},
    .summary = "too few inferences were measured",
    .why = "the first inferences are slower, and a handful of samples has no meaningful median",
    .mitigation = "raise --iterations or --duration; for statistics keep several profiles",
    .source = "benchstat: at least 10 samples",
    .needs = {.detail = false},
    .check = few_iterations_rule::check,
};

}  // namespace trex::lint

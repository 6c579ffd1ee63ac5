// Reports a run whose latency scattered or drifted: its figures cannot be compared with another's.
//
// Scatter: standard deviation over mean of single inferences. Drift: the median of the second half
// of the run against the first half's. Fewer inferences than few-iterations asks for are its
// business.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>

#include "trex/lint/rules.hpp"
#include "trex/lint/timing_figures.hpp"

namespace trex::lint {
namespace unstable_latency_rule {

Finding scattered(double variation, double limit) {
  Finding finding;
  finding.message = fmt::format(
      "the latency scatters by {:.1f} % (standard deviation over mean; quiet runs stay below "
      "{:.0f} %)",
      100 * variation, 100 * limit);
  finding.evidence = {{"variation", variation, Unit::fraction}};
  return finding;
}

Finding drifted(double change) {
  Finding finding;
  finding.message =
      fmt::format("the latency drifted: the second half's median is {:.1f} % {} than the first's",
                  100 * std::abs(change), change > 0 ? "higher" : "lower");
  finding.evidence = {{"drift", change, Unit::fraction}};
  return finding;
}

std::vector<Finding> check(const Context& c) {
  const std::vector<double> latency = known_values(c.engine, timing::latency_ms);
  if (static_cast<double>(latency.size()) < c.thresholds.get("few-iterations", "min_count")) {
    return {};
  }
  std::vector<Finding> findings;
  const double variation = variation_of(latency);
  const double limit = c.thresholds.get("unstable-latency", "max_variation");
  if (variation > limit) findings.push_back(scattered(variation, limit));
  const std::size_t half = latency.size() / 2;
  const double early = median_of(std::span(latency).first(half));
  const double late = median_of(std::span(latency).subspan(half));
  const double change = early > 0 ? late / early - 1 : 0;
  if (std::abs(change) > c.thresholds.get("unstable-latency", "max_drift")) {
    findings.push_back(drifted(change));
  }
  for (Finding& finding : findings) finding.confidence = Confidence::high;
  return findings;
}

}  // namespace unstable_latency_rule

constexpr Rule unstable_latency = {
    .id = "unstable-latency",
    .code = "G02",
    .group = Group::evidence,
    .severity = {.by_time = false, .fixed = Severity::warning},
    .summary = "the latency scattered or drifted during the run",
    .why =
        "a difference smaller than the scatter is no difference; drift means clocks or temperature "
        "moved",
    .mitigation =
        "lock the clocks (nvidia-smi -lgc), close what else runs on the GPU, watch temperature and "
        "power",
    .source = "TensorRT documentation, performance measurement: hardware and software environment",
    .needs = {.detail = false, .timing = true},
    .check = unstable_latency_rule::check,
};

}  // namespace trex::lint

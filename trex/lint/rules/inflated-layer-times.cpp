// Reports layers that add up to much more than the GPU was busy.
//
// The profiler records an event at every layer; an engine of many small layers looks slower layer
// by layer than it runs. Shares stay useful, sums do not. Not reported: a sum below the latency
// (host gaps), which `trex summary` explains.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/lint/rules.hpp"
#include "trex/lint/timing_figures.hpp"

namespace trex::lint {
namespace inflated_layer_times_rule {

std::vector<Finding> check(const Context& c) {
  const auto compute = median_of(c.engine, timing::compute_ms);
  if (!compute || *compute <= 0) return {};
  const double ratio = *c.engine_ms / *compute;
  if (ratio <= c.thresholds.get("inflated-layer-times", "max_ratio")) return {};
  Finding finding;
  finding.message = fmt::format(
      "the layers sum to {:.4g} ms, {:.0f} % above the GPU's {:.4g} ms: timing each layer costs "
      "time, "
      "most for small ones; trust shares more than sums",
      *c.engine_ms, 100 * (ratio - 1), *compute);
  finding.evidence = {{"layer_sum_ms", *c.engine_ms, Unit::milliseconds},
                      {"compute_median_ms", *compute, Unit::milliseconds},
                      {"ratio", ratio}};
  finding.confidence = Confidence::high;
  return {std::move(finding)};
}

}  // namespace inflated_layer_times_rule

constexpr Rule inflated_layer_times = {
    .id = "inflated-layer-times",
    .code = "G01",
    .group = Group::evidence,
    .severity = {.by_time = false, .fixed = Severity::note},
    .summary = "the layers add up to more than the GPU was busy",
    .why =
        "an event before and after every layer costs about a microsecond, which small layers do "
        "not hide",
    .mitigation =
        "compare shares, not sums; profile with --separateProfileRun so that the end-to-end "
        "figures stay clean",
    .source = "TREx README; TensorRT documentation, performance measurement",
    .needs = {.detail = false, .profile = true, .timing = true},
    .check = inflated_layer_times_rule::check,
};

}  // namespace trex::lint

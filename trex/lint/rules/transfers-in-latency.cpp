// Reports a latency that is in good part copies between host and device.
//
// They measure the bus and the pinning of memory, not the engine.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/lint/rules.hpp"
#include "trex/lint/timing_figures.hpp"

namespace trex::lint {
namespace transfers_in_latency_rule {

std::vector<Finding> check(const Context& c) {
  const auto latency = mean_of(c.engine, timing::latency_ms);
  const auto h2d = mean_of(c.engine, timing::h2d_ms);
  const auto d2h = mean_of(c.engine, timing::d2h_ms);
  if (!latency || *latency <= 0 || !h2d || !d2h) return {};
  const double share = (*h2d + *d2h) / *latency;
  if (share < c.thresholds.get("transfers-in-latency", "min_share")) return {};
  Finding finding;
  finding.message = fmt::format(
      "{:.0f} % of the latency is copies between host and device ({:.4g} ms of {:.4g} ms)",
      100 * share, *h2d + *d2h, *latency);
  finding.evidence = {{"share", share, Unit::fraction},
                      {"h2d_ms", *h2d, Unit::milliseconds},
                      {"d2h_ms", *d2h, Unit::milliseconds}};
  finding.confidence = Confidence::high;
  return {std::move(finding)};
}

}  // namespace transfers_in_latency_rule

constexpr Rule transfers_in_latency = {
    .id = "transfers-in-latency",
    .code = "G04",
    .group = Group::evidence,
    .severity = {.by_time = false, .fixed = Severity::note},
    .summary = "copies between host and device are a good part of the latency",
    .why = "the copies cross PCIe and hide what the engine itself takes",
    .mitigation =
        "measure with --noDataTransfers (11.x: the default), or overlap the copies with compute",
    .source = "TensorRT documentation, performance measurement",
    .needs = {.detail = false, .timing = true},
    .check = transfers_in_latency_rule::check,
};

}  // namespace trex::lint

// Reports layers with enough arithmetic to be compute-bound that use little of the GPU's peak.
//
// Not reported: layers of a few microseconds, whose launch weighs as much as their arithmetic, and
// layers whose work is not known. That a kernel is on no Tensor Core, or has few or padded tiles,
// is said by the rules on these; the figures here say how much it costs.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/lint/rules.hpp"
#include "trex/lint/rules/efficiency.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace low_compute_efficiency_rule {

constexpr std::string_view id = "low-compute-efficiency";

Finding finding_of(const Context& c, Row row, double flops) {
  const double ms = *c.time_ms(row), efficiency = *c.efficiency(row);
  const double tflops = flops / ms * 1e-9;
  const double peak = tflops / efficiency;  // compute-bound: floor = FLOPs / peak
  Finding finding;
  finding.message = fmt::format(
      "{} runs {:.4g} GFLOP in {:.4g} ms: {:.4g} TFLOP/s, {} of the GPU's {:.4g} for {}{}",
      quoted(c.name(row)), flops * 1e-9, ms, tflops, percent(efficiency), peak,
      datatype_name(c.precision(row)),
      c.tensor_core(row) == "no" ? "; its kernel uses no Tensor Cores" : "");
  finding.layers = {row};
  finding.evidence = {{"flops", static_cast<std::int64_t>(flops), Unit::flops},
                      {"time_ms", ms, Unit::milliseconds},
                      {"tflops", tflops, Unit::tflops_per_second},
                      {"peak_tflops", peak, Unit::tflops_per_second},
                      {"efficiency", efficiency, Unit::fraction},
                      {"share", *c.share(row), Unit::fraction}};
  if (!c.tensor_core(row).empty()) {
    finding.evidence.push_back({"tensor_core", Json(c.tensor_core(row)), Unit::none});
  }
  finding.recoverable_ms = c.recoverable_by_roofline(row);
  finding.confidence = Confidence::medium;
  return finding;
}

std::vector<Finding> check(const Context& c) {
  const double min_share = c.thresholds.get(id, "min_share");
  const double min_ms = c.thresholds.get(id, "min_ms");
  const double max_efficiency = c.thresholds.get(id, "max_efficiency");
  const auto bound = c.roofline[roofline::bound];
  const auto flops = c.work[work::flops];
  std::vector<Finding> findings;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (c.share(row).value_or(0) < min_share || c.time_ms(row).value_or(0) < min_ms) continue;
    if (c.hidden(row) || bound[row] != "compute" || !flops[row]) continue;
    const auto efficiency = c.efficiency(row);
    if (!efficiency || *efficiency <= 0 || *efficiency >= max_efficiency) continue;
    findings.push_back(finding_of(c, row, static_cast<double>(*flops[row])));
  }
  return findings;
}

}  // namespace low_compute_efficiency_rule

constexpr Rule low_compute_efficiency = {
    .id = low_compute_efficiency_rule::id,
    .code = "F02",
    .group = Group::efficiency,
    .severity = {},
    .summary = "a compute-bound layer reaches less than 30 % of the GPU's peak",
    .why =
        "the layer has arithmetic enough to keep the math units busy; an ill-fitting tile, a "
        "kernel "
        "without Tensor Cores, or too few tiles leaves them idle",
    .mitigation =
        "check its alignment and Tensor Core use first; then rebuild with a higher "
        "--builderOptimizationLevel and more workspace so that more kernels are timed",
    .source = "NVIDIA deep learning performance guide, matrix multiplication",
    .needs = {.profile = true, .device = true},
    .check = low_compute_efficiency_rule::check,
};

}  // namespace trex::lint

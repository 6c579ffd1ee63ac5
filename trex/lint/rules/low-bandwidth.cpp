// Reports layers that only move memory, and move it slowly.
//
// Below the roofline's ridge a layer is as fast as its bytes; one at less than half of the GPU's
// bandwidth spends the rest on a bad access pattern or a poor kernel. Not reported: layers of a few
// microseconds (launch and ramp-up hold them, whatever they move), layers whose work the file hides
// (Myelin graphs, plugins), and kernels with too few tiles to load the memory: `under-filled-gpu`
// names that cause.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/lint/rules.hpp"
#include "trex/lint/rules/efficiency.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace low_bandwidth_rule {

constexpr std::string_view id = "low-bandwidth";

Finding finding_of(const Context& c, Row row, std::int64_t bytes, double ms) {
  const double gbps = static_cast<double>(bytes) / ms * 1e-6;
  const double peak = *c.device.bandwidth_gbps;
  Finding finding;
  finding.message =
      fmt::format("{} moves {} in {:.4g} ms: {:.4g} GB/s, {} of the GPU's {:.4g} GB/s",
                  quoted(c.name(row)), bytes_text(bytes), ms, gbps, percent(gbps / peak), peak);
  finding.layers = {row};
  finding.evidence = {{"bytes_moved", bytes, Unit::bytes},
                      {"time_ms", ms, Unit::milliseconds},
                      {"gbps", gbps, Unit::gigabytes_per_second},
                      {"bandwidth_gbps", peak, Unit::gigabytes_per_second},
                      {"bandwidth_share", gbps / peak, Unit::fraction},
                      {"share", *c.share(row), Unit::fraction}};
  // At full bandwidth the layer would take its floor; the bytes are those of the formats, exact.
  finding.recoverable_ms = c.recoverable_by_roofline(row);
  finding.confidence = Confidence::medium;
  return finding;
}

std::vector<Finding> check(const Context& c) {
  const double min_share = c.thresholds.get(id, "min_share");
  const double min_ms = c.thresholds.get(id, "min_ms");
  const double max_efficiency = c.thresholds.get(id, "max_bandwidth_share");
  const auto bound = c.roofline[roofline::bound];
  const auto bytes = c.work[work::bytes_moved];
  const Grids grids(c);
  std::vector<Finding> findings;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (c.share(row).value_or(0) < min_share || c.time_ms(row).value_or(0) < min_ms) continue;
    if (c.hidden(row) || bound[row] != "memory" || hides_work(c, row)) continue;
    const auto efficiency = c.efficiency(row);
    if (!efficiency || *efficiency >= max_efficiency || !bytes[row]) continue;
    if (grids.too_few_tiles(row)) continue;
    findings.push_back(finding_of(c, row, *bytes[row], *c.time_ms(row)));
  }
  return findings;
}

}  // namespace low_bandwidth_rule

constexpr Rule low_bandwidth = {
    .id = low_bandwidth_rule::id,
    .code = "F01",
    .group = Group::efficiency,
    .severity = {},
    .summary = "a memory-bound layer reaches less than half of the GPU's bandwidth",
    .why =
        "the layer does little arithmetic, so the bytes it moves should set its time; here strided "
        "access, a poor layout or a weak kernel sets it",
    .mitigation =
        "let it fuse into a neighbour, keep its tensors in the layout its neighbours use (NHWC for "
        "FP16), move fewer bytes with a lower precision",
    .source = "NVIDIA deep learning performance guide, memory-limited layers",
    .needs = {.profile = true, .device = true},
    .check = low_bandwidth_rule::check,
};

}  // namespace trex::lint

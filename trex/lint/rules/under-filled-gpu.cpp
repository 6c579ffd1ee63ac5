// Reports kernels with far fewer tiles than the GPU has SMs.
//
// Judged from the tile in the tactic's name, for either orientation of it. Not reported: kernels
// whose tiles the name does not tell. Whether a kernel splits K over several blocks is not always
// in its name: hence low confidence.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "trex/lint/rules.hpp"
#include "trex/lint/rules/efficiency.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace {

constexpr std::string_view id = "under-filled-gpu";

Finding finding_of(const Context& c, Row row, double tiles) {
  Finding finding;
  finding.message = fmt::format("{} has {:.0f} tiles for {} SMs: {} of the GPU works ({:.4g} ms)",
                                quoted(c.name(row)), tiles, *c.device.sms,
                                percent(tiles / *c.device.sms), *c.time_ms(row));
  finding.layers = {row};
  finding.evidence = {{"tiles", tiles, Unit::count},
                      {"sms", static_cast<std::int64_t>(*c.device.sms), Unit::count},
                      {"filled", tiles / *c.device.sms, Unit::fraction},
                      {"time_ms", *c.time_ms(row), Unit::milliseconds},
                      {"share", *c.share(row), Unit::fraction}};
  // With every SM at work the layer could come down to its floor, not further.
  finding.recoverable_ms = c.recoverable_by_roofline(row);
  finding.confidence = Confidence::low;
  return finding;
}

std::vector<Finding> check(const Context& c) {
  if (!c.device.sms || *c.device.sms <= 0) return {};
  const double min_share = c.thresholds.get(id, "min_share");
  const double most = c.thresholds.get(id, "max_filled") * *c.device.sms;
  const Grids grids(c);
  std::vector<Finding> findings;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (c.share(row).value_or(0) < min_share || c.hidden(row)) continue;
    const auto both = grids.of(row);
    if (!both) continue;
    const double tiles = std::max((*both)[0].tiles, (*both)[1].tiles);
    if (tiles < most) findings.push_back(finding_of(c, row, tiles));
  }
  return findings;
}

}  // namespace

constexpr Rule under_filled_gpu = {
    .id = id,
    .code = "F05",
    .group = Group::efficiency,
    .severity = {},
    .summary = "a kernel has fewer than half as many tiles as the GPU has SMs",
    .why = "a tile runs on one SM; with a skinny product or batch 1 most SMs have nothing to do",
    .mitigation =
        "raise the batch, merge parallel products of one input (heads, Q, K and V) into one, or "
        "run several streams at a time",
    .source =
        "NVIDIA deep learning performance guide, matrix multiplication; TensorRT documentation, "
        "optimizing performance: batching",
    .needs = {.profile = true, .device = true},
    .check = check,
};

}  // namespace trex::lint

// Reports kernels whose last wave of thread blocks leaves many SMs idle.
//
// A GPU runs as many tiles at a time as it has SMs; 1.1 waves take as long as 2. Judged from the
// tile in the tactic's name, for either orientation of it. Not reported: less than one wave
// (`under-filled-gpu`), 16 waves and more (the tail is small), memory-bound layers (the tail hides
// behind memory), and kernels whose tiles the name does not tell. Some kernels run two blocks on an
// SM at a time, which no file says: hence low confidence.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "trex/lint/rules.hpp"
#include "trex/lint/rules/efficiency.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace wave_quantization_rule {

constexpr std::string_view id = "wave-quantization";

Finding finding_of(const Context& c, Row row, double tiles, double waves) {
  const double busy = waves / std::ceil(waves);
  Finding finding;
  finding.message = fmt::format(
      "{} has {:.0f} tiles for {} SMs: {:.2f} waves take as long as {:.0f}, {} busy",
      quoted(c.name(row)), tiles, *c.device.sms, waves, std::ceil(waves), percent(busy));
  finding.layers = {row};
  finding.evidence = {{"tiles", tiles, Unit::count},
                      {"sms", static_cast<std::int64_t>(*c.device.sms), Unit::count},
                      {"waves", waves, Unit::none},
                      {"busy", busy, Unit::fraction},
                      {"time_ms", *c.time_ms(row), Unit::milliseconds}};
  // A full last wave would do the same work in waves / ceil(waves) of the time.
  finding.recoverable_ms = *c.time_ms(row) * (1 - busy);
  if (const auto roof = c.recoverable_by_roofline(row)) {
    finding.recoverable_ms = std::min(*finding.recoverable_ms, *roof);
  }
  finding.confidence = Confidence::low;
  return finding;
}

std::vector<Finding> check(const Context& c) {
  if (!c.device.sms || *c.device.sms <= 0) return {};
  const double min_share = c.thresholds.get(id, "min_share");
  const double max_waves = c.thresholds.get(id, "max_waves");
  const double max_busy = c.thresholds.get(id, "max_busy");
  const auto bound = c.roofline[roofline::bound];
  const Grids grids(c);
  std::vector<Finding> findings;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (c.share(row).value_or(0) < min_share || c.hidden(row) || bound[row] == "memory") continue;
    const auto both = grids.of(row);
    if (!both) continue;
    double tiles = 0, waves = 0, busy = -1;  // of the orientation that fares better
    bool all = true;
    for (const Grid& grid : *both) {
      const double w = grid.tiles / *c.device.sms;
      all = all && w > 1 && w < max_waves && w / std::ceil(w) < max_busy;
      if (w / std::ceil(w) <= busy) continue;
      tiles = grid.tiles;
      waves = w;
      busy = w / std::ceil(w);
    }
    if (all) findings.push_back(finding_of(c, row, tiles, waves));
  }
  return findings;
}

}  // namespace wave_quantization_rule

constexpr Rule wave_quantization = {
    .id = wave_quantization_rule::id,
    .code = "F03",
    .group = Group::efficiency,
    .severity = {},
    .summary = "the last wave of thread blocks leaves many SMs idle",
    .why =
        "tiles are handed to the SMs in waves; a last wave that is nearly empty takes as long as a "
        "full one",
    .mitigation =
        "choose batch or dimensions so that the number of tiles is just below a multiple of the "
        "SMs, or let the builder time more tactics for a smaller tile",
    .source = "NVIDIA deep learning performance guide, matrix multiplication: wave quantization",
    .needs = {.profile = true, .device = true},
    .check = wave_quantization_rule::check,
};

}  // namespace trex::lint

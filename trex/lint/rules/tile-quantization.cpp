// Reports kernels whose tiles hang far over the edge of the output.
//
// A tile is computed whole even where only a part of it is output. Judged from the tile in the
// tactic's name, for the better of its two orientations. Not reported: layers that are not known to
// be compute-bound (padded arithmetic is free where memory sets the time), grouped convolutions
// (their tiles are another matter), and kernels whose tiles the name does not tell.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "trex/lint/rules.hpp"
#include "trex/lint/rules/efficiency.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace tile_quantization_rule {

constexpr std::string_view id = "tile-quantization";

struct Size {
  std::int64_t m, n, tile_m, tile_n;
};

Finding finding_of(const Context& c, Row row, const Size& s, double useful) {
  Finding finding;
  finding.message = fmt::format(
      "{} computes an output of {} x {} in tiles of {} x {}: at most {} of their area is output",
      quoted(c.name(row)), s.m, s.n, s.tile_m, s.tile_n, percent(useful));
  finding.layers = {row};
  finding.evidence = {{"m", s.m, Unit::none},
                      {"n", s.n, Unit::none},
                      {"tile_m", s.tile_m, Unit::none},
                      {"tile_n", s.tile_n, Unit::none},
                      {"useful", useful, Unit::fraction},
                      {"time_ms", *c.time_ms(row), Unit::milliseconds}};
  // Arithmetic sets the time, and this part of it is thrown away.
  finding.recoverable_ms = *c.time_ms(row) * (1 - useful);
  if (const auto roof = c.recoverable_by_roofline(row)) {
    finding.recoverable_ms = std::min(*finding.recoverable_ms, *roof);
  }
  finding.confidence = Confidence::medium;
  return finding;
}

std::vector<Finding> check(const Context& c) {
  const double min_share = c.thresholds.get(id, "min_share");
  const double max_useful = c.thresholds.get(id, "max_useful");
  const auto bound = c.roofline[roofline::bound];
  const auto m = c.work[work::m], n = c.work[work::n];
  const auto tile_m = c.tactics[tactics::tile_m], tile_n = c.tactics[tactics::tile_n];
  const Grids grids(c);
  std::vector<Finding> findings;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (c.share(row).value_or(0) < min_share || c.hidden(row) || bound[row] != "compute") continue;
    const auto both = grids.of(row);
    if (!both) continue;
    const double useful = std::max((*both)[0].useful, (*both)[1].useful);
    if (useful >= max_useful) continue;
    findings.push_back(finding_of(c, row, {*m[row], *n[row], *tile_m[row], *tile_n[row]}, useful));
  }
  return findings;
}

}  // namespace tile_quantization_rule

constexpr Rule tile_quantization = {
    .id = tile_quantization_rule::id,
    .code = "F04",
    .group = Group::efficiency,
    .severity = {},
    .summary = "a kernel's tiles hang far over the edge of its output",
    .why = "a thread block computes its whole tile; what lies past the output is thrown away",
    .mitigation =
        "make the dimensions multiples of the tile (64 to 256), or let the builder time more "
        "tactics for a smaller tile",
    .source = "NVIDIA deep learning performance guide, matrix multiplication: tile quantization",
    .needs = {.profile = true, .device = true},
    .check = tile_quantization_rule::check,
};

}  // namespace trex::lint

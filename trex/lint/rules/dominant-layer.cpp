// Reports each layer that takes a tenth of the engine's time, with what the roofline says of it.
//
// The first place to look, whatever is wrong there. Of a layer whose work the file hides (a Myelin
// graph, a plugin) nothing is claimed. Not reported: engines of a few layers, where every layer is
// a tenth.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "trex/lint/rules.hpp"
#include "trex/lint/rules/efficiency.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace dominant_layer_rule {

constexpr std::string_view id = "dominant-layer";

Finding finding_of(const Context& c, Row row, std::string_view bound) {
  Finding finding;
  finding.message = fmt::format("{} takes {:.4g} ms, {} of the layers' time", quoted(c.name(row)),
                                *c.time_ms(row), percent(*c.share(row)));
  finding.layers = {row};
  finding.evidence = {{"time_ms", *c.time_ms(row), Unit::milliseconds},
                      {"share", *c.share(row), Unit::fraction}};
  finding.confidence = Confidence::high;
  const auto efficiency = c.efficiency(row);
  if (hides_work(c, row)) {
    finding.message += "; the file does not show what it computes";
  } else if (efficiency && !bound.empty()) {
    finding.message += fmt::format("; {}-bound, {} of the GPU's peak", bound, percent(*efficiency));
    finding.evidence.push_back({"bound", Json(bound), Unit::none});
    finding.evidence.push_back({"efficiency", *efficiency, Unit::fraction});
    finding.recoverable_ms = c.recoverable_by_roofline(row);
    finding.confidence = Confidence::medium;
  }
  return finding;
}

std::vector<Finding> check(const Context& c) {
  const double min_share = c.thresholds.get(id, "min_share");
  const double min_layers = c.thresholds.get(id, "min_layers");
  const auto bound = c.roofline[roofline::bound];
  std::vector<Finding> findings;
  double timed = 0;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (c.hidden(row) || !c.time_ms(row)) continue;
    ++timed;
    if (c.share(row).value_or(0) >= min_share) findings.push_back(finding_of(c, row, bound[row]));
  }
  if (timed < min_layers) return {};
  return findings;
}

}  // namespace dominant_layer_rule

constexpr Rule dominant_layer = {
    .id = dominant_layer_rule::id,
    .code = "F20",
    .group = Group::efficiency,
    .severity = {},
    .summary = "one layer takes a tenth of the engine's time or more",
    .why = "no other layer can win as much: it bounds what all other work can bring",
    .mitigation =
        "look at this layer first: its precision, its tactic, its efficiency, the formats around "
        "it",
    .source = "NVIDIA TensorRT performance analysis skill: single hotspot",
    .needs = {.detail = false, .profile = true},
    .check = dominant_layer_rule::check,
};

}  // namespace trex::lint

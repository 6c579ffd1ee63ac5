// Reports activations that stay in memory over much of the run and are a good part of its peak.
//
// A tensor lives from the layer that writes it to the last that reads it: the long skips of a
// U-Net, features that a head reads at the end. Not reported: engine inputs and outputs (the
// caller's memory), tensors that are gone at the peak, memory that layer after layer writes in
// place, and engines whose peak is small.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/lint/rules.hpp"
#include "trex/lint/rules/efficiency.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace long_lived_activation_rule {

constexpr std::string_view id = "long-lived-activation";

Finding finding_of(const Context& c, const LiveInterval& live, std::int64_t bytes) {
  const auto peak = static_cast<double>(*c.memory.peak_bytes);
  const double span =
      static_cast<double>(live.last - live.first + 1) / static_cast<double>(c.engine.layer_count());
  const double share = static_cast<double>(bytes) / peak;
  const std::string_view name = c.engine.regions[region::name][live.region];
  Finding finding;
  finding.message = fmt::format("{} ({}, {} of the peak) is held over {} of the run, from {} to {}",
                                quoted(name), bytes_text(bytes), percent(share), percent(span),
                                quoted(c.name(live.first)), quoted(c.name(live.last)));
  finding.layers = {live.first, live.last};
  finding.tensors.emplace_back(name);
  finding.evidence = {{"bytes", bytes, Unit::bytes},
                      {"peak_bytes", *c.memory.peak_bytes, Unit::bytes},
                      {"peak_share", share, Unit::fraction},
                      {"span", span, Unit::fraction}};
  finding.confidence = Confidence::medium;
  return finding;
}

std::vector<Finding> check(const Context& c) {
  const auto peak = c.memory.peak_bytes;
  if (!peak || !c.memory.peak_layer) return {};
  if (static_cast<double>(*peak) < c.thresholds.get(id, "min_peak_bytes")) return {};
  const double least_bytes = c.thresholds.get(id, "min_peak_share") * static_cast<double>(*peak);
  const double least_span =
      c.thresholds.get(id, "min_span") * static_cast<double>(c.engine.layer_count());
  const auto bytes = c.engine.regions[region::bytes];
  const auto binding = c.engine.regions[region::binding];
  std::vector<Finding> findings;
  for (const LiveInterval& live : c.memory.intervals) {
    if (live.generations != 1 || binding.is_true(live.region)) continue;
    if (live.first > *c.memory.peak_layer || live.last < *c.memory.peak_layer) continue;
    const auto size = bytes[live.region];
    if (!size || static_cast<double>(*size) < least_bytes) continue;
    if (static_cast<double>(live.last - live.first + 1) < least_span) continue;
    findings.push_back(finding_of(c, live, *size));
  }
  return findings;
}

}  // namespace long_lived_activation_rule

constexpr Rule long_lived_activation = {
    .id = long_lived_activation_rule::id,
    .code = "F19",
    .group = Group::efficiency,
    .severity = {.by_time = false, .fixed = Severity::note},
    .summary = "a large tensor is held over much of the run",
    .why = "it adds to the peak of memory, which limits the batch and what else fits on the GPU",
    .mitigation =
        "read it earlier, compute it again where it is needed, or keep the skip in a lower "
        "precision",
    .source = "TensorRT documentation, optimizing performance: memory",
    .needs = {},
    .check = long_lived_activation_rule::check,
};

}  // namespace trex::lint

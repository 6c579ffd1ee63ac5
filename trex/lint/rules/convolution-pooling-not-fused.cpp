// Reports a small pooling that runs behind a convolution of the same type, on its own.
//
// TensorRT fuses the pair (ConvActPool) where both run in one precision and nothing else reads the
// tensor between. Not reported: windows larger than the threshold, global pooling among them. The
// claim is the least time of writing and reading the tensor between.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "trex/lint/rules.hpp"

namespace trex::lint {
namespace {

double widest_window(const Engine& engine, Row row) {
  const Json raw = attributes(engine, row);
  const Json* window = raw.find("WindowSize");
  double widest = 0;
  if (window == nullptr || window->array() == nullptr) return widest;
  for (const Json& size : *window->array()) widest = std::max(widest, size.number().value_or(0));
  return widest;
}

std::vector<Finding> check(const Context& c) {
  std::vector<Finding> findings;
  const double limit = c.thresholds.get("convolution-pooling-not-fused", "max_window");
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (c.type(row) != "Pooling") continue;
    const auto before = c.predecessors(row);
    if (before.size() != 1 || !c.is(before[0], convolution)) continue;
    if (c.successors(before[0]).size() != 1 || c.output_type(before[0]) != c.output_type(row)) {
      continue;
    }
    const double window = widest_window(c.engine, row);
    if (window < 2 || window > limit) continue;
    Finding finding;
    finding.message = fmt::format("'{}' did not fuse into '{}'", c.name(row), c.name(before[0]));
    finding.layers = {row, before[0]};
    finding.evidence = {{"window", window}};
    const Row between = c.first_output(before[0]);
    const auto bytes = between == no_row ? std::nullopt : c.bytes(between);
    if (const auto ms = bytes ? c.move_ms(*bytes) : std::nullopt) finding.recoverable_ms = 2 * *ms;
    finding.confidence = Confidence::low;
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace

constexpr Rule convolution_pooling_not_fused = {
    .id = "convolution-pooling-not-fused",
    .code = "D17",
    .group = Group::fusion,
    .severity = {.by_time = true},
    .summary = "pooling did not fuse into the convolution before",
    .why = "the convolution's whole output goes through memory to be reduced at once",
    .mitigation = "let both run in one precision; quantize the pooling's input and output alike",
    .source = "TensorRT documentation, fusion catalog: convolution and pooling",
    .needs = {},
    .check = check,
};

}  // namespace trex::lint

// Reports a small pooling that runs behind a convolution of the same type, on its own.
//
// TensorRT fuses the pair (ConvActPool) where both run in one precision and nothing else reads the
// tensor between. One finding for all of one window and type. Not reported: windows larger than the
// threshold, global pooling among them. The claim is the least time of writing and reading the
// tensor between.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "trex/lint/rules.hpp"
#include "trex/lint/together.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace convolution_pooling_not_fused_rule {

double widest_window(const Engine& engine, Row row) {
  const Json raw = attributes(engine, row);
  const Json* window = raw.find("WindowSize");
  double widest = 0;
  if (window == nullptr || window->array() == nullptr) return widest;
  for (const Json& size : *window->array()) widest = std::max(widest, size.number().value_or(0));
  return widest;
}

// The convolution that could take the pooling over, by its neighbours; no_row when none could.
Row convolution_before(const Context& c, Row pooling) {
  if (c.type(pooling) != "Pooling" || c.hidden(pooling)) return no_row;
  const auto before = c.predecessors(pooling);
  if (before.size() != 1 || !c.is(before[0], convolution)) return no_row;
  const bool alone = c.successors(before[0]).size() == 1;
  return alone && c.output_type(before[0]) == c.output_type(pooling) ? before[0] : no_row;
}

std::string message_of(const Context& c, const Alike& alike) {
  const std::vector<Row>& first = alike.cases[0];
  const std::string one =
      fmt::format("{} did not fuse into {}", quoted(c.name(first[0])), quoted(c.name(first[1])));
  if (alike.cases.size() == 1) return one;
  return fmt::format("{} behind convolutions of one type, not fused: {}",
                     counted(alike.cases.size(), "pooling"), one);
}

std::vector<Finding> check(const Context& c) {
  const double limit = c.thresholds.get("convolution-pooling-not-fused", "max_window");
  Gathered found;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    const Row before = convolution_before(c, row);
    if (before == no_row) continue;
    const double window = widest_window(c.engine, row);
    if (window < 2 || window > limit) continue;
    found.add(fmt::format("{:g} {}", window, datatype_name(c.output_type(row))), {row, before});
  }
  std::vector<Finding> findings;
  for (const Alike& alike : found.groups()) {
    Finding finding;
    finding.message = message_of(c, alike);
    finding.layers = alike.layers();
    finding.evidence = {{"window", widest_window(c.engine, alike.cases[0][0])},
                        {"count", static_cast<std::int64_t>(alike.cases.size()), Unit::count}};
    for (const std::vector<Row>& one : alike.cases) {
      const Row between = c.first_output(one[1]);
      const auto bytes = between == no_row ? std::nullopt : c.bytes(between);
      const auto ms = bytes ? c.move_ms(*bytes) : std::nullopt;
      if (ms) finding.recoverable_ms = add(finding.recoverable_ms, 2 * *ms);
    }
    finding.confidence = Confidence::low;
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace convolution_pooling_not_fused_rule

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
    .check = convolution_pooling_not_fused_rule::check,
};

}  // namespace trex::lint

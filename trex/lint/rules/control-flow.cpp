// Reports conditions and loops inside the engine.
//
// One finding for the engine; what they cost lies between the layers, so no claim.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "trex/base/text.hpp"
#include "trex/lint/rules.hpp"

namespace trex::lint {
namespace control_flow_rule {

constexpr std::string_view words[] = {"Condition", "ConditionalInput", "ConditionalOutput",
                                      "If",        "Iterator",         "IteratorLayer",
                                      "Loop",      "LoopOutput",       "Recurrence",
                                      "TripLimit", "Conditional"};

std::vector<Finding> check(const Context& c) {
  Finding finding;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    const bool is_control =
        std::any_of(std::begin(words), std::end(words), [&](std::string_view word) {
          return equals_ignoring_case(c.type(row), word) ||
                 equals_ignoring_case(c.subtype(row), word);
        });
    if (is_control) finding.layers.push_back(row);
  }
  if (finding.layers.empty()) return {};
  finding.message = fmt::format("{} layers are conditions or loops, such as '{}'",
                                finding.layers.size(), c.name(finding.layers.front()));
  finding.evidence = {{"count", static_cast<std::int64_t>(finding.layers.size()), Unit::count}};
  finding.confidence = Confidence::high;
  return {std::move(finding)};
}

}  // namespace control_flow_rule

constexpr Rule control_flow = {
    .id = "control-flow",
    .code = "E06",
    .group = Group::shapes,
    .severity = {.by_time = false, .fixed = Severity::note},
    .summary = "the engine has conditions or loops",
    .why = "nothing fuses across them, and no CUDA graph can be captured",
    .mitigation = "unroll the loop, or build one engine a branch",
    .source = "TensorRT documentation, control flow; TensorRT issue 4391",
    .needs = {},
    .check = control_flow_rule::check,
};

}  // namespace trex::lint

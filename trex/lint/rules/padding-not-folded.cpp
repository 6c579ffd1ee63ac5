// Reports Padding layers in front of a convolution, which could pad by itself.
//
// Fires where the convolution is the only reader. The claim is the Padding layer's time.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/base/text.hpp"
#include "trex/lint/rules.hpp"

namespace trex::lint {
namespace padding_not_folded_rule {

std::vector<Finding> check(const Context& c) {
  std::vector<Finding> findings;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!equals_ignoring_case(c.type(row), "Padding")) continue;
    const auto after = c.successors(row);
    if (after.size() != 1 || !c.is(after[0], convolution)) continue;
    Finding finding;
    finding.message =
        fmt::format("'{}' pads for '{}', which could do it itself", c.name(row), c.name(after[0]));
    finding.layers = {row};
    finding.recoverable_ms = c.time_ms(row);
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace padding_not_folded_rule

constexpr Rule padding_not_folded = {
    .id = "padding-not-folded",
    .code = "D15",
    .group = Group::fusion,
    .severity = {.by_time = true},
    .summary = "padding runs as a layer of its own",
    .why = "a full copy of the tensor to add zeros around it",
    .mitigation = "export symmetric, non-negative padding as the convolution's own",
    .source = "TensorRT documentation, fusion catalog",
    .needs = {},
    .check = padding_not_folded_rule::check,
};

}  // namespace trex::lint

// Reports a SoftMax that only feeds a TopK: the order of the largest is the same without it.
//
// Where only the indices are used, the SoftMax can go; the claim is its time.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/base/text.hpp"
#include "trex/lint/rules.hpp"

namespace trex::lint {
namespace softmax_topk_rule {

std::vector<Finding> check(const Context& c) {
  std::vector<Finding> findings;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!equals_ignoring_case(c.type(row), "SoftMax")) continue;
    const auto after = c.successors(row);
    if (after.size() != 1 || !equals_ignoring_case(c.type(after[0]), "TopK")) continue;
    Finding finding;
    finding.message = fmt::format("'{}' only feeds '{}'", c.name(row), c.name(after[0]));
    finding.layers = {row, after[0]};
    finding.recoverable_ms = c.time_ms(row);
    finding.confidence = Confidence::low;  // the values may be wanted, not the order alone
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace softmax_topk_rule

constexpr Rule softmax_topk = {
    .id = "softmax-topk",
    .code = "D18",
    .group = Group::fusion,
    .severity = {.by_time = true},
    .summary = "SoftMax before TopK",
    .why = "SoftMax keeps the order, so TopK of its input gives the same indices",
    .mitigation = "take TopK first and SoftMax of the few values, or no SoftMax at all",
    .source = "TensorRT documentation, optimizing layer performance: TopK",
    .needs = {},
    .check = softmax_topk_rule::check,
};

}  // namespace trex::lint

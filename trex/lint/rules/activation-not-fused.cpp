// Reports GELU, SiLU and the like that run as a kernel of their own behind a convolution or GEMM.
//
// A generated kernel fires when its operations hold Erf, Tanh or Sigmoid and nothing but the
// arithmetic of such a formula, and all it reads from the engine comes from one compute layer. One
// finding for the engine. The claim is the kernels' time: fused, the pass is gone.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/lint/rules.hpp"

namespace trex::lint {
namespace activation_not_fused_rule {

bool is_activation(std::span<const std::string_view> operations) {
  return any_is_one_of(operations, {"Erf", "Tanh", "Sigmoid", "Sigm"}) &&
         all_are_of(operations,
                    {"Erf", "Tanh", "Sigmoid", "Sigm", "Mul", "Add", "Div", "Pow", "Cast", "Sub"});
}

std::vector<Finding> check(const Context& c) {
  Finding finding;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!c.is(row, kernel) || c.is(row, compute)) continue;
    const auto before = c.predecessors(row);
    if (before.size() != 1 || !c.is(before[0], compute) || !is_activation(c.operations(row)))
      continue;
    finding.layers.push_back(row);
    if (const auto t = c.time_ms(row)) {
      finding.recoverable_ms = finding.recoverable_ms.value_or(0) + *t;
    }
  }
  if (finding.layers.empty()) return {};
  finding.message = fmt::format(
      "{} activation{} run as a kernel behind the layer before, such as '{}'",
      finding.layers.size(), finding.layers.size() == 1 ? "" : "s", c.name(finding.layers.front()));
  finding.evidence = {{"count", static_cast<std::int64_t>(finding.layers.size()), Unit::count}};
  return {std::move(finding)};
}

}  // namespace activation_not_fused_rule

constexpr Rule activation_not_fused = {
    .id = "activation-not-fused",
    .code = "D10",
    .group = Group::fusion,
    .severity = {.by_time = true},
    .summary = "GELU or SiLU is not fused with the layer before",
    .why = "the tensor is written, read, and written again for a few operations an element",
    .mitigation =
        "export the exact GELU formula or the Gelu and Swish operators; keep one datatype across "
        "the block",
    .source = "TensorRT documentation, fusion catalog",
    .needs = {},
    .check = activation_not_fused_rule::check,
};

}  // namespace trex::lint

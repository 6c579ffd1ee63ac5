// Reports an addition behind a convolution that its kernel could have done.
//
// A convolution adds a residual as it writes its output; alone the addition reads two tensors and
// writes a third.
// Not reported: an addition that broadcasts, one whose convolution is read elsewhere too, and one
// behind a convolution that adds a residual already.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/lint/ops.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/together.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace convolution_add_not_fused_rule {

// The convolution among its producers that feeds nothing else and adds nothing yet.
Row convolution_before(const Context& c, Row layer) {
  const auto before = c.predecessors(layer);
  if (before.size() > 2) return no_row;
  for (const Row row : before) {
    if (!c.is(row, convolution) || c.successors(row).size() != 1) continue;
    const ConvolutionAttributes* convolution = c.engine.convolution(row);
    if (convolution == nullptr || !convolution->has_residual) return row;
  }
  return no_row;
}

bool fires(const Context& c, Row layer) {
  if (!is_elementwise(c, layer) || full_input_count(c, layer) != 2) return false;
  return has_operation(c, layer, {"Add", "Sum", "Add_", "iadd"}) &&
         convolution_before(c, layer) != no_row;
}

// Operands of two types are why no kernel takes the addition over.
std::string cause_of(const Context& c, Row layer) {
  const auto inputs = c.engine.inputs(layer);
  const Datatype first = c.format(inputs[0]).datatype;
  const Datatype second = c.format(inputs[inputs.size() > 1 ? 1 : 0]).datatype;
  if (first == second) return fmt::format("both operands {}", datatype_name(first));
  return fmt::format("operands {} and {}", datatype_name(first), datatype_name(second));
}

std::vector<Finding> check(const Context& c) {
  Gathered found;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!fires(c, row)) continue;
    found.add(cause_of(c, row), {row});
  }
  std::vector<Finding> findings;
  for (const Alike& alike : found.groups()) {
    Finding finding;
    finding.layers = alike.layers();
    const auto time = time_of(c, finding.layers);
    finding.message = fmt::format("{} behind convolutions, {}, not fused: {}{}",
                                  counted(alike.cases.size(), "addition"), alike.cause,
                                  names_of(c, finding.layers), time_text(time));
    finding.evidence = {{"count", static_cast<std::int64_t>(alike.cases.size()), Unit::count}};
    finding.recoverable_ms = time;  // fused, the pass over the tensor is gone
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace convolution_add_not_fused_rule

constexpr Rule convolution_add_not_fused = {
    .id = "convolution-add-not-fused",
    .code = "D02",
    .group = Group::fusion,
    .severity = {},
    .summary = "an addition is not fused into its convolution",
    .why = "alone it reads two tensors and writes a third; in the convolution it reads one",
    .mitigation =
        "give both operands one precision and one shape, and keep the addition out of regions that "
        "another compiler takes over",
    .source = "TensorRT documentation, fusion catalog: convolution and ElementWise sum",
    .needs = {},
    .check = convolution_add_not_fused_rule::check,
};

}  // namespace trex::lint

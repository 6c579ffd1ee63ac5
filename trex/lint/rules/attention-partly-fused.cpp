// Reports kernels that scale or mask for a fused attention kernel, which could do it itself.
//
// The kernel feeds the attention directly and is elementwise throughout. It scales when it only
// multiplies or divides; it masks when what it writes is as wide as it is high (a score for each
// pair of positions) and its operations add, select or compare; and parts of a softmax (Exp,
// ReduceMax) say that the softmax was left half outside.
// Not reported: biases of the projections, rotary embeddings and the like, which are no part of
// the fused pattern; masks of other than square shape; and all of them when they take little of the
// time.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <string>

#include "trex/lint/ops.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/together.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace attention_partly_fused_rule {

constexpr std::string_view id = "attention-partly-fused";
// Smaller than any sequence worth fusing for; keeps 4 x 4 transforms out.
constexpr std::int64_t least_positions = 16;

bool writes_square(const Context& c, Row layer) {
  const Row output = c.first_output(layer);
  if (output == no_row) return false;
  const auto dims = c.dims(output);
  const std::size_t rank = dims.size();
  return rank >= 2 && dims[rank - 1] >= least_positions && dims[rank - 1] == dims[rank - 2];
}

// "scale", "mask" or "softmax"; "" when it is none of these.
std::string_view part_of_attention(const Context& c, Row layer) {
  if (!c.is(layer, kernel) || c.is(layer, compute) || c.hidden(layer)) return {};
  const auto operations = c.operations(layer);
  if (any_is_one_of(operations, {"Softmax", "Exp", "ReduceMax"})) {
    return all_are_of(operations, {"Softmax", "Exp", "ReduceMax", "Max", "Sub", "Add", "Mul", "Div",
                                   "Cast", "Sum"})
               ? "softmax"
               : "";
  }
  if (!is_elementwise(c, layer)) return {};
  if (all_are_of(operations, {"Mul", "Div", "Cast"}) && any_is_one_of(operations, {"Mul", "Div"})) {
    return "scale";
  }
  const bool masks =
      any_is_one_of(operations, {"Add", "Sub", "Select", "Where", "Max", "Less", "Greater"});
  return masks && writes_square(c, layer) ? "mask" : "";
}

std::vector<Finding> check(const Context& c) {
  Finding finding;
  double share = 0;
  std::string first_part;
  std::vector<bool> seen(c.engine.layer_count());
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!c.is(row, attention) || c.hidden(row)) continue;
    for (const Row before : c.predecessors(row)) {
      if (seen[before]) continue;
      seen[before] = true;
      const std::string_view part = part_of_attention(c, before);
      if (part.empty()) continue;
      if (finding.layers.empty()) first_part = part;
      finding.layers.push_back(before);
      share += c.share(before).value_or(0);
    }
  }
  if (finding.layers.empty() || share < c.thresholds.get(id, "min_share")) return {};
  finding.recoverable_ms = time_of(c, finding.layers);
  finding.message = fmt::format(
      "{} beside fused attention, {} first ({}){}", counted(finding.layers.size(), "kernel"),
      quoted(c.name(finding.layers[0])), first_part, time_text(finding.recoverable_ms));
  finding.evidence = {{"count", static_cast<std::int64_t>(finding.layers.size()), Unit::count},
                      {"part", Json(first_part), Unit::none},
                      {"share", share, Unit::fraction}};
  return {std::move(finding)};
}

}  // namespace attention_partly_fused_rule

constexpr Rule attention_partly_fused = {
    .id = attention_partly_fused_rule::id,
    .code = "D07",
    .group = Group::fusion,
    .severity = {},
    .summary = "attention is fused, but its scale or mask runs as a kernel of its own",
    .why = "each is a pass over a tensor that the fused kernel holds on the chip anyway",
    .mitigation =
        "export the canonical pattern (MatMul, scale, mask, Softmax, MatMul) without casts in "
        "between, or ONNX Attention (opset 23)",
    .source = "TensorRT release notes 10.14 and 11.0; TensorRT documentation, fusion catalog",
    .needs = {.profile = true},
    .check = attention_partly_fused_rule::check,
};

}  // namespace trex::lint

// Reports attention that runs as separate layers: a multiplication, a softmax, a multiplication.
//
// Written out, the matrix of scores (every position by every other) goes through memory several
// times; the fused kernel keeps it on the chip.
// Not reported: a softmax that no multiplication feeds or reads within three layers (the end of a
// classifier), and layers that the fused kernel covers already.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "trex/base/text.hpp"
#include "trex/lint/ops.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/together.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace attention_not_fused_rule {

// Scale, mask and a change of format stand between the softmax and the multiplications.
constexpr int most_between = 3;

// Myelin writes a softmax out: exp(x - max) over its sum, "__myl_MaxrSubExpSumDivMul".
bool is_written_out(const Context& c, Row layer) {
  if (!c.is(layer, kernel) || !contains(c.name(layer), "Exp")) return false;  // most are told so
  return has_operation(c, layer, {"Exp"}) && has_operation(c, layer, {"Sum", "ReduceSum"}) &&
         has_operation(c, layer, {"Div", "Reciprocal"});
}

bool is_softmax(const Context& c, Row layer) {
  if (c.hidden(layer) || c.is(layer, attention) || c.is(layer, compute)) return false;
  return is_written_out(c, layer) || equals_ignoring_case(c.type(layer), "SoftMax") ||
         has_operation(c, layer, {"Softmax"});
}

// The multiplication that is reached one neighbour after the other; what is passed goes into
// `path`. no_row when there is none.
Row multiplication_near(const Context& c, Row layer, bool before, std::vector<Row>& path) {
  Row at = layer;
  for (int step = 0; step <= most_between; ++step) {
    const auto next = before ? c.predecessors(at) : c.successors(at);
    if (next.empty()) return no_row;
    at = next.front();
    for (const Row row : next.first(std::min<std::size_t>(next.size(), 4))) {
      if (c.is(row, gemm) && !c.is(row, attention)) return row;
    }
    if (c.is(at, compute)) return no_row;
    path.push_back(at);
  }
  return no_row;
}

std::vector<Finding> check(const Context& c) {
  std::vector<Row> layers;
  std::optional<double> between_ms;
  std::int64_t blocks = 0;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!is_softmax(c, row)) continue;
    std::vector<Row> passed = {row};
    const Row first = multiplication_near(c, row, true, passed);
    const Row second = first == no_row ? no_row : multiplication_near(c, row, false, passed);
    if (second == no_row) continue;
    ++blocks;
    between_ms = add(between_ms, time_of(c, passed));
    layers.push_back(row);
    layers.insert(layers.end(), passed.begin() + 1, passed.end());
    layers.push_back(first);
    layers.push_back(second);
  }
  if (blocks == 0) return {};
  Finding finding;
  finding.message = fmt::format(
      "{} of attention as separate layers, the softmax {} between two multiplications{}",
      counted(static_cast<std::size_t>(blocks), "block"), quoted(c.name(layers.front())),
      time_text(between_ms));
  finding.evidence = {{"blocks", blocks, Unit::count}};
  // The multiplications stay, inside of the fused kernel; what is between them goes.
  finding.recoverable_ms = between_ms;
  finding.layers = std::move(layers);
  return {std::move(finding)};
}

}  // namespace attention_not_fused_rule

constexpr Rule attention_not_fused = {
    .id = "attention-not-fused",
    .code = "D06",
    .group = Group::fusion,
    .severity = {},
    .summary = "attention runs as separate layers",
    .why =
        "the matrix of scores goes through memory several times; the fused kernel keeps it on the "
        "chip",
    .mitigation =
        "meet the fused kernel's terms: FP16 or BF16, head size 16 to 256 and a multiple of 8, "
        "the plain pattern of MatMul, scale, mask, Softmax, MatMul; for INT8 Q/DQ before both "
        "MatMuls and behind the Softmax",
    .source = "TensorRT documentation, fusion catalog; TensorRT issues 2981, 3575, 3665, 4167",
    .needs = {},
    .check = attention_not_fused_rule::check,
};

}  // namespace trex::lint

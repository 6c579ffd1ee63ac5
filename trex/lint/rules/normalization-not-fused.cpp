// Reports a LayerNorm (or RMSNorm, GroupNorm) that was cut into several layers.
//
// From a layer that takes a mean, elementwise layers and further means are followed up to a square
// root: the layers on that way are one normalization in pieces.
// Not reported: one kernel that holds both the mean and the root, also where it follows another
// normalization; a mean whose result goes into a convolution or a GEMM (pooling, squeeze and
// excite); means without a root.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "trex/base/text.hpp"
#include "trex/lint/ops.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/together.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace normalization_not_fused_rule {

// Mean, Sub, Pow, Mean, Add, Sqrt, Div, Mul, Add, each a layer, and a Cast.
constexpr std::size_t most_pieces = 10;
constexpr std::size_t most_followed = 4;  // readers of one piece

bool takes_mean(const Context& c, Row layer) {
  return has_operation(c, layer, {"Mean", "ReduceMean", "mean"});
}

bool takes_root(const Context& c, Row layer) { return has_operation(c, layer, {"Sqrt", "Rsqrt"}); }

bool is_piece(const Context& c, Row layer) {
  if (c.hidden(layer) || c.is(layer, compute)) return false;
  return is_elementwise(c, layer) || equals_ignoring_case(c.type(layer), "Reduce") ||
         takes_mean(c, layer) || takes_root(c, layer);
}

// [64x1] of [64x32]: a mean or a variance, not the data.
bool is_statistic_of(std::span<const std::int64_t> part, std::span<const std::int64_t> whole) {
  if (part.size() != whole.size()) return false;
  bool reduced = false;
  for (std::size_t i = 0; i < part.size(); ++i) {
    if (part[i] == whole[i]) continue;
    if (part[i] != 1) return false;
    reduced = true;
  }
  return reduced;
}

// Takes the root of what `before` reduced. A kernel with a mean of its own may be a normalization
// by itself, that of the next block; it is a piece of this one only when it reads the statistic.
bool finishes(const Context& c, Row layer, Row before) {
  if (!takes_root(c, layer)) return false;
  if (!takes_mean(c, layer)) return true;
  const Row output = c.first_output(layer);
  if (output == no_row) return false;
  for (const Row input : c.engine.inputs(layer)) {
    if (!is_statistic_of(c.dims(input), c.dims(output))) continue;
    const std::vector<Row> writers = c.writers_of(input);
    if (std::find(writers.begin(), writers.end(), before) != writers.end()) return true;
  }
  return false;
}

struct Step {
  Row layer;
  std::size_t from;  // place of the step before
};

// From a mean to the root, in order; empty when no root follows.
std::vector<Row> pieces_from(const Context& c, Row mean, const std::vector<bool>& taken) {
  std::vector<Step> steps = {{mean, 0}};
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const auto after = c.successors(steps[i].layer);
    for (const Row next : after.first(std::min(after.size(), most_followed))) {
      if (taken[next] || !is_piece(c, next)) continue;
      const bool is_root = finishes(c, next, steps[i].layer);
      if (!is_root && (takes_root(c, next) || steps.size() == most_pieces)) continue;
      steps.push_back({next, i});
      if (!is_root) continue;
      std::vector<Row> pieces;
      for (std::size_t at = steps.size() - 1; at != 0; at = steps[at].from) {
        pieces.push_back(steps[at].layer);
      }
      pieces.push_back(mean);
      std::reverse(pieces.begin(), pieces.end());
      return pieces;
    }
  }
  return {};
}

std::vector<Finding> check(const Context& c) {
  std::vector<bool> taken(c.engine.layer_count());
  std::vector<std::vector<Row>> norms;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (taken[row] || !is_piece(c, row) || !takes_mean(c, row) || takes_root(c, row)) continue;
    std::vector<Row> pieces = pieces_from(c, row, taken);
    for (const Row piece : pieces) taken[piece] = true;
    if (!pieces.empty()) norms.push_back(std::move(pieces));
  }
  if (norms.empty()) return {};
  Finding finding;
  for (const std::vector<Row>& pieces : norms) {
    finding.layers.insert(finding.layers.end(), pieces.begin(), pieces.end());
    finding.recoverable_ms = add(finding.recoverable_ms, time_but_longest(c, pieces));
  }
  finding.message =
      fmt::format("{} in pieces: {} to {}{}", counted(norms.size(), "normalization"),
                  quoted(c.name(norms.front().front())), quoted(c.name(norms.front().back())),
                  time_text(time_of(c, finding.layers)));
  finding.evidence = {{"count", static_cast<std::int64_t>(norms.size()), Unit::count},
                      {"layers", static_cast<std::int64_t>(finding.layers.size()), Unit::count}};
  return {std::move(finding)};
}

}  // namespace normalization_not_fused_rule

constexpr Rule normalization_not_fused = {
    .id = "normalization-not-fused",
    .code = "D09",
    .group = Group::fusion,
    .severity = {},
    .summary = "a LayerNorm or RMSNorm runs as several layers",
    .why =
        "the tensor goes through memory for its mean, its variance and its scaling; one kernel "
        "reads it once",
    .mitigation =
        "export LayerNormalization (ONNX opset 17) or RMSNormalization (opset 23) instead of the "
        "single operations",
    .source = "NVIDIA TensorRT performance analysis skill; TensorRT release notes 10.15",
    .needs = {},
    .check = normalization_not_fused_rule::check,
};

}  // namespace trex::lint

// Reports Quantize layers that stand alone behind a layer of the engine.
//
// Fused, the producer writes the quantized tensor itself; alone, it is another pass. Two findings
// at most: one for those that a float residual holds back (the producer adds one, or what it writes
// is added as one), one for the others.
// Not reported: the quantization of an engine input, which has no producer; a requantization
// (redundant-quantize-pair, concat-requantize); a kernel that transposes too, which would have to
// run without the Quantize.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "trex/lint/ops.hpp"
#include "trex/lint/precision_facts.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace unfused_quantize_rule {

// What writes the input of a Quantize layer, if it computes something.
Row producer_of(const Context& c, Row quantize) {
  for (const Row before : c.predecessors(quantize)) {
    if (!c.is(before, mover) && !c.hidden(before)) return before;
  }
  return no_row;
}

bool residual_holds_back(const Context& c, Row producer) {
  return float_operand(c, producer) != no_row || !residual_readers(c, producer).empty();
}

Finding finding_of(const Context& c, std::vector<Row> layers, bool residual) {
  Finding finding;
  finding.message = fmt::format(
      "{} {} not fused into {} producer{}: {}", counted(layers.size(), "Quantize layer"),
      layers.size() == 1 ? "is" : "are", layers.size() == 1 ? "its" : "their",
      layers.size() == 1 ? "" : "s", listed(c, layers));
  if (residual) finding.message += "; a float residual branch keeps the producer's output in float";
  finding.evidence = {{"layers", static_cast<std::int64_t>(layers.size()), Unit::count},
                      {"float_residual", residual}};
  finding.confidence = residual ? Confidence::high : Confidence::medium;
  if (!residual) {
    finding.mitigation =
        "put the Quantize directly behind a layer that can write quantized data, quantize all of "
        "that layer's float operands, and leave no other reader of the float tensor";
  }
  finding.recoverable_ms = time_of_layers(c, layers);  // fused, the layers are gone
  finding.layers = std::move(layers);
  return finding;
}

std::vector<Finding> check(const Context& c) {
  std::vector<Row> residual, other;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (conversion(c, row) != Conversion::quantize) continue;
    if (c.is(row, kernel) && has_operation(c, row, {"Transpose"})) continue;
    const Row producer = producer_of(c, row);
    if (producer == no_row) continue;
    (residual_holds_back(c, producer) ? residual : other).push_back(row);
  }
  std::vector<Finding> findings;
  if (!residual.empty()) findings.push_back(finding_of(c, std::move(residual), true));
  if (!other.empty()) findings.push_back(finding_of(c, std::move(other), false));
  return findings;
}

}  // namespace unfused_quantize_rule

constexpr Rule unfused_quantize = {
    .id = "unfused-quantize",
    .code = "B01",
    .group = Group::quantization,
    .severity = {},
    .summary = "a Quantize is a layer of its own",
    .why = "it reads the float tensor and writes the quantized one: a pass that computes nothing",
    .mitigation =
        "quantize the residual branch too, so that the layer before can write quantized data and "
        "take the Quantize over",
    .source = "TensorRT documentation, explicit quantization: Q/DQ placement recommendations",
    .needs = {},
    .check = unfused_quantize_rule::check,
};

}  // namespace trex::lint

// Reports convolutions and products that keep FP32 weights while their input is narrower.
//
// One finding for all of them. Not reported: biases (FP32 by design beside INT8), the factors of
// Scale layers, and layers whose input type is not known.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "trex/lint/rules.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace wide_weights_rule {

bool has_wide_weights(const Context& c, Row row) {
  switch (c.input_type(row)) {
    case Datatype::fp16:
    case Datatype::bf16:
    case Datatype::fp8:
    case Datatype::fp4:
    case Datatype::int8:
    case Datatype::int4:
      break;
    default:
      return false;
  }
  const auto entries = c.engine.weights_of(row);
  return std::any_of(entries.begin(), entries.end(), [](const Weights& w) {
    return w.count > 0 && w.type == Datatype::fp32 &&
           (w.key == "Weights" || w.key == "ConvWeights");
  });
}

std::vector<Finding> check(const Context& c) {
  const auto bytes = c.engine.layers[layer::weights_bytes];
  Finding finding;
  std::int64_t total = 0;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!c.is(row, compute) || c.hidden(row) || !has_wide_weights(c, row)) continue;
    finding.layers.push_back(row);
    const std::int64_t own = bytes[row].value_or(0);
    if (own > 0 && total <= INT64_MAX - own) total += own;
  }
  if (finding.layers.empty()) return {};
  const Row first = finding.layers[0];
  finding.message = fmt::format(
      "{} with {} inputs and FP32 weights ({}), {} first", counted(finding.layers.size(), "layer"),
      datatype_name(c.input_type(first)), bytes_text(total), quoted(c.name(first)));
  finding.evidence = {{"count", static_cast<std::int64_t>(finding.layers.size()), Unit::count},
                      {"weights_bytes", total, Unit::bytes}};
  // The narrower kernel's other gains are not known; at least half of the weights need no reading.
  for (const Row row : finding.layers) {
    const std::int64_t own = bytes[row].value_or(0);
    const auto half = own > 0 ? c.move_ms(own / 2) : std::nullopt;
    const auto time = c.time_ms(row);
    if (half && time) {
      finding.recoverable_ms = finding.recoverable_ms.value_or(0) + std::min(*half, *time);
    }
  }
  finding.confidence = Confidence::medium;
  return {std::move(finding)};
}

}  // namespace wide_weights_rule

constexpr Rule wide_weights = {
    .id = "wide-weights",
    .code = "F16",
    .group = Group::efficiency,
    .severity = {},
    .summary = "weights are FP32 while the layer's input is narrower",
    .why = "FP32 weights take two to four times the memory and traffic of the type the input has",
    .mitigation = "export or quantize the weights in the type of the activations",
    .source = "TensorRT documentation, quantized types: weight-only quantization",
    .needs = {},
    .check = wide_weights_rule::check,
};

}  // namespace trex::lint

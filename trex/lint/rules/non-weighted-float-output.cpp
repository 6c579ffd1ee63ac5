// Reports layers without weights that read quantized data and write floating point.
//
// TensorRT runs pooling, elementwise operations and the like on quantized data only when the output
// is quantized too; otherwise the layer gives up the narrow type for all that follows. One finding
// for the engine. Not reported: layers that write an engine output; conversions.

// SPDX-License-Identifier: Apache-2.0
#include "trex/base/text.hpp"
#include "trex/lint/precision_facts.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/rules/float_output.hpp"

namespace trex::lint {
namespace non_weighted_float_output_rule {

bool is_non_weighted(const Context& c, Row row) {
  if (c.hidden(row) || c.is(row, static_cast<Kind>(compute | mover))) return false;
  if (c.is(row, pointwise)) return conversion(c, row) == Conversion::none;
  const std::string_view type = c.type(row);
  return equals_ignoring_case(type, "Pooling") || equals_ignoring_case(type, "Resize") ||
         equals_ignoring_case(type, "Reduce");
}

std::vector<Finding> check(const Context& c) {
  return float_outputs(c, is_non_weighted, "layer",
                       "without weights: quantized in, floating point out");
}

}  // namespace non_weighted_float_output_rule

constexpr Rule non_weighted_float_output = {
    .id = "non-weighted-float-output",
    .code = "B06",
    .group = Group::quantization,
    .severity = {},
    .summary = "a layer without weights reads quantized data and writes floating point",
    .why =
        "layers without weights keep the quantized type only if their output has it too; the "
        "layers behind then read 2 to 4 times the bytes",
    .mitigation = "put a Quantize behind the layer too, or take away the one before it",
    .source = "TensorRT documentation, explicit quantization: Q/DQ placement recommendations",
    .needs = {},
    .check = non_weighted_float_output_rule::check,
};

}  // namespace trex::lint

// Reports quantized convolutions with a float operand to add: a residual branch left in float.
//
// The fused addition then writes float, its Quantize cannot fuse, and the branch is moved at 2 to 4
// times the size. Also the unfused form: a quantized convolution that writes float for an addition.
// One finding for the engine; conversions of the operand between float types and layouts, which
// only the float branch needs, are listed with it. Not reported: a quantized operand.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "trex/base/text.hpp"
#include "trex/lint/precision_facts.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace float_residual_rule {

bool is_quantized_convolution(const Context& c, Row row) {
  if (!c.is(row, convolution)) return false;
  const Row input = c.data_input(row);
  return input != no_row && is_quantized(c.format(input).datatype);
}

// A quantized convolution's float result goes into an addition of its own.
bool is_added_apart(const Context& c, Row row) {
  const Row output = c.first_output(row);
  if (output == no_row || !is_wide_float(c.format(output).datatype)) return false;
  const auto next = c.successors(row);
  return std::any_of(next.begin(), next.end(), [&](Row reader) {
    return c.is(reader, pointwise) && c.engine.inputs(reader).size() > 1;
  });
}

struct Found {
  std::vector<Row> convolutions, reformats;
  std::vector<std::string> tensors;
  std::optional<double> recoverable_ms;
};

void add_operand(const Context& c, Row operand, Found& found) {
  found.tensors.emplace_back(c.tensor_name(operand));
  add_known(found.recoverable_ms, extra_bytes_ms(c, operand));
  for (const Row writer : c.writers_of(operand)) {
    if (!c.is(writer, reformat) || c.hidden(writer)) continue;
    if (conversion(c, writer) != Conversion::none) continue;
    found.reformats.push_back(writer);
    add_known(found.recoverable_ms, c.time_ms(writer));
  }
}

std::vector<Finding> check(const Context& c) {
  Found found;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!is_quantized_convolution(c, row)) continue;
    if (const Row operand = float_operand(c, row); operand != no_row) {
      found.convolutions.push_back(row);
      add_operand(c, operand, found);
    } else if (is_added_apart(c, row)) {
      found.convolutions.push_back(row);
      add_known(found.recoverable_ms, extra_bytes_ms(c, c.first_output(row)));
    }
  }
  if (found.convolutions.empty()) return {};
  Finding finding;
  finding.message = fmt::format("the residual branch of {} is left in float: {}",
                                counted(found.convolutions.size(), "quantized convolution"),
                                listed(c, found.convolutions));
  finding.evidence = {
      {"convolutions", static_cast<std::int64_t>(found.convolutions.size()), Unit::count},
      {"reformats", static_cast<std::int64_t>(found.reformats.size()), Unit::count}};
  finding.confidence = Confidence::high;
  // Quantized, the operand is read at one byte a value; the Quantize layers are unfused-quantize's.
  finding.recoverable_ms = found.recoverable_ms;
  finding.layers = std::move(found.convolutions);
  finding.layers.insert(finding.layers.end(), found.reformats.begin(), found.reformats.end());
  finding.tensors = std::move(found.tensors);
  return {std::move(finding)};
}

}  // namespace float_residual_rule

constexpr Rule float_residual = {
    .id = "float-residual",
    .code = "B03",
    .group = Group::quantization,
    .severity = {},
    .summary = "the residual operand of a quantized convolution is float",
    .why =
        "the addition then writes float, the Quantize behind it stays a pass of its own, and both "
        "branches move 2 to 4 times the bytes",
    .mitigation = "put a Quantize/Dequantize pair on the identity branch, before the addition",
    .source =
        "TensorRT documentation, explicit quantization: quantize the residual input in skip "
        "connections",
    .needs = {},
    .check = float_residual_rule::check,
};

}  // namespace trex::lint

// Reports quantized convolutions that write floating point.
//
// Such a convolution writes 2 to 4 times the bytes, and the Quantize behind it is a pass of its
// own. One finding for the engine; it says why the outputs are float:
//   - a float residual: the convolution adds one, or what it writes is added as one further on;
//   - readers without a Quantize between: a layer in float that could be quantized.
// A convolution that writes an engine output has to; it is counted beside the others, so that the
// figure is that of all, but alone it is no finding. Not reported: readers that have no quantized
// form (plugins, Softmax, generated kernels); deconvolutions (quantized-deconv-float-output).

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/base/text.hpp"
#include "trex/lint/precision_facts.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace quantized_conv_float_output_rule {

struct Causes {
  std::vector<Row> residual, reader, engine_output;
  std::vector<std::string> tensors;
};

// A layer that TensorRT can run on quantized data, or the Quantize itself.
bool could_be_quantized(const Context& c, Row reader) {
  return c.is(reader, static_cast<Kind>(convolution | deconvolution | gemm)) ||
         conversion(c, reader) == Conversion::quantize ||
         equals_ignoring_case(c.type(reader), "Pooling") ||
         equals_ignoring_case(c.type(reader), "ElementWise");
}

bool feeds_what_could(const Context& c, Row row) {
  for (const Row next : c.successors(row)) {
    if (could_be_quantized(c, next)) return true;
    if (!c.is(next, reformat)) continue;
    for (const Row second : c.successors(next)) {
      if (could_be_quantized(c, second)) return true;
    }
  }
  return false;
}

Causes causes_of(const Context& c) {
  Causes causes;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!c.is(row, convolution)) continue;
    const Row input = c.data_input(row), output = c.first_output(row);
    if (input == no_row || output == no_row) continue;
    if (!is_quantized(c.format(input).datatype)) continue;
    if (!is_wide_float(c.format(output).datatype)) continue;
    if (const Row residual = float_operand(c, row); residual != no_row) {
      causes.residual.push_back(row);
      causes.tensors.emplace_back(c.tensor_name(residual));
    } else if (!residual_readers(c, row).empty()) {
      causes.residual.push_back(row);
    } else if (ends_engine(c, row)) {
      causes.engine_output.push_back(row);
    } else if (feeds_what_could(c, row)) {
      causes.reader.push_back(row);
    }
  }
  return causes;
}

std::string message_of(const Context& c, const Causes& causes) {
  const std::size_t all =
      causes.residual.size() + causes.reader.size() + causes.engine_output.size();
  std::string text =
      fmt::format("{} floating point: ", all == 1 ? "1 quantized convolution writes"
                                                  : fmt::format("{} quantized convolutions "
                                                                "write",
                                                                all));
  std::vector<std::string> parts;
  if (!causes.residual.empty()) {
    parts.push_back(fmt::format("{} because of float residual branches ({})",
                                causes.residual.size(), listed(c, causes.residual)));
  }
  if (!causes.reader.empty()) {
    parts.push_back(fmt::format("{} because nothing quantizes the result ({})",
                                causes.reader.size(), listed(c, causes.reader)));
  }
  if (!causes.engine_output.empty()) {
    parts.push_back(fmt::format("{} an engine output", causes.engine_output.size()));
  }
  return text + join(parts, ", ");
}

std::vector<Finding> check(const Context& c) {
  Causes causes = causes_of(c);
  if (causes.residual.empty() && causes.reader.empty()) return {};
  Finding finding;
  finding.message = message_of(c, causes);
  const auto count = [](const std::vector<Row>& rows) {
    return static_cast<std::int64_t>(rows.size());
  };
  finding.evidence = {{"float_residual", count(causes.residual), Unit::count},
                      {"not_quantized_after", count(causes.reader), Unit::count},
                      {"engine_output", count(causes.engine_output), Unit::count}};
  finding.confidence = Confidence::high;
  // Quantized, each writes one byte a value. What the readers and the Quantize layers would save
  // is theirs to claim.
  for (const auto* rows : {&causes.residual, &causes.reader}) {
    for (const Row row : *rows) {
      add_known(finding.recoverable_ms, extra_bytes_ms(c, c.first_output(row)));
      finding.layers.push_back(row);
    }
  }
  if (causes.residual.empty()) {
    finding.mitigation = "put a Quantize/Dequantize pair behind the activation";
  }
  finding.layers.insert(finding.layers.end(), causes.engine_output.begin(),
                        causes.engine_output.end());
  finding.tensors = std::move(causes.tensors);
  return {std::move(finding)};
}

}  // namespace quantized_conv_float_output_rule

constexpr Rule quantized_conv_float_output = {
    .id = "quantized-conv-float-output",
    .code = "A04",
    .group = Group::precision,
    .severity = {},
    .summary = "a quantized convolution writes floating point",
    .why =
        "it writes 2 to 4 times the bytes of a quantized output, and quantizing for the next layer "
        "is a separate pass over the tensor",
    .mitigation =
        "quantize the residual branch too (a Quantize/Dequantize pair on the identity input of the "
        "addition), or put a Quantize/Dequantize pair behind the activation",
    .source =
        "TensorRT documentation, explicit quantization: quantize the residual input in skip "
        "connections; TensorRT issues 993, 1699",
    .needs = {},
    .check = quantized_conv_float_output_rule::check,
};

}  // namespace trex::lint

// Reports a Resize in float between a Dequantize and a Quantize.
//
// TensorRT has no quantized form for many resizes, so the data is widened, resized and narrowed
// again: two passes for one layer. One finding a Resize. Not reported: a Resize with a conversion
// on one side only.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/base/text.hpp"
#include "trex/lint/precision_facts.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace resize_sandwich_rule {

std::vector<Row> with_conversion(const Context& c, std::span<const Row> layers, Conversion what) {
  std::vector<Row> found;
  for (const Row row : layers) {
    if (conversion(c, row) == what) found.push_back(row);
  }
  return found;
}

std::vector<Finding> check(const Context& c) {
  std::vector<Finding> findings;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!equals_ignoring_case(c.type(row), "Resize")) continue;
    const Row input = c.data_input(row);
    if (input == no_row || !is_wide_float(c.format(input).datatype)) continue;
    std::vector<Row> around = with_conversion(c, c.predecessors(row), Conversion::dequantize);
    const std::vector<Row> after = with_conversion(c, c.successors(row), Conversion::quantize);
    if (around.empty() || after.empty()) continue;
    around.insert(around.end(), after.begin(), after.end());
    Finding finding;
    finding.message = fmt::format("{} runs in {} between a Dequantize and a Quantize",
                                  quoted(c.name(row)), datatype_name(c.format(input).datatype));
    finding.recoverable_ms = time_of_layers(c, around);  // out of the quantized part, both go
    finding.evidence = {{"conversion_ms", finding.recoverable_ms, Unit::milliseconds}};
    finding.layers = {row};
    finding.layers.insert(finding.layers.end(), around.begin(), around.end());
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace resize_sandwich_rule

constexpr Rule resize_sandwich = {
    .id = "resize-sandwich",
    .code = "B07",
    .group = Group::quantization,
    .severity = {},
    .summary = "a Resize in float stands between a Dequantize and a Quantize",
    .why =
        "the tensor is widened and narrowed again, two passes, because the Resize has no quantized "
        "kernel",
    .mitigation =
        "move the Resize out of the quantized part, use nearest-neighbour resizing, or a "
        "transposed "
        "convolution",
    .source = "TensorRT issue 1310",
    .needs = {},
    .check = resize_sandwich_rule::check,
};

}  // namespace trex::lint

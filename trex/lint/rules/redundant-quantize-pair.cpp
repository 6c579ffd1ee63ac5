// Reports a Dequantize directly followed by a Quantize to the same type.
//
// With equal scales the pair does nothing; with unequal ones it is one requantization in two
// passes. The files do not state scales. One finding a pair. Not reported: a Dequantize with other
// readers; pairs that go to another quantized type.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/lint/precision_facts.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace redundant_quantize_pair_rule {

std::vector<Finding> check(const Context& c) {
  std::vector<Finding> findings;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (conversion(c, row) != Conversion::dequantize || c.successors(row).size() != 1) continue;
    const Row next = c.successors(row)[0];
    if (conversion(c, next) != Conversion::quantize) continue;
    const Datatype type = c.format(c.data_input(row)).datatype;
    if (type != c.format(c.first_output(next)).datatype) continue;
    Finding finding;
    finding.message = fmt::format("{} and {} widen {} data and narrow it again",
                                  quoted(c.name(row)), quoted(c.name(next)), datatype_name(type));
    finding.evidence = {{"datatype", datatype_name(type)}};
    finding.layers = {row, next};
    finding.recoverable_ms = time_of_layers(c, finding.layers);  // with one scale, both go
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace redundant_quantize_pair_rule

constexpr Rule redundant_quantize_pair = {
    .id = "redundant-quantize-pair",
    .code = "B08",
    .group = Group::quantization,
    .severity = {},
    .summary = "a Dequantize is followed by a Quantize to the same type",
    .why =
        "the pair changes nothing but perhaps the scale, in two passes, and keeps layers apart "
        "that could fuse",
    .mitigation = "give both one scale and delete the pair from the model",
    .source = "TensorRT documentation, fusion catalog: Q/DQ fusions",
    .needs = {},
    .check = redundant_quantize_pair_rule::check,
};

}  // namespace trex::lint

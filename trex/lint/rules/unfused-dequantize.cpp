// Reports Dequantize layers that stand alone before a layer of the engine.
//
// They widen a tensor so that the next layer reads 2 to 4 times the bytes, in a pass of their own.
// One finding for the engine. Not reported: widening an engine output; before another Quantize
// (redundant-quantize-pair); around a resize (resize-sandwich); where the shape changes.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "trex/base/text.hpp"
#include "trex/lint/precision_facts.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace unfused_dequantize_rule {

bool same_shape(const Context& c, Row layer) {
  const auto a = c.dims(c.data_input(layer)), b = c.dims(c.first_output(layer));
  return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

bool has_reader_of_its_own(const Context& c, Row layer) {
  const auto readers = c.successors(layer);
  return std::any_of(readers.begin(), readers.end(), [&](Row reader) {
    return !c.hidden(reader) && conversion(c, reader) != Conversion::quantize &&
           !equals_ignoring_case(c.type(reader), "Resize");
  });
}

std::vector<Finding> check(const Context& c) {
  std::vector<Row> layers;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (conversion(c, row) != Conversion::dequantize) continue;
    if (same_shape(c, row) && has_reader_of_its_own(c, row)) layers.push_back(row);
  }
  if (layers.empty()) return {};
  Finding finding;
  finding.message =
      fmt::format("{} from {} to {} stands alone: {}", counted(layers.size(), "conversion"),
                  datatype_name(c.format(c.data_input(layers[0])).datatype),
                  datatype_name(c.format(c.first_output(layers[0])).datatype), listed(c, layers));
  finding.evidence = {{"layers", static_cast<std::int64_t>(layers.size()), Unit::count}};
  finding.recoverable_ms = time_of_layers(c, layers);  // fused or moved, the layers are gone
  finding.layers = std::move(layers);
  return {std::move(finding)};
}

}  // namespace unfused_dequantize_rule

constexpr Rule unfused_dequantize = {
    .id = "unfused-dequantize",
    .code = "B02",
    .group = Group::quantization,
    .severity = {},
    .summary = "a Dequantize is a layer of its own",
    .why =
        "it widens the tensor in a pass of its own, and the next layer reads 2 to 4 times as much",
    .mitigation =
        "quantize the layer that reads it, or move the Dequantize behind it; keep a layer that "
        "stays in float out of the quantized part",
    .source = "TensorRT documentation, explicit quantization: Q/DQ placement recommendations",
    .needs = {},
    .check = unfused_dequantize_rule::check,
};

}  // namespace trex::lint

// Reports convolutions and matrix multiplications that were quantized to FP8 and do not compute in
// it.
//
// The sign of it, in an engine with FP8 tensors: an FP8 tensor goes in, directly or through a
// layer that only widens it, and the kernel computes in FP16, BF16 or FP32. One finding for the
// engine. Not reported: layers that nobody quantized, such as a stem left in FP16.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "trex/lint/precision_facts.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace fp8_not_used_rule {

bool is_fp8(const Context& c, Row tensor) {
  return tensor != no_row && c.format(tensor).datatype == Datatype::fp8;
}

// Reads FP8, or what a layer has just widened from FP8.
bool was_quantized(const Context& c, Row row) {
  const Row input = c.data_input(row);
  if (is_fp8(c, input)) return true;
  for (const Row before : c.predecessors(row)) {
    if (conversion(c, before) != Conversion::dequantize || !is_fp8(c, c.data_input(before))) {
      continue;
    }
    const std::vector<Row> writers = input == no_row ? std::vector<Row>{} : c.writers_of(input);
    if (std::find(writers.begin(), writers.end(), before) != writers.end()) return true;
  }
  return false;
}

std::vector<Finding> check(const Context& c) {
  const bool any = std::any_of(c.engine.formats.begin(), c.engine.formats.end(),
                               [](const Format& f) { return f.datatype == Datatype::fp8; });
  if (!any) return {};
  std::vector<Row> layers;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!c.is(row, static_cast<Kind>(convolution | deconvolution | gemm))) continue;
    // Without a tactic the precision is that of the input, which proves nothing.
    if (c.tactic(row).empty() || !is_wide_float(c.precision(row))) continue;
    if (was_quantized(c, row)) layers.push_back(row);
  }
  if (layers.empty()) return {};
  Finding finding;
  finding.message =
      fmt::format("{} quantized to FP8 and computed in {}: {}", counted(layers.size(), "layer"),
                  datatype_name(c.precision(layers[0])), listed(c, layers));
  finding.evidence = {{"layers", static_cast<std::int64_t>(layers.size()), Unit::count},
                      {"datatype", datatype_name(c.precision(layers[0]))},
                      {"tactic", c.tactic(layers[0])}};
  if (const auto time_ms = time_of_layers(c, layers)) {
    finding.recoverable_ms = *time_ms * c.thresholds.get("fp8-not-used", "saved_share");
  }
  finding.layers = std::move(layers);
  return {std::move(finding)};
}

}  // namespace fp8_not_used_rule

constexpr Rule fp8_not_used = {
    .id = "fp8-not-used",
    .code = "A09",
    .group = Group::precision,
    .severity = {},
    .summary = "a layer was quantized to FP8 and computes in a wider type",
    .why =
        "there was no FP8 kernel for it, so it pays for quantizing and computes at half of FP8's "
        "rate or less",
    .mitigation =
        "build strongly typed; make channels multiples of 16, better 32; do not quantize the stem",
    .source = "TensorRT issues 3987, 4081, 4560",
    .needs = {},
    .check = fp8_not_used_rule::check,
};

}  // namespace trex::lint

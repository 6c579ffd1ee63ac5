// Reports convolutions of BF16 data that compute in TF32 or FP32.
//
// TensorRT has few BF16 kernels for convolutions; where one is missing, a Reformat widens the
// data. The sign: BF16 goes in or out, or a layer before only widened it. One finding for the
// engine. Not reported: FP32 convolutions of an engine without BF16 around them.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "trex/lint/precision_facts.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace bf16_computed_as_fp32_rule {

bool is_bf16(const Context& c, Row tensor) {
  return tensor != no_row && c.format(tensor).datatype == Datatype::bf16;
}

bool has_bf16_around(const Context& c, Row row) {
  if (is_bf16(c, c.data_input(row)) || is_bf16(c, c.first_output(row))) return true;
  const auto before = c.predecessors(row);
  return std::any_of(before.begin(), before.end(), [&](Row layer) {
    return c.is(layer, mover) && is_bf16(c, c.data_input(layer));
  });
}

std::vector<Finding> check(const Context& c) {
  const bool any = std::any_of(c.engine.formats.begin(), c.engine.formats.end(),
                               [](const Format& f) { return f.datatype == Datatype::bf16; });
  if (!any) return {};
  std::vector<Row> layers;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!c.is(row, static_cast<Kind>(convolution | deconvolution))) continue;
    const Datatype type = c.precision(row);
    if (type != Datatype::fp32 && type != Datatype::tf32) continue;
    if (has_bf16_around(c, row)) layers.push_back(row);
  }
  if (layers.empty()) return {};
  Finding finding;
  finding.message =
      fmt::format("{} of convolution on BF16 data in {}: {}", counted(layers.size(), "layer"),
                  datatype_name(c.precision(layers[0])), listed(c, layers));
  finding.evidence = {{"layers", static_cast<std::int64_t>(layers.size()), Unit::count},
                      {"datatype", datatype_name(c.precision(layers[0]))},
                      {"tactic", c.tactic(layers[0])}};
  if (const auto time_ms = time_of_layers(c, layers)) {
    finding.recoverable_ms = *time_ms * c.thresholds.get("bf16-computed-as-fp32", "saved_share");
  }
  finding.layers = std::move(layers);
  return {std::move(finding)};
}

}  // namespace bf16_computed_as_fp32_rule

constexpr Rule bf16_computed_as_fp32 = {
    .id = "bf16-computed-as-fp32",
    .code = "A10",
    .group = Group::precision,
    .severity = {},
    .summary = "a convolution on BF16 data computes in TF32 or FP32",
    .why =
        "TensorRT had no BF16 kernel for it: the data is widened, moved at twice the size and "
        "multiplied at half the rate or less",
    .mitigation = "prefer FP16 for convolutional networks; a newer TensorRT may have the kernel",
    .source = "TensorRT issue 3583",
    .needs = {},
    .check = bf16_computed_as_fp32_rule::check,
};

}  // namespace trex::lint

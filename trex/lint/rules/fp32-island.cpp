// Reports layers that compute in FP32 or TF32 in an engine that otherwise computes in less.
//
// Each costs at least twice the math and the traffic of FP16, and often a Reformat on both sides.
// One finding for the engine. Not reported: engines that compute in FP32 throughout; matrix-vector
// kernels without weights of their own to shrink; layers below the share of time.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/lint/precision_facts.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace fp32_island_rule {

std::vector<Finding> check(const Context& c) {
  const double least = c.thresholds.get("fp32-island", "min_share");
  std::vector<Row> islands;
  std::int64_t low = 0, half = 0;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!c.is(row, compute) || c.hidden(row)) continue;
    const Datatype type = c.precision(row);
    half += is_half(type);
    low += is_half(type) || is_quantized(type);
    if (type != Datatype::fp32 && type != Datatype::tf32) continue;
    if (c.input_type(row) != Datatype::fp32 || c.share(row).value_or(1) < least) continue;
    islands.push_back(row);
  }
  if (islands.empty() || low == 0) return {};
  Finding finding;
  finding.message = fmt::format(
      "{} of convolution or matrix multiplication in FP32 or TF32 beside {} in lower precision: {}",
      counted(islands.size(), "layer"), low, listed(c, islands));
  finding.evidence = {{"fp32_layers", static_cast<std::int64_t>(islands.size()), Unit::count},
                      {"low_precision_layers", low, Unit::count},
                      {"half_layers", half, Unit::count}};
  if (half == 0) {
    finding.message += "; no layer computes in FP16 or BF16";
    finding.mitigation = "allow FP16 or BF16 beside INT8 (--fp16, --bf16, or in the typed model)";
  }
  if (const auto time_ms = time_of_layers(c, islands)) {
    finding.recoverable_ms = *time_ms * c.thresholds.get("fp32-island", "saved_share");
  }
  finding.layers = std::move(islands);
  return {std::move(finding)};
}

}  // namespace fp32_island_rule

constexpr Rule fp32_island = {
    .id = "fp32-island",
    .code = "A02",
    .group = Group::precision,
    .severity = {},
    .summary = "layers compute in FP32 in an engine of lower precision",
    .why =
        "FP32 moves twice the bytes of FP16 and computes at half its rate (TF32) or less, and a "
        "Reformat often stands on each side",
    .mitigation =
        "let them run in FP16 or quantize them: remove explicit casts and layer precision "
        "constraints, or mark them in the strongly typed model; keep FP32 where accuracy asks for "
        "it",
    .source = "TensorRT documentation, optimizing performance; TensorRT issue 572",
    .needs = {},
    .check = fp32_island_rule::check,
};

}  // namespace trex::lint

// Reports INT8 depthwise convolutions and the 1x1 convolutions behind them that did not fuse.
//
// TensorRT has a fused kernel for the pair (GPUs from compute capability 7.2). Fires where the 1x1
// convolution is the only reader and both run in INT8. One finding for the engine; the claim is the
// least time of writing and reading the tensors between.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "trex/lint/rules.hpp"

namespace trex::lint {
namespace depthwise_pointwise_not_fused_rule {

bool is_depthwise_convolution(const Context& c, Row row) {
  const ConvolutionAttributes* conv = c.engine.convolution(row);
  const Row input = c.data_input(row);
  if (conv == nullptr || conv->groups < 2 || input == no_row) return false;
  return c.channels(input) == conv->groups && conv->out_maps == conv->groups;
}

bool is_pointwise_convolution(const Context& c, Row row) {
  const ConvolutionAttributes* conv = c.engine.convolution(row);
  if (conv == nullptr || conv->groups != 1 || conv->kernel.rank == 0) return false;
  const auto kernel_size = conv->kernel.span();
  return std::all_of(kernel_size.begin(), kernel_size.end(), [](std::int32_t k) { return k == 1; });
}

std::vector<Finding> check(const Context& c) {
  if (c.device.compute_capability && *c.device.compute_capability < 72) return {};
  Finding finding;
  std::int64_t pairs = 0;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!c.is(row, convolution) || c.precision(row) != Datatype::int8 ||
        !is_depthwise_convolution(c, row)) {
      continue;
    }
    const auto after = c.successors(row);
    if (after.size() != 1 || c.precision(after[0]) != Datatype::int8) continue;
    if (!is_pointwise_convolution(c, after[0])) continue;
    ++pairs;
    finding.layers.insert(finding.layers.end(), {row, after[0]});
    const Row between = c.first_output(row);
    const auto bytes = between == no_row ? std::nullopt : c.bytes(between);
    const auto ms = bytes ? c.move_ms(*bytes) : std::nullopt;
    if (ms) finding.recoverable_ms = finding.recoverable_ms.value_or(0) + 2 * *ms;
  }
  if (pairs == 0) return {};
  finding.message =
      fmt::format("{} INT8 depthwise convolution{} and the 1x1 behind did not fuse, such as '{}'",
                  pairs, pairs == 1 ? "" : "s", c.name(finding.layers.front()));
  finding.evidence = {{"pairs", pairs, Unit::count}};
  finding.confidence = Confidence::low;  // the fused kernel has further conditions
  return {std::move(finding)};
}

}  // namespace depthwise_pointwise_not_fused_rule

constexpr Rule depthwise_pointwise_not_fused = {
    .id = "depthwise-pointwise-not-fused",
    .code = "D16",
    .group = Group::fusion,
    .severity = {.by_time = true},
    .summary = "depthwise and 1x1 convolution did not fuse",
    .why = "the tensor between them goes through memory",
    .mitigation = "keep both in INT8 with an activation that the fusion supports",
    .source = "TensorRT documentation, fusion catalog: depthwise separable convolution",
    .needs = {},
    .check = depthwise_pointwise_not_fused_rule::check,
};

}  // namespace trex::lint

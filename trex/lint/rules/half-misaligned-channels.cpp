// Reports FP16 and BF16 convolutions whose channels are no multiple of 8 (16 for sparse weights).
//
// The Tensor Cores' tiles take 8 values at a time: the rest is padding, or the layer runs without
// them. One finding for the engine. Not reported: depthwise convolutions; stems of up to 4
// channels, for which TensorRT has kernels of their own.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/lint/precision_facts.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace half_misaligned_channels_rule {

struct Limits {
  std::int64_t dense, sparse, stem;
};

double fill(std::int64_t value, std::int64_t step) {
  const std::int64_t rest = value % step;
  if (rest == 0) return 1;
  return static_cast<double>(value) /
         (static_cast<double>(value) + static_cast<double>(step - rest));
}

// Part of the math that is on real channels; 1 when aligned, not known or not asked.
double useful(const Context& c, Row row, const Limits& limits) {
  const ConvolutionAttributes* a = c.engine.convolution(row);
  if (a == nullptr || a->groups < 1 || is_depthwise(c, row)) return 1;
  const Row input = c.data_input(row);
  const auto channels = input == no_row ? std::nullopt : c.channels(input);
  if (!channels || *channels <= limits.stem || a->out_maps <= 0) return 1;
  const std::int64_t step = a->has_sparse_weights ? limits.sparse : limits.dense;
  if (step < 1) return 1;
  return fill(*channels / a->groups, step) * fill(a->out_maps / a->groups, step);
}

std::vector<Finding> check(const Context& c) {
  const auto get = [&](std::string_view name) {
    return static_cast<std::int64_t>(c.thresholds.get("half-misaligned-channels", name));
  };
  const Limits limits{get("alignment"), get("sparse_alignment"), get("stem_channels")};
  std::vector<Row> layers;
  std::optional<double> recoverable_ms;
  double worst = 1;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!c.is(row, static_cast<Kind>(convolution | deconvolution))) continue;
    if (!is_half(c.precision(row))) continue;
    const double part = useful(c, row, limits);
    if (part >= 1) continue;
    layers.push_back(row);
    if (part < worst) worst = part;
    // Padding is computed like data: without it the layer would take that much less.
    if (const auto time_ms = c.time_ms(row)) add_known(recoverable_ms, *time_ms * (1 - part));
  }
  if (layers.empty()) return {};
  Finding finding;
  finding.message = fmt::format("{} with channels that are no multiple of {}: {}",
                                counted(layers.size(), "half-precision convolution"), limits.dense,
                                listed(c, layers));
  finding.evidence = {{"layers", static_cast<std::int64_t>(layers.size()), Unit::count},
                      {"least_useful_part", worst, Unit::fraction}};
  finding.recoverable_ms = recoverable_ms;
  finding.layers = std::move(layers);
  return {std::move(finding)};
}

}  // namespace half_misaligned_channels_rule

constexpr Rule half_misaligned_channels = {
    .id = "half-misaligned-channels",
    .code = "A07",
    .group = Group::precision,
    .severity = {},
    .summary = "channels of FP16 or BF16 convolutions are no multiple of 8",
    .why = "Tensor Cores work on 8 values at a time: other counts are padded, or run without them",
    .mitigation = "round input and output channels to multiples of 8 (16 for sparse weights)",
    .source = "TensorRT documentation, optimizing performance: optimizing for Tensor Cores",
    .needs = {},
    .check = half_misaligned_channels_rule::check,
};

}  // namespace trex::lint

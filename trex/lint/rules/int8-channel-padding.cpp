// Reports INT8 convolutions whose channels fill little of their 32-channel blocks.
//
// In NC/32HW32 16 channels take the memory and the math of 32. One finding for the engine.
// Not reported: four-channel layouts, which stems use, and padding within the threshold.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "trex/lint/precision_facts.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace int8_channel_padding_rule {

constexpr int block = 32;  // channels of NC/32HW32 and NHWC32

// Padded over real channels: 2 for 16. 1 where nothing is padded or known.
double padding_of(const Context& c, Row tensor) {
  if (tensor == no_row) return 1;
  const Format& format = c.format(tensor);
  const auto channels = c.channels(tensor);
  if (format.datatype != Datatype::int8 || format.vector_width != block) return 1;
  if (!channels || *channels <= 0) return 1;
  const std::int64_t rest = *channels % block;
  if (rest == 0) return 1;
  return 1 + static_cast<double>(block - rest) / static_cast<double>(*channels);
}

std::int64_t padding_bytes(const Context& c, Row tensor, double padding) {
  if (tensor == no_row || padding <= 1) return 0;
  return static_cast<std::int64_t>(static_cast<double>(c.bytes(tensor).value_or(0)) *
                                   (1 - 1 / padding));
}

std::vector<Finding> check(const Context& c) {
  const double most = c.thresholds.get("int8-channel-padding", "max_padding");
  std::vector<Row> layers;
  double worst = 1, wasted = 0;
  Row worst_layer = no_row;
  std::optional<double> recoverable_ms;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!c.is(row, static_cast<Kind>(convolution | deconvolution))) continue;
    const Row input = c.data_input(row), output = c.first_output(row);
    const double in = padding_of(c, input), out = padding_of(c, output);
    if (std::max(in, out) <= most) continue;
    if (std::max(in, out) > worst) worst_layer = row;
    worst = std::max({worst, in, out});
    layers.push_back(row);
    // The traffic of the padding; its math, where that binds, is not counted.
    const std::int64_t bytes = padding_bytes(c, input, in) + padding_bytes(c, output, out);
    wasted += static_cast<double>(bytes);
    add_known(recoverable_ms, c.move_ms(bytes));
  }
  if (layers.empty()) return {};
  Finding finding;
  finding.message =
      fmt::format("{} to 32 channels: {}, most of all {} ({:.2f} times the channels)",
                  layers.size() == 1 ? "1 INT8 convolution pads"
                                     : fmt::format("{} INT8 convolutions pad", layers.size()),
                  listed(c, layers), quoted(c.name(worst_layer)), worst);
  finding.evidence = {{"layers", static_cast<std::int64_t>(layers.size()), Unit::count},
                      {"worst_padding", worst},
                      {"padding_bytes", wasted, Unit::bytes}};
  finding.recoverable_ms = recoverable_ms;
  finding.layers = std::move(layers);
  return {std::move(finding)};
}

}  // namespace int8_channel_padding_rule

constexpr Rule int8_channel_padding = {
    .id = "int8-channel-padding",
    .code = "A06",
    .group = Group::precision,
    .severity = {},
    .summary = "INT8 channels are padded to 32",
    .why = "the layout holds channels in blocks of 32: padding is moved and multiplied like data",
    .mitigation =
        "make channels multiples of 32, or leave narrow layers in FP16, where 8 are enough",
    .source =
        "TensorRT issue 1310; TensorRT documentation, optimizing performance: optimizing for "
        "Tensor Cores",
    .needs = {},
    .check = int8_channel_padding_rule::check,
};

}  // namespace trex::lint

// Reports depthwise convolutions that take far more of the time than of the arithmetic.
//
// One finding for all of them: a network has dozens alike. Depthwise: as many groups as input
// channels. Not reported: depthwise layers whose share of the time is in keeping with their share
// of the FLOPs, or that take little of the time in all.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/lint/rules.hpp"
#include "trex/lint/rules/efficiency.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace depthwise_hot_rule {

constexpr std::string_view id = "depthwise-hot";

bool is_depthwise_convolution(const Context& c, Row row) {
  const ConvolutionAttributes* convolution = c.engine.convolution(row);
  if (convolution == nullptr || convolution->transposed || convolution->groups <= 1) return false;
  const Row input = c.data_input(row);
  return input != no_row && c.channels(input) == convolution->groups;
}

std::vector<Finding> check(const Context& c) {
  const auto flops = c.work[work::flops];
  Finding finding;
  double all_flops = 0, own_flops = 0, time_ms = 0;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    const auto own = static_cast<double>(flops[row].value_or(0));
    all_flops += own;
    if (c.hidden(row) || !c.time_ms(row) || !is_depthwise_convolution(c, row)) continue;
    own_flops += own;
    time_ms += *c.time_ms(row);
    finding.layers.push_back(row);
    if (const auto above = c.recoverable_by_roofline(row)) {
      finding.recoverable_ms = finding.recoverable_ms.value_or(0) + *above;
    }
  }
  if (finding.layers.empty() || !(all_flops > 0) || !(*c.engine_ms > 0)) return {};
  const double share = time_ms / *c.engine_ms, flop_share = own_flops / all_flops;
  if (share < c.thresholds.get(id, "min_share") ||
      share < c.thresholds.get(id, "min_ratio") * flop_share) {
    return {};
  }
  finding.message = fmt::format("{}: {:.4g} ms, {} of the time for {} of the known FLOPs",
                                counted(finding.layers.size(), "depthwise convolution"), time_ms,
                                percent(share), percent(flop_share));
  finding.evidence = {{"count", static_cast<std::int64_t>(finding.layers.size()), Unit::count},
                      {"time_ms", time_ms, Unit::milliseconds},
                      {"share", share, Unit::fraction},
                      {"flops_share", flop_share, Unit::fraction}};
  finding.confidence = Confidence::medium;
  return {std::move(finding)};
}

}  // namespace depthwise_hot_rule

constexpr Rule depthwise_hot = {
    .id = depthwise_hot_rule::id,
    .code = "F08",
    .group = Group::efficiency,
    .severity = {},
    .summary = "depthwise convolutions take far more of the time than of the arithmetic",
    .why =
        "a depthwise convolution uses one input channel per output: a Tensor Core has at most an "
        "eighth of its matrix to fill, and few operations stand against each byte",
    .mitigation =
        "run them in FP16 or INT8 to move fewer bytes, let activation and Q/DQ fuse into them, or "
        "replace them by convolutions of larger groups in the hot stages",
    .source = "PyTorch issue 22302; measurements on MobileNet engines",
    .needs = {.profile = true},
    .check = depthwise_hot_rule::check,
};

}  // namespace trex::lint

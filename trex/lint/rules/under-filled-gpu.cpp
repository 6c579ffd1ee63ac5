// Reports kernels with far fewer tiles than the GPU has SMs.
//
// Judged from the tile in the tactic's name, for either orientation of it. One finding for all of
// them, the longest first: the cause is one. Not reported: kernels whose tiles the name does not
// tell.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "trex/lint/rules.hpp"
#include "trex/lint/rules/efficiency.hpp"
#include "trex/lint/together.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace under_filled_gpu_rule {

constexpr std::string_view id = "under-filled-gpu";

struct Kernel {
  Row row;
  double tiles, time_ms;
};

std::string message_of(const Context& c, const std::vector<Kernel>& kernels, double time_ms) {
  const Kernel& first = kernels[0];
  const std::string one =
      fmt::format("{} has {} for {} SMs: {} of the GPU works ({:.4g} ms)",
                  quoted(c.name(first.row)), counted(static_cast<std::size_t>(first.tiles), "tile"),
                  *c.device.sms, percent(first.tiles / *c.device.sms), first.time_ms);
  if (kernels.size() == 1) return one;
  return fmt::format("{} with too few tiles take {:.4g} ms; {}", counted(kernels.size(), "kernel"),
                     time_ms, one);
}

Finding finding_of(const Context& c, const std::vector<Kernel>& kernels) {
  Finding finding;
  double time_ms = 0, share = 0;
  for (const Kernel& kernel : kernels) {
    finding.layers.push_back(kernel.row);
    time_ms += kernel.time_ms;
    share += c.share(kernel.row).value_or(0);
    // With every SM at work the layer could come down to its floor, not further.
    finding.recoverable_ms = add(finding.recoverable_ms, c.recoverable_by_roofline(kernel.row));
  }
  finding.message = message_of(c, kernels, time_ms);
  finding.evidence = {{"count", static_cast<std::int64_t>(kernels.size()), Unit::count},
                      {"tiles", kernels[0].tiles, Unit::count},
                      {"sms", static_cast<std::int64_t>(*c.device.sms), Unit::count},
                      {"filled", kernels[0].tiles / *c.device.sms, Unit::fraction},
                      {"time_ms", time_ms, Unit::milliseconds},
                      {"share", share, Unit::fraction}};
  // Whether a kernel splits K over several blocks is not always in its name.
  finding.confidence = Confidence::low;
  return finding;
}

std::vector<Finding> check(const Context& c) {
  const Grids grids(c);
  std::vector<Kernel> kernels;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    const auto tiles = grids.too_few_tiles(row);
    if (tiles) kernels.push_back({row, *tiles, c.time_ms(row).value_or(0)});
  }
  if (kernels.empty()) return {};
  std::stable_sort(kernels.begin(), kernels.end(),
                   [](const Kernel& a, const Kernel& b) { return a.time_ms > b.time_ms; });
  return {finding_of(c, kernels)};
}

}  // namespace under_filled_gpu_rule

constexpr Rule under_filled_gpu = {
    .id = under_filled_gpu_rule::id,
    .code = "F05",
    .group = Group::efficiency,
    .severity = {},
    .summary = "a kernel has fewer than half as many tiles as the GPU has SMs",
    .why = "a tile runs on one SM; with a skinny product or batch 1 most SMs have nothing to do",
    .mitigation =
        "raise the batch, merge parallel products of one input (heads, Q, K and V) into one, or "
        "run several streams at a time",
    .source =
        "NVIDIA deep learning performance guide, matrix multiplication; TensorRT documentation, "
        "optimizing performance: batching",
    .needs = {.profile = true, .device = true},
    .check = under_filled_gpu_rule::check,
};

}  // namespace trex::lint

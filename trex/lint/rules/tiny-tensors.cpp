// Reports many layers that work on a handful of values each.
//
// Such a layer is nothing but a launch: shape arithmetic, constants that were not folded. One
// finding for all. Not reported: fewer than ten of them; layers that reduce a large tensor to a
// small one (every input must be small too); convolutions, products and attention; layers of
// unknown sizes.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/lint/rules.hpp"
#include "trex/lint/rules/efficiency.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace tiny_tensors_rule {

constexpr std::string_view id = "tiny-tensors";

// False where a dimension is not known.
bool is_small(std::span<const std::int64_t> dims, double most) {
  double volume = 1;
  for (const std::int64_t dim : dims) {
    if (dim < 0) return false;
    volume *= static_cast<double>(dim);
  }
  return volume <= most;
}

std::vector<Finding> check(const Context& c) {
  const double most = c.thresholds.get(id, "max_values");
  const double min_ms = c.thresholds.get(id, "min_ms");
  const auto dims = c.engine.tensors[tensor::dims];
  const auto small = [&](Engine::RowRange tensors) {
    for (const Row t : tensors) {
      if (dims.is_null(t) || !is_small(c.dims(t), most)) return false;
    }
    return true;
  };
  Finding finding;
  double time_ms = 0;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (c.hidden(row) || c.is(row, compute)) continue;
    const auto time = c.time_ms(row);
    if (!time || *time <= min_ms || c.engine.outputs(row).empty()) continue;
    if (!small(c.engine.outputs(row)) || !small(c.engine.inputs(row))) continue;
    if (hides_work(c, row)) continue;
    finding.layers.push_back(row);
    time_ms += *time;
  }
  if (static_cast<double>(finding.layers.size()) < c.thresholds.get(id, "min_layers")) return {};
  finding.message = fmt::format("{} of at most {:.0f} values take {:.4g} ms in all, {} first",
                                counted(finding.layers.size(), "layer"), most, time_ms,
                                quoted(c.name(finding.layers[0])));
  finding.evidence = {{"count", static_cast<std::int64_t>(finding.layers.size()), Unit::count},
                      {"time_ms", time_ms, Unit::milliseconds}};
  if (*c.engine_ms > 0) {
    finding.evidence.push_back({"share", time_ms / *c.engine_ms, Unit::fraction});
  }
  finding.recoverable_ms = time_ms;  // a folded layer is gone; whether all can be, no file tells
  finding.confidence = Confidence::low;
  return {std::move(finding)};
}

}  // namespace tiny_tensors_rule

constexpr Rule tiny_tensors = {
    .id = tiny_tensors_rule::id,
    .code = "F15",
    .group = Group::efficiency,
    .severity = {},
    .summary = "many layers work on a handful of values each",
    .why = "a kernel of a few values takes as long as its launch: some microseconds for nothing",
    .mitigation =
        "fold constants in the model before the build, use fixed shapes, and move shape "
        "arithmetic out of the network",
    .source = "NVIDIA TensorRT performance analysis skill: tiny kernels",
    .needs = {.profile = true},
    .check = tiny_tensors_rule::check,
};

}  // namespace trex::lint

// Reports time spent computing shapes and indices on the GPU's timeline.
//
// A layer counts when it is a shape_call, or all it writes are a few integers or booleans, or
// stands on the host. Not reported: gathers and casts of real data; a share below the threshold.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/lint/rules.hpp"

namespace trex::lint {
namespace shape_operations_rule {

bool is_index(Datatype type) {
  return type == Datatype::int32 || type == Datatype::int64 || type == Datatype::boolean;
}

bool is_small_index(const Context& c, Row tensor, double limit) {
  if (!is_index(c.format(tensor).datatype)) return false;
  double volume = 1;
  for (const std::int64_t dim : c.dims(tensor)) {
    if (dim < 0) return false;
    volume *= static_cast<double>(dim);
  }
  return volume <= limit;
}

bool computes_shapes(const Context& c, const View<std::string_view>& location, Row row,
                     double limit) {
  if (c.type(row) == "shape_call") return true;
  const auto outputs = c.engine.outputs(row);
  if (outputs.empty() || c.type(row) == "Constant") return false;
  for (const Row tensor : outputs) {
    if (location[tensor] != "Host" && !is_small_index(c, tensor, limit)) return false;
  }
  return true;
}

std::vector<Finding> check(const Context& c) {
  const auto location = c.engine.tensors[tensor::location];
  const double limit = c.thresholds.get("shape-operations", "max_elements");
  Finding finding;
  double time_ms = 0;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!computes_shapes(c, location, row, limit)) continue;
    finding.layers.push_back(row);
    time_ms += c.time_ms(row).value_or(0);
  }
  const double share = *c.engine_ms > 0 ? time_ms / *c.engine_ms : 0;
  if (share < c.thresholds.get("shape-operations", "min_share")) return {};
  finding.message = fmt::format(
      "{} layers compute shapes and indices for {:.4g} ms, {:.1f} % of the layers' time",
      finding.layers.size(), time_ms, 100 * share);
  finding.evidence = {{"count", static_cast<std::int64_t>(finding.layers.size()), Unit::count},
                      {"time_ms", time_ms, Unit::milliseconds},
                      {"share", share, Unit::fraction}};
  finding.recoverable_ms = time_ms;  // with static shapes they are constants
  return {std::move(finding)};
}

}  // namespace shape_operations_rule

constexpr Rule shape_operations = {
    .id = "shape-operations",
    .code = "E02",
    .group = Group::shapes,
    .severity = {.by_time = true},
    .summary = "shapes are computed on the GPU",
    .why = "each is a launch for a handful of numbers, and the CPU and GPU wait for each other",
    .mitigation =
        "build with static shapes, fold constants in the model, keep shape arithmetic out of the "
        "graph",
    .source =
        "TensorRT documentation, dynamic shapes; trt-perf-analysis: shape and cast share of 3 %",
    .needs = {.profile = true},
    .check = shape_operations_rule::check,
};

}  // namespace trex::lint

// Reports a run at another shape than the one the engine was tuned for.
//
// One finding for the engine: the tensors of a model mostly share their dynamic dimensions.
// The shape of the run is the one that the layers' tensors state; the tuned one is the binding's
// opt shape (TensorRT 11). Not reported: dynamic (-1) shapes, which say nothing of the run; sizes a
// few percent apart (a cache one token short); outputs, whose shapes follow.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <string>
#include <unordered_map>

#include "trex/base/text.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace profiled_off_opt_shape_rule {

bool is_static(std::span<const std::int64_t> dims) {
  return std::all_of(dims.begin(), dims.end(), [](std::int64_t d) { return d >= 0; });
}

// A dimension is larger or smaller than the tuned one by more than `limit`.
bool is_off(std::span<const std::int64_t> run, std::span<const std::int64_t> tuned, double limit) {
  for (std::size_t i = 0; i < run.size(); ++i) {
    const auto a = static_cast<double>(run[i]), b = static_cast<double>(tuned[i]);
    if (std::max(a, b) > limit * std::min(a, b)) return true;
  }
  return false;
}

std::string said(std::span<const std::int64_t> dims) {
  return fmt::format("{}", fmt::join(dims, "x"));
}

// By name of the region: the first view with a known, static shape.
std::unordered_map<std::string_view, std::span<const std::int64_t>> run_shapes(const Context& c) {
  std::unordered_map<std::string_view, std::span<const std::int64_t>> shapes;
  for (Row tensor = 0; tensor < c.engine.tensors.row_count(); ++tensor) {
    if (!c.is_binding(tensor)) continue;
    if (is_static(c.dims(tensor))) shapes.try_emplace(c.tensor_name(tensor), c.dims(tensor));
  }
  return shapes;
}

std::vector<Finding> check(const Context& c) {
  const Table& bindings = c.engine.bindings;
  const auto name = bindings[binding::name];
  const auto mode = bindings[binding::mode];
  const auto tuned = bindings[binding::opt_dims];
  const auto profile = bindings[binding::opt_profile];
  const auto shapes = run_shapes(c);
  const double limit = c.thresholds.get("profiled-off-opt-shape", "max_ratio");
  Finding finding;
  for (Row row = 0; row < bindings.row_count(); ++row) {
    if (equals_ignoring_case(mode[row], "output")) continue;
    const auto run = shapes.find(name[row]);
    if (profile[row].value_or(0) != c.engine.opt_profile || tuned[row].empty()) continue;
    if (run == shapes.end() || run->second.size() != tuned[row].size()) continue;
    if (!is_off(run->second, tuned[row], limit)) continue;
    if (finding.tensors.empty()) {
      finding.message = fmt::format("{} ran at {}, the engine is tuned for {}", quoted(name[row]),
                                    said(run->second), said(tuned[row]));
      finding.evidence = {{"run", said(run->second)}, {"opt", said(tuned[row])}};
    }
    finding.tensors.emplace_back(name[row]);
  }
  if (finding.tensors.empty()) return {};
  if (finding.tensors.size() > 1) {
    finding.message +=
        fmt::format("; so did {}", counted(finding.tensors.size() - 1, "more tensor"));
  }
  finding.confidence = Confidence::high;
  return {std::move(finding)};
}

}  // namespace profiled_off_opt_shape_rule

constexpr Rule profiled_off_opt_shape = {
    .id = "profiled-off-opt-shape",
    .code = "E04",
    .group = Group::shapes,
    .severity = {.by_time = false, .fixed = Severity::note},
    .summary = "measured at another shape than the tuned one",
    .why = "tactics are chosen at the opt shape; elsewhere they may be the wrong ones",
    .mitigation = "set --optShapes to the shape that really comes",
    .source = "TensorRT documentation, working with dynamic shapes",
    .needs = {},
    .check = profiled_off_opt_shape_rule::check,
};

}  // namespace trex::lint

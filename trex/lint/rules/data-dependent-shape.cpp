// Reports layers whose output shape depends on data: the host must wait for the GPU to learn it.
//
// One finding for the engine. What the wait costs is not in the layer's own time, so no claim.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "trex/base/text.hpp"
#include "trex/lint/rules.hpp"

namespace trex::lint {
namespace data_dependent_shape_rule {

// TensorRT's words for such layers and for the copies that carry their shapes to the host.
constexpr std::string_view words[] = {
    "NonZero", "NMS", "NonMaxSuppression", "TrainStation", "DeviceToShapeHostCopy", "Unique"};

bool is_data_dependent(const Context& c, Row row) {
  return std::any_of(std::begin(words), std::end(words), [&](std::string_view word) {
    return equals_ignoring_case(c.type(row), word) || equals_ignoring_case(c.subtype(row), word);
  });
}

std::vector<Finding> check(const Context& c) {
  Finding finding;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (is_data_dependent(c, row)) finding.layers.push_back(row);
  }
  if (finding.layers.empty()) return {};
  finding.message = fmt::format(
      "{} layer{} make{} shapes that depend on data, such as '{}': the stream is synchronised "
      "there",
      finding.layers.size(), finding.layers.size() == 1 ? "" : "s",
      finding.layers.size() == 1 ? "s" : "", c.name(finding.layers.front()));
  finding.evidence = {{"count", static_cast<std::int64_t>(finding.layers.size()), Unit::count}};
  finding.confidence = Confidence::high;
  return {std::move(finding)};
}

}  // namespace data_dependent_shape_rule

constexpr Rule data_dependent_shape = {
    .id = "data-dependent-shape",
    .code = "E01",
    .group = Group::shapes,
    .severity = {.by_time = false, .fixed = Severity::warning},
    .summary = "shapes depend on data",
    .why =
        "the host waits for the GPU to learn a shape, allocates, and no CUDA graph can be captured",
    .mitigation =
        "use operations of fixed size (EfficientNMS, TopK), or move them out of the engine",
    .source = "TensorRT issues 4194, 4248, 3585",
    .needs = {},
    .check = data_dependent_shape_rule::check,
};

}  // namespace trex::lint

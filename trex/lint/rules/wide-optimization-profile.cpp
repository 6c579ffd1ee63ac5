// Reports an optimization profile whose smallest and largest shapes lie far apart.
//
// Read from the bindings of TensorRT 11 (ProfileInfo); older files do not state the profile.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "trex/lint/rules.hpp"

namespace trex::lint {
namespace {

double spread(std::span<const std::int64_t> low, std::span<const std::int64_t> high) {
  double widest = 1;
  for (std::size_t i = 0; i < std::min(low.size(), high.size()); ++i) {
    if (low[i] <= 0 || high[i] <= 0) continue;
    widest = std::max(widest, static_cast<double>(high[i]) / static_cast<double>(low[i]));
  }
  return widest;
}

std::vector<Finding> check(const Context& c) {
  const Table& bindings = c.engine.bindings;
  const auto name = bindings[binding::name];
  const auto low = bindings[binding::min_dims];
  const auto high = bindings[binding::max_dims];
  const double limit = c.thresholds.get("wide-optimization-profile", "max_ratio");
  std::vector<Finding> findings;
  for (Row row = 0; row < bindings.row_count(); ++row) {
    const double ratio = spread(low[row], high[row]);
    if (ratio <= limit) continue;
    Finding finding;
    finding.message = fmt::format(
        "the profile of '{}' spans a dimension {:g}-fold: tactics that need fixed sizes are out",
        name[row], ratio);
    finding.tensors = {std::string(name[row])};
    finding.evidence = {{"ratio", ratio}};
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace

constexpr Rule wide_optimization_profile = {
    .id = "wide-optimization-profile",
    .code = "E03",
    .group = Group::shapes,
    .severity = {.by_time = false, .fixed = Severity::note},
    .summary = "an optimization profile is wide",
    .why =
        "one set of tactics must serve all shapes between min and max; fusions that need fixed "
        "sizes are left out",
    .mitigation = "several narrow profiles, each tuned for the shapes that really come",
    .source = "TensorRT documentation, working with dynamic shapes",
    .needs = {.detail = false},
    .check = check,
};

}  // namespace trex::lint

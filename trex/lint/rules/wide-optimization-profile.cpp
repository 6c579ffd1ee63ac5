// Reports an optimization profile whose smallest and largest shapes lie far apart.
//
// One finding for the engine: the inputs of a model mostly share their dynamic dimensions. Not
// reported: outputs, whose shapes follow.
// Read from the bindings of TensorRT 11 (ProfileInfo); older files do not state the profile.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "trex/base/text.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace wide_optimization_profile_rule {

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
  const auto mode = bindings[binding::mode];
  const auto low = bindings[binding::min_dims];
  const auto high = bindings[binding::max_dims];
  const double limit = c.thresholds.get("wide-optimization-profile", "max_ratio");
  Finding finding;
  double widest = 0;
  std::string_view widest_name;
  for (Row row = 0; row < bindings.row_count(); ++row) {
    if (equals_ignoring_case(mode[row], "output")) continue;
    const double ratio = spread(low[row], high[row]);
    if (ratio <= limit) continue;
    finding.tensors.emplace_back(name[row]);
    if (ratio <= widest) continue;
    widest = ratio;
    widest_name = name[row];
  }
  if (finding.tensors.empty()) return {};
  const std::size_t more = finding.tensors.size() - 1;
  finding.message = fmt::format(
      "the profile of {}{} spans a dimension {:g}-fold: tactics that need fixed sizes are out",
      quoted(widest_name),
      more == 0 ? "" : fmt::format(" (and of {})", counted(more, "more tensor")), widest);
  finding.evidence = {{"ratio", widest},
                      {"tensors", static_cast<std::int64_t>(finding.tensors.size()), Unit::count}};
  return {std::move(finding)};
}

}  // namespace wide_optimization_profile_rule

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
    .check = wide_optimization_profile_rule::check,
};

}  // namespace trex::lint

// Reports grouped convolutions whose groups are too narrow for a Tensor Core.
//
// One finding for all of them. Not reported: depthwise convolutions (`depthwise-hot`), and, where
// there is a profile, grouped convolutions that take little of the time together.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/lint/rules.hpp"
#include "trex/lint/rules/efficiency.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace small_groups_rule {

constexpr std::string_view id = "small-groups";

// Input channels of a group; nothing when there are no groups, or one a channel.
std::optional<std::int64_t> group_width(const Context& c, Row row) {
  const ConvolutionAttributes* convolution = c.engine.convolution(row);
  if (convolution == nullptr || convolution->groups <= 1) return std::nullopt;
  const Row input = c.data_input(row);
  if (input == no_row) return std::nullopt;
  const auto channels = c.channels(input);
  if (!channels || *channels <= convolution->groups) return std::nullopt;
  return *channels / convolution->groups;
}

std::vector<Finding> check(const Context& c) {
  const double min_width = c.thresholds.get(id, "min_width");
  Finding finding;
  double share = 0;
  std::int64_t narrowest = 0;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    const auto width = c.hidden(row) ? std::nullopt : group_width(c, row);
    if (!width || static_cast<double>(*width) >= min_width) continue;
    if (finding.layers.empty() || *width < narrowest) narrowest = *width;
    finding.layers.push_back(row);
    share += c.share(row).value_or(0);
    if (const auto above = c.recoverable_by_roofline(row)) {
      finding.recoverable_ms = finding.recoverable_ms.value_or(0) + *above;
    }
  }
  if (finding.layers.empty()) return {};
  if (c.engine_ms && share < c.thresholds.get(id, "min_share")) return {};
  finding.message = fmt::format(
      "{} with narrow groups, {} first: {} input channels a group at the least",
      counted(finding.layers.size(), "convolution"), quoted(c.name(finding.layers[0])), narrowest);
  finding.evidence = {{"count", static_cast<std::int64_t>(finding.layers.size()), Unit::count},
                      {"channels_per_group", narrowest, Unit::none}};
  if (c.engine_ms) finding.evidence.push_back({"share", share, Unit::fraction});
  finding.confidence = Confidence::medium;
  return {std::move(finding)};
}

}  // namespace small_groups_rule

constexpr Rule small_groups = {
    .id = small_groups_rule::id,
    .code = "F09",
    .group = Group::efficiency,
    .severity = {},
    .summary = "grouped convolutions have fewer than 16 channels a group",
    .why =
        "each group is a small product of its own: Tensor Cores multiply at least 8 to 16 channels "
        "at a time, and the rest of the matrix is padding",
    .mitigation = "use fewer, wider groups, or a dense convolution: it is often faster",
    .source = "TensorRT issues 1409, 572",
    .needs = {},
    .check = small_groups_rule::check,
};

}  // namespace trex::lint

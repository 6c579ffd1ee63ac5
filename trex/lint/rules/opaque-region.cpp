// Reports Myelin regions that hide much of the time behind a single row each.
//
// With detailed verbosity, TensorRT 9 and later list a region's kernels; a single row means names
// only, an older TensorRT, or a region that stays closed (DLA). One finding for the engine. No
// claim: nobody can see inside.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/lint/closed_region.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace opaque_region_rule {

std::vector<Finding> check(const Context& c) {
  Finding finding;
  double share = 0, longest = -1;
  Row first = no_row;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    const double own = c.share(row).value_or(0);
    if (own <= 0 || !is_closed_region(c, row)) continue;
    finding.layers.push_back(row);
    share += own;
    if (own <= longest) continue;
    longest = own;
    first = row;
  }
  if (first == no_row || share < c.thresholds.get("opaque-region", "min_share")) return {};
  const std::size_t count = finding.layers.size();
  finding.message =
      count == 1 ? fmt::format("{} is one row for {:.1f} % of the layers' time",
                               quoted(c.name(first)), 100 * share)
                 : fmt::format(
                       "{} closed regions, each one row, take {:.1f} % of the layers' time; {} "
                       "alone {:.1f} %",
                       count, 100 * share, quoted(c.name(first)), 100 * longest);
  finding.evidence = {{"regions", static_cast<std::int64_t>(count), Unit::count},
                      {"share", share, Unit::fraction}};
  finding.confidence = Confidence::high;
  return {std::move(finding)};
}

}  // namespace opaque_region_rule

constexpr Rule opaque_region = {
    .id = "opaque-region",
    .code = "D12",
    .group = Group::fusion,
    .severity = {.by_time = false, .fixed = Severity::warning},
    .summary = "closed regions hold much of the time",
    .why = "what is slow inside cannot be told from the files",
    .mitigation =
        "rebuild with --profilingVerbosity=detailed on TensorRT 10 or later, which list its "
        "kernels; or profile with Nsight Systems",
    .source = "TensorRT issues 2308, 3768, 4397",
    .needs = {.detail = false, .profile = true},
    .check = opaque_region_rule::check,
};

}  // namespace trex::lint

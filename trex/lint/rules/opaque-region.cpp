// Reports one Myelin region that hides much of the time behind a single row.
//
// With detailed verbosity, TensorRT 9 and later list a region's kernels; a single row means names
// only, an older TensorRT, or a region that stays closed (DLA). No claim: nobody can see inside.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/base/text.hpp"
#include "trex/lint/rules.hpp"

namespace trex::lint {
namespace {

std::vector<Finding> check(const Context& c) {
  std::vector<Finding> findings;
  const double limit = c.thresholds.get("opaque-region", "min_share");
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    const auto share = c.share(row);
    if (!share || *share < limit) continue;
    const bool opaque = c.type(row) == "Myelin" || contains(c.name(row), "{ForeignNode[");
    if (!opaque) continue;
    Finding finding;
    finding.message =
        fmt::format("'{}' is one row for {:.1f} % of the layers' time", c.name(row), 100 * *share);
    finding.layers = {row};
    finding.evidence = {{"share", *share, Unit::fraction}};
    finding.confidence = Confidence::high;
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace

constexpr Rule opaque_region = {
    .id = "opaque-region",
    .code = "D12",
    .group = Group::fusion,
    .severity = {.by_time = false, .fixed = Severity::warning},
    .summary = "one closed region holds much of the time",
    .why = "what is slow inside cannot be told from the files",
    .mitigation =
        "rebuild with --profilingVerbosity=detailed on TensorRT 10 or later, which list its "
        "kernels; or profile with Nsight Systems",
    .source = "TensorRT issues 2308, 3768, 4397",
    .needs = {.detail = false, .profile = true},
    .check = check,
};

}  // namespace trex::lint

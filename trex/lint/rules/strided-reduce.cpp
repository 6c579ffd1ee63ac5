// Reports reductions over other than the last dimensions of a row-major tensor.
//
// Seen from the shapes, since files name the axes in many ways: with kept dimensions an axis that
// goes to 1 was reduced; without, the output is the input's first dimensions exactly when the last
// ones were. Not reported: channel-major and vectorized tensors (their memory has another order),
// unknown shapes and, where there is a profile, reductions that take little of the time.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "trex/base/text.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace strided_reduce_rule {

constexpr std::string_view id = "strided-reduce";
using Dims = std::span<const std::int64_t>;

// True only where a dimension after the reduced ones is certain to be kept and larger than 1.
bool reduces_inner(Dims in, Dims out) {
  const auto unknown = [](std::int64_t dim) { return dim < 0; };
  if (std::any_of(in.begin(), in.end(), unknown) || std::any_of(out.begin(), out.end(), unknown)) {
    return false;
  }
  if (in.size() == out.size()) {
    bool reduced = false;
    for (std::size_t i = 0; i < in.size(); ++i) {
      if (in[i] != 1 && out[i] == 1) {
        reduced = true;
      } else if (in[i] != out[i]) {
        return false;
      } else if (reduced && in[i] > 1) {
        return true;
      }
    }
    return false;
  }
  return out.size() < in.size() && !std::equal(out.begin(), out.end(), in.begin());
}

std::vector<Finding> check(const Context& c) {
  const double min_share = c.thresholds.get(id, "min_share");
  Finding finding;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!equals_ignoring_case(c.type(row), "Reduce") || c.hidden(row)) continue;
    if (c.engine_ms && c.share(row).value_or(0) < min_share) continue;
    const Row in = c.data_input(row), out = c.first_output(row);
    if (in == no_row || out == no_row || c.format(in).family != LayoutFamily::linear) continue;
    if (!reduces_inner(c.dims(in), c.dims(out))) continue;
    finding.layers.push_back(row);
    if (const auto above = c.recoverable_by_roofline(row)) {
      finding.recoverable_ms = finding.recoverable_ms.value_or(0) + *above;
    }
  }
  if (finding.layers.empty()) return {};
  finding.message =
      fmt::format("{} over other than the last dimensions, {} first",
                  counted(finding.layers.size(), "reduction"), quoted(c.name(finding.layers[0])));
  finding.evidence = {{"count", static_cast<std::int64_t>(finding.layers.size()), Unit::count}};
  finding.confidence = Confidence::medium;
  return {std::move(finding)};
}

}  // namespace strided_reduce_rule

constexpr Rule strided_reduce = {
    .id = strided_reduce_rule::id,
    .code = "F13",
    .group = Group::efficiency,
    .severity = {},
    .summary = "a reduction runs over other than the last dimensions",
    .why = "its values lie apart in memory: each access uses a part of what was fetched",
    .mitigation = "transpose the model so that the reduced dimensions are the last ones",
    .source = "TensorRT documentation, optimizing performance: reduce layers",
    .needs = {},
    .check = strided_reduce_rule::check,
};

}  // namespace trex::lint

// Reports Gather and Scatter layers that take much of the time.
//
// They fuse with nothing, so each is a pass of its own. The axis of a Gather is read from the
// shapes: the output is the data's shape with the axis replaced by the indices' shape. An axis
// other than the first makes short strided copies. Not reported: those that take little of the
// time; a Gather inside a larger generated kernel.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "trex/base/text.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/rules/efficiency.hpp"
#include "trex/lint/together.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace hot_gather_rule {

constexpr std::string_view id = "hot-gather";
using Dims = std::span<const std::int64_t>;

bool is_gather(const Context& c, Row layer) {
  if (c.hidden(layer) || c.is(layer, compute)) return false;
  for (const std::string_view type : {c.type(layer), c.subtype(layer)}) {
    if (contains_ignoring_case(type, "gather") || contains_ignoring_case(type, "scatter")) {
      return true;
    }
  }
  if (!c.is(layer, kernel)) return false;
  const auto operations = c.operations(layer);
  return all_are_of(operations, {"Gather", "Scatter", "Cast", "Reshape", "Move"}) &&
         any_is_one_of(operations, {"Gather", "Scatter"});
}

bool fits_axis(Dims data, Dims indices, Dims out, std::size_t axis) {
  return std::equal(data.begin(), data.begin() + static_cast<std::ptrdiff_t>(axis), out.begin()) &&
         std::equal(indices.begin(), indices.end(),
                    out.begin() + static_cast<std::ptrdiff_t>(axis)) &&
         std::equal(data.begin() + static_cast<std::ptrdiff_t>(axis) + 1, data.end(),
                    out.begin() + static_cast<std::ptrdiff_t>(axis + indices.size()));
}

// Of a plain Gather with known shapes, where they allow one axis only; a leading 1 does not count:
// past it the memory is the same.
std::optional<std::size_t> axis_of(const Context& c, Row layer) {
  const auto inputs = c.engine.inputs(layer);
  const Row output = c.first_output(layer);
  if (inputs.size() != 2 || output == no_row) return std::nullopt;
  if (!equals_ignoring_case(c.type(layer), "Gather")) return std::nullopt;
  const Dims data = c.dims(inputs[0]), indices = c.dims(inputs[1]), out = c.dims(output);
  if (data.empty() || out.size() + 1 != data.size() + indices.size()) return std::nullopt;
  std::optional<std::size_t> found;
  for (std::size_t axis = 0; axis < data.size(); ++axis) {
    if (!fits_axis(data, indices, out, axis)) continue;
    if (found) return std::nullopt;
    found = axis;
  }
  if (!found) return std::nullopt;
  const bool leads = std::all_of(data.begin(), data.begin() + static_cast<std::ptrdiff_t>(*found),
                                 [](std::int64_t dim) { return dim == 1; });
  return leads ? 0 : found;
}

Finding finding_of(const Context& c, std::vector<Row> layers, bool strided) {
  Finding finding;
  double share = 0;
  for (const Row row : layers) {
    share += c.share(row).value_or(0);
    finding.recoverable_ms = add(finding.recoverable_ms, c.recoverable_by_roofline(row));
  }
  finding.message =
      fmt::format("{}{}, {} of the time: {}", counted(layers.size(), "gather or scatter layer"),
                  strided ? " along an inner axis" : "", percent(share), names_of(c, layers));
  finding.evidence = {{"count", static_cast<std::int64_t>(layers.size()), Unit::count},
                      {"share", share, Unit::fraction}};
  if (const auto axis = axis_of(c, layers[0])) {
    finding.evidence.push_back({"axis", static_cast<std::int64_t>(*axis), Unit::none});
  }
  finding.confidence = strided ? Confidence::medium : Confidence::low;
  finding.layers = std::move(layers);
  return finding;
}

std::vector<Finding> check(const Context& c) {
  const double min_share = c.thresholds.get(id, "min_share");
  std::vector<Row> strided, others;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (c.share(row).value_or(0) < min_share || !is_gather(c, row)) continue;
    (axis_of(c, row).value_or(0) > 0 ? strided : others).push_back(row);
  }
  std::vector<Finding> findings;
  if (!strided.empty()) findings.push_back(finding_of(c, std::move(strided), true));
  if (!others.empty()) findings.push_back(finding_of(c, std::move(others), false));
  return findings;
}

}  // namespace hot_gather_rule

constexpr Rule hot_gather = {
    .id = hot_gather_rule::id,
    .code = "F12",
    .group = Group::efficiency,
    .severity = {},
    .summary = "Gather or Scatter takes much of the time",
    .why =
        "nothing fuses with them, and their accesses jump: along an inner axis each copies only "
        "a few bytes at a time",
    .mitigation =
        "gather along axis 0 (transpose the data once, in the model), precompute what is constant, "
        "or replace it by a slice",
    .source = "TensorRT documentation, optimizing performance: gather layers",
    .needs = {.profile = true},
    .check = hot_gather_rule::check,
};

}  // namespace trex::lint

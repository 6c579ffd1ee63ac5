// Reports the copies that put a concatenation's inputs into their places.
//
// TensorRT lets the layers before a concatenation write straight into its buffer; where an input
// has another type, scale or layout, or is an engine input, or is read as a whole elsewhere, it is
// copied there instead.
// Not reported: a concatenation that computes its own pass as one layer, which is no copy of one
// input.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "trex/base/text.hpp"
#include "trex/lint/reformat_reason.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/together.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace concat_copies_rule {

bool copies_into_concat(const Context& c, Row layer) {
  if (!c.is(layer, mover) || c.hidden(layer) || c.first_output(layer) == no_row) return false;
  if (c.is(layer, reformat)) return reformat_reason(c, layer).cause == ReformatCause::concat;
  return ends_with(c.name(layer), " copy") || equals_ignoring_case(c.type(layer), "copy");
}

struct Copy {
  std::uint32_t buffer;  // generation of what is written
  Row layer;
};

std::vector<Copy> copies_of(const Context& c) {
  std::vector<Copy> copies;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!copies_into_concat(c, row)) continue;
    const std::uint32_t buffer = c.dependencies.generation_of[c.first_output(row)];
    if (buffer != UINT32_MAX) copies.push_back({buffer, row});
  }
  std::stable_sort(copies.begin(), copies.end(),
                   [](const Copy& a, const Copy& b) { return a.buffer < b.buffer; });
  return copies;
}

std::vector<Finding> check(const Context& c) {
  const std::vector<Copy> copies = copies_of(c);
  std::vector<Finding> findings;
  for (std::size_t first = 0, end = 0; first < copies.size(); first = end) {
    std::vector<Row> layers;
    for (end = first; end < copies.size() && copies[end].buffer == copies[first].buffer; ++end) {
      layers.push_back(copies[end].layer);
    }
    const auto time = time_of(c, layers);
    Finding finding;
    finding.message =
        fmt::format("{} into concatenation {}: {}{}",
                    layers.size() == 1 ? "1 copy" : fmt::format("{} copies", layers.size()),
                    quoted(c.tensor_name(c.first_output(layers.front()))), names_of(c, layers),
                    time_text(time));
    finding.evidence = {{"copies", static_cast<std::int64_t>(layers.size()), Unit::count}};
    finding.recoverable_ms = time;  // written in place, no copy is left
    finding.layers = std::move(layers);
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace concat_copies_rule

constexpr Rule concat_copies = {
    .id = "concat-copies",
    .code = "C08",
    .group = Group::movement,
    .severity = {},
    .summary = "inputs of a concatenation are copied into place",
    .why = "a concatenation is free when its inputs are written in place; a copy is a pass",
    .mitigation =
        "give all inputs of the concatenation one type, one scale and one layout, and do not "
        "concatenate an engine input itself",
    .source = "TensorRT issue 2075",
    .needs = {},
    .check = concat_copies_rule::check,
};

}  // namespace trex::lint

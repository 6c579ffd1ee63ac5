// Reports Pooling layers with a window of one value, which change nothing.
//
// The shape on both sides is the same and the window is 1 in each direction. Where the format on
// the two sides differs the layer does a Reformat's work: it is reported, but claims no time. Not
// reported: a window of 1 with a stride, which drops values.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "trex/base/text.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace no_op_pooling_rule {

bool keeps_shape(const Context& c, Row in, Row out) {
  const auto before = c.dims(in), after = c.dims(out);
  const auto known = [](std::int64_t dim) { return dim >= 0; };
  return before.size() >= 3 && std::all_of(before.begin(), before.end(), known) &&
         std::equal(before.begin(), before.end(), after.begin(), after.end());
}

bool has_window_of_one(const Context& c, Row layer) {
  const Json raw = attributes(c.engine, layer);
  const Json* window = raw.find("WindowSize");
  if (window == nullptr || window->array() == nullptr || window->array()->empty()) return false;
  return std::all_of(window->array()->begin(), window->array()->end(),
                     [](const Json& size) { return size.number() == 1.0; });
}

std::vector<Finding> check(const Context& c) {
  std::vector<Finding> findings;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (c.hidden(row) || !equals_ignoring_case(c.type(row), "Pooling")) continue;
    const Row in = c.data_input(row), out = c.first_output(row);
    if (in == no_row || out == no_row || !keeps_shape(c, in, out)) continue;
    if (!has_window_of_one(c, row)) continue;
    const bool same_format = c.format(in).short_name() == c.format(out).short_name();
    Finding finding;
    finding.message = fmt::format("{} pools windows of one value: {}", quoted(c.name(row)),
                                  same_format ? "it is a copy" : "all it changes is the format");
    finding.layers = {row};
    finding.evidence = {{"from", c.format(in).short_name()}, {"to", c.format(out).short_name()}};
    if (same_format) finding.recoverable_ms = c.time_ms(row);
    finding.confidence = Confidence::high;
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace no_op_pooling_rule

constexpr Rule no_op_pooling = {
    .id = "no-op-pooling",
    .code = "F14",
    .group = Group::efficiency,
    .severity = {},
    .summary = "a pooling changes nothing",
    .why = "a window of one value is a copy of the tensor, and a barrier for fusion",
    .mitigation = "delete the node from the model",
    .source = "the definition of pooling",
    .needs = {},
    .check = no_op_pooling_rule::check,
};

}  // namespace trex::lint

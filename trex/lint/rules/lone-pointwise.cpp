// Reports a PointWise layer of one operation beside another elementwise layer.
//
// TensorRT merges neighbours of that kind into one PointWise layer of many operations; one that
// still holds a single operation met a barrier. The number of operations is the file's own
// (NbOperations).
// Not reported: pairs of which something else reads the tensor between, or that are part of a
// longer chain (`pointwise-chain`).

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "trex/base/text.hpp"
#include "trex/lint/ops.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/together.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace lone_pointwise_rule {

Row only_reader(const Context& c, Row layer) {
  const auto after = c.successors(layer);
  const Row output = c.first_output(layer);
  if (after.size() != 1 || output == no_row || c.is_binding(output)) return no_row;
  return is_elementwise(c, after.front()) ? after.front() : no_row;
}

bool continues_chain(const Context& c, Row first, Row second) {
  if (only_reader(c, second) != no_row) return true;
  const auto before = c.predecessors(first);
  return std::any_of(before.begin(), before.end(), [&](Row row) {
    return is_elementwise(c, row) && only_reader(c, row) == first;
  });
}

bool has_one_operation(const Context& c, Row layer) {
  if (!equals_ignoring_case(c.type(layer), "PointWise")) return false;
  const Json raw = attributes(c.engine, layer);
  const Json* count = raw.find("NbOperations");
  return count != nullptr && count->number() == 1.0;
}

// What is won: the shorter of the two passes.
std::optional<double> shorter_ms(const Context& c, Row first, Row second) {
  const auto a = c.time_ms(first), b = c.time_ms(second);
  return a && b ? std::optional(std::min(*a, *b)) : std::nullopt;
}

std::vector<Finding> check(const Context& c) {
  Finding finding;
  std::int64_t pairs = 0;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!is_elementwise(c, row)) continue;
    const Row next = only_reader(c, row);
    if (next == no_row || continues_chain(c, row, next)) continue;
    if (!has_one_operation(c, row) && !has_one_operation(c, next)) continue;
    ++pairs;
    finding.layers.insert(finding.layers.end(), {row, next});
    finding.recoverable_ms = add(finding.recoverable_ms, shorter_ms(c, row, next));
  }
  if (pairs == 0) return {};
  finding.message = fmt::format(
      "{} of elementwise layers, one of a single operation: {} and {}{}",
      counted(static_cast<std::size_t>(pairs), "pair"), quoted(c.name(finding.layers[0])),
      quoted(c.name(finding.layers[1])), time_text(time_of(c, finding.layers)));
  finding.evidence = {{"pairs", pairs, Unit::count}};
  return {std::move(finding)};
}

}  // namespace lone_pointwise_rule

constexpr Rule lone_pointwise = {
    .id = "lone-pointwise",
    .code = "D04",
    .group = Group::fusion,
    .severity = {},
    .summary = "a PointWise layer of one operation did not merge with its neighbour",
    .why = "the tensor between is written and read once more, for one operation an element",
    .mitigation =
        "remove what keeps the two apart: a broadcast, a change of type or shape, a Cast or a "
        "reshape between them",
    .source = "TensorRT documentation, fusion catalog: PointWise fusion",
    .needs = {},
    .check = lone_pointwise_rule::check,
};

}  // namespace trex::lint

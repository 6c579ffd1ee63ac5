// Reports elementwise layers in a row: three and more, each reading what the one before wrote.
//
// One kernel could do them all in one pass. A change of type or shape between them, or a second
// reader, usually kept the fuser away.
// Not reported: a layer whose result something else reads too.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <string>

#include "trex/lint/ops.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/together.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace pointwise_chain_rule {

Row next_of(const Context& c, Row layer) {
  const auto after = c.successors(layer);
  if (after.size() != 1 || !is_elementwise(c, after.front())) return no_row;
  return after.front();
}

std::vector<Finding> check(const Context& c) {
  const auto least = static_cast<std::size_t>(c.thresholds.get("pointwise-chain", "min_layers"));
  std::vector<bool> seen(c.engine.layer_count());
  Gathered found;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {  // edges go forward
    if (seen[row] || !is_elementwise(c, row)) continue;
    std::vector<Row> chain = {row};
    for (Row next = next_of(c, row); next != no_row && !seen[next]; next = next_of(c, next)) {
      seen[next] = true;
      chain.push_back(next);
    }
    if (chain.size() < least) continue;
    const std::string length = std::to_string(chain.size());
    found.add(length, std::move(chain));
  }
  std::vector<Finding> findings;
  for (const Alike& alike : found.groups()) {
    Finding finding;
    for (const std::vector<Row>& one : alike.cases) {
      finding.recoverable_ms = add(finding.recoverable_ms, time_but_longest(c, one));
    }
    finding.layers = alike.layers();
    const std::vector<Row>& example = alike.cases.front();
    finding.message =
        fmt::format("{} of {} elementwise layers: {} to {}{}", counted(alike.cases.size(), "chain"),
                    alike.cause, quoted(c.name(example.front())), quoted(c.name(example.back())),
                    time_text(time_of(c, finding.layers)));
    finding.evidence = {{"count", static_cast<std::int64_t>(alike.cases.size()), Unit::count}};
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace pointwise_chain_rule

constexpr Rule pointwise_chain = {
    .id = "pointwise-chain",
    .code = "D05",
    .group = Group::fusion,
    .severity = {},
    .summary = "elementwise layers follow one another",
    .why = "each is a pass over the tensor; fused they are one",
    .mitigation =
        "look for changes of type, shape or broadcast between them, and remove Casts and reshapes "
        "there",
    .source = "TensorRT documentation, fusion catalog: PointWise fusion",
    .needs = {},
    .check = pointwise_chain_rule::check,
};

}  // namespace trex::lint

// Reports a tensor whose type is changed and changed back with nothing computed in between.
//
// What an automatic mixed precision leaves: FP32 -> FP16 -> FP32 around a reshape or around
// nothing. Both are passes over the tensor, and the narrow one has cost its accuracy for nothing.
// Not reported: casts inside one kernel, which cost no pass; quantized types (a Q/DQ pair has a
// meaning); a type that something computes in; an engine input that leaves in its own type.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/lint/rules.hpp"
#include "trex/lint/together.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace cast_round_trip_rule {

bool is_wide_float(Datatype type) {
  return is_floating_point(type) && type != Datatype::fp8 && type != Datatype::fp4;
}

bool casts(const Context& c, Row layer) {
  if (!c.is(layer, mover) || c.hidden(layer)) return false;
  const Row input = c.data_input(layer);
  const Row output = c.first_output(layer);
  if (input == no_row || output == no_row) return false;
  const Datatype from = c.format(input).datatype;
  const Datatype to = c.format(output).datatype;
  return from != to && is_wide_float(from) && is_wide_float(to);
}

// The cast before `second`, past at most `most` movers.
std::optional<Row> cast_before(const Context& c, Row second, int most) {
  Row at = second;
  for (int steps = 0; steps <= most; ++steps) {
    const auto before = c.predecessors(at);
    if (before.size() != 1 || !c.is(before.front(), mover)) return std::nullopt;
    at = before.front();
    if (casts(c, at)) return at;
  }
  return std::nullopt;
}

std::vector<Finding> check(const Context& c) {
  const int most = static_cast<int>(c.thresholds.get("cast-round-trip", "max_between"));
  Gathered trips;
  for (Row second = 0; second < c.engine.layer_count(); ++second) {
    if (!casts(c, second)) continue;
    const auto first = cast_before(c, second, most);
    if (!first) continue;
    const Datatype from = c.format(c.data_input(*first)).datatype;
    const Datatype middle = c.format(c.first_output(*first)).datatype;
    if (from != c.format(c.first_output(second)).datatype) continue;
    std::vector<Row> layers = {second};
    if (c.successors(*first).size() == 1) layers.push_back(*first);
    trips.add(fmt::format("{} -> {} -> {}", datatype_name(from), datatype_name(middle),
                          datatype_name(from)),
              std::move(layers));
  }
  std::vector<Finding> findings;
  for (const Alike& alike : trips.groups()) {
    Finding finding;
    finding.layers = alike.layers();
    const auto time = time_of(c, finding.layers);
    finding.message = fmt::format("{} {}, nothing computed between: {}{}",
                                  counted(alike.cases.size(), "round trip"), alike.cause,
                                  names_of(c, finding.layers), time_text(time));
    finding.evidence = {
        {"round_trips", static_cast<std::int64_t>(alike.cases.size()), Unit::count}};
    finding.recoverable_ms = time;  // both casts go
    finding.confidence = Confidence::high;
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace cast_round_trip_rule

constexpr Rule cast_round_trip = {
    .id = "cast-round-trip",
    .code = "C07",
    .group = Group::movement,
    .severity = {},
    .summary = "a type is changed and changed back with nothing computed between",
    .why = "two passes over the tensor, two launches, and the accuracy of the narrow type",
    .mitigation = "remove the pair of Casts from the model: autocast islands around reshapes",
    .source = "TensorRT issue 3665; NVIDIA's performance analysis skill, tag shape/cast",
    .needs = {},
    .check = cast_round_trip_rule::check,
};

}  // namespace trex::lint

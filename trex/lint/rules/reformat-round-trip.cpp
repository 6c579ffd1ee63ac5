// Reports a detour: a Reformat from A to B, at most a few layers that compute little, and a
// Reformat back to A.
//
// Both copies are there for what stands between them, which knows format B only (a plugin, a pool,
// a reshape), so the two passes over the tensor cost more than the layer itself.
// Not reported: a convolution or a GEMM between them, whose kernel was chosen with the two copies
// in the balance; A -> B -> C; a round trip of datatypes with nothing between (cast-round-trip says
// so); formats that the file does not give.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "trex/lint/rules.hpp"
#include "trex/lint/together.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace reformat_round_trip_rule {

// The tensor comes back as it was. NHWC8 and NHWC16 are the same memory where nothing is padded.
bool is_same(const Context& c, Row a, Row b) {
  const Format& x = c.format(a);
  const Format& y = c.format(b);
  if (x.datatype == Datatype::unknown || x.datatype != y.datatype) return false;
  const auto dims = c.dims(a);
  if (!std::equal(dims.begin(), dims.end(), c.dims(b).begin(), c.dims(b).end())) return false;
  if (x.family == LayoutFamily::unknown || x.family != y.family) return false;
  if (x.vector_width == y.vector_width) return x.layout == y.layout;
  return x.family == LayoutFamily::channel_major && c.bytes(a) && c.bytes(a) == c.bytes(b);
}

bool is_visible_reformat(const Context& c, Row layer) {
  return c.is(layer, reformat) && !c.hidden(layer) && c.data_input(layer) != no_row &&
         c.first_output(layer) != no_row;
}

// The Reformat before `second`, past at most `most` layers of one input; what stands between goes
// into `between`. Nothing when there is none.
std::optional<Row> reformat_before(const Context& c, Row second, int most,
                                   std::vector<Row>& between) {
  Row at = second;
  for (int steps = 0; steps <= most; ++steps) {
    const auto before = c.predecessors(at);
    if (before.size() != 1) return std::nullopt;
    at = before.front();
    if (is_visible_reformat(c, at)) return at;
    if (c.is(at, compute)) return std::nullopt;
    between.push_back(at);
  }
  return std::nullopt;
}

bool changes_type(const Context& c, Row layer) {
  return c.format(c.data_input(layer)).datatype != c.format(c.first_output(layer)).datatype;
}

std::string cause_of(const Context& c, Row first, const std::vector<Row>& between) {
  std::string what = "nothing";
  if (!between.empty()) {
    // The one that knows one format only is the first behind the copy.
    what =
        fmt::format("{} layers such as {}", c.type(between.back()), quoted(c.name(between.back())));
  }
  return fmt::format("{} -> {} and back around {}", c.format(c.data_input(first)).short_name(),
                     c.format(c.first_output(first)).short_name(), what);
}

// Without the example's name: the type and the formats are the cause.
std::string key_of(const Context& c, Row first, const std::vector<Row>& between) {
  return fmt::format("{}|{}|{}", c.format(c.data_input(first)).short_name(),
                     c.format(c.first_output(first)).short_name(),
                     between.empty() ? std::string_view() : c.type(between.back()));
}

struct Trip {
  Row first;
  std::vector<Row> between;
};

Finding finding_of(const Context& c, const Alike& alike, const Trip& example) {
  Finding finding;
  finding.layers = alike.layers();
  const auto time = time_of(c, finding.layers);
  finding.message = fmt::format("{}, {}{}", counted(alike.cases.size(), "detour"),
                                cause_of(c, example.first, example.between), time_text(time));
  finding.evidence = {{"detours", static_cast<std::int64_t>(alike.cases.size()), Unit::count}};
  if (time) finding.evidence.push_back({"time_ms", *time, Unit::milliseconds});
  // With one format throughout both copies go; the layer between may become a little slower.
  finding.recoverable_ms = time;
  return finding;
}

std::vector<Finding> check(const Context& c) {
  const int most = static_cast<int>(c.thresholds.get("reformat-round-trip", "max_between"));
  Gathered trips;
  std::vector<Trip> examples;
  for (Row second = 0; second < c.engine.layer_count(); ++second) {
    if (!is_visible_reformat(c, second)) continue;
    std::vector<Row> between;
    const auto first = reformat_before(c, second, most, between);
    if (!first || !is_same(c, c.data_input(*first), c.first_output(second))) continue;
    const bool only_moves =
        std::all_of(between.begin(), between.end(), [&](Row row) { return c.is(row, mover); });
    if (only_moves && changes_type(c, *first)) continue;
    // What else reads the middle tensor keeps the first copy alive.
    std::vector<Row> layers = {second};
    if (c.successors(*first).size() == 1) layers.push_back(*first);
    const std::size_t known = trips.groups().size();
    trips.add(key_of(c, *first, between), std::move(layers));
    if (trips.groups().size() > known) examples.push_back({*first, std::move(between)});
  }
  std::vector<Finding> findings;
  for (std::size_t i = 0; i < examples.size(); ++i) {
    findings.push_back(finding_of(c, trips.groups()[i], examples[i]));
  }
  return findings;
}

}  // namespace reformat_round_trip_rule

constexpr Rule reformat_round_trip = {
    .id = "reformat-round-trip",
    .code = "C02",
    .group = Group::movement,
    .severity = {},
    .summary = "a tensor is reformatted and then reformatted back",
    .why =
        "two passes over the tensor for one operation between them that knows another layout only; "
        "they often cost more than the operation",
    .mitigation =
        "replace the operation between them by one that supports the format of its neighbours: a "
        "plugin that offers more formats, a native layer, or the same operation on another axis",
    .source = "TensorRT issue 4039; TensorRT documentation, optimizing performance",
    .needs = {},
    .check = reformat_round_trip_rule::check,
};

}  // namespace trex::lint

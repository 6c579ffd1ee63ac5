// Reports a tensor that several Reformats turn into the same format.
//
// One copy could serve all its readers. TensorRT inserts Reformats reader by reader and does not
// always share them.
// Not reported: slices and parts of a concatenation, which copy different parts of one tensor;
// where dimensions differ; Quantizes, of which each may have its own scale.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "trex/lint/reformat_reason.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/together.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace reformat_repeated_rule {

struct Copy {
  std::uint32_t generation;  // of what is read
  Row layer;
  Row output;
};

bool copies_the_whole(ReformatCause cause) {
  return cause == ReformatCause::input_binding || cause == ReformatCause::plugin ||
         cause == ReformatCause::precision || cause == ReformatCause::layout ||
         cause == ReformatCause::cast;
}

bool is_same_result(const Context& c, const Copy& a, const Copy& b) {
  const auto x = c.dims(a.output);
  const auto y = c.dims(b.output);
  return a.generation == b.generation && &c.format(a.output) == &c.format(b.output) &&
         std::equal(x.begin(), x.end(), y.begin(), y.end());
}

std::vector<Copy> copies_of(const Context& c) {
  std::vector<Copy> copies;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!c.is(row, reformat) || c.hidden(row)) continue;
    const ReformatReason reason = reformat_reason(c, row);
    if (reason.input == no_row || reason.output == no_row) continue;
    const std::uint32_t generation = c.dependencies.generation_of[reason.input];
    if (generation == UINT32_MAX || !copies_the_whole(reason.cause)) continue;
    copies.push_back({generation, row, reason.output});
  }
  std::stable_sort(copies.begin(), copies.end(), [&](const Copy& a, const Copy& b) {
    return a.generation != b.generation ? a.generation < b.generation
                                        : &c.format(a.output) < &c.format(b.output);
  });
  return copies;
}

std::vector<Finding> check(const Context& c) {
  const std::vector<Copy> copies = copies_of(c);
  std::vector<Finding> findings;
  for (std::size_t first = 0, end = 0; first < copies.size(); first = end) {
    end = first + 1;
    std::vector<Row> repeats;
    while (end < copies.size() && is_same_result(c, copies[first], copies[end])) {
      repeats.push_back(copies[end++].layer);
    }
    if (repeats.empty()) continue;
    Finding finding;
    finding.message = fmt::format(
        "{} Reformats turn {} into {}: {} {} what {} does", repeats.size() + 1,
        quoted(c.tensor_name(c.data_input(copies[first].layer))),
        c.format(copies[first].output).short_name(), names_of(c, repeats),
        repeats.size() == 1 ? "repeats" : "repeat", quoted(c.name(copies[first].layer)));
    finding.evidence = {{"reformats", static_cast<std::int64_t>(repeats.size() + 1), Unit::count}};
    finding.recoverable_ms = time_of(c, repeats);  // all but the first
    finding.layers = std::move(repeats);
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace reformat_repeated_rule

constexpr Rule reformat_repeated = {
    .id = "reformat-repeated",
    .code = "C03",
    .group = Group::movement,
    .severity = {},
    .summary = "several Reformats make the same copy of one tensor",
    .why = "every copy but the first is work done before",
    .mitigation =
        "let one Identity or Cast in the model feed all readers, or give the readers one "
        "precision; worth a report to TensorRT",
    .source = "TensorRT issue 2075",
    .needs = {},
    .check = reformat_repeated_rule::check,
};

}  // namespace trex::lint

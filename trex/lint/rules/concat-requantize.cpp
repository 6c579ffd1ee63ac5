// Reports concatenations whose quantized inputs are copied to be requantized.
//
// Inputs of one scale are concatenated by writing them into place; inputs of different scales are
// each copied once more. The sign: two or more copies from a quantized type to the same type and
// layout that fill one tensor. One finding a concatenation. Not reported: a single copy, and copies
// that change the layout, which have another reason.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "trex/base/text.hpp"
#include "trex/lint/precision_facts.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace concat_requantize_rule {

bool copies_in_place(const Context& c, Row row) {
  if (c.hidden(row)) return false;
  if (!c.is(row, reformat) && !equals_ignoring_case(c.type(row), "copy")) return false;
  const Row input = c.data_input(row), output = c.first_output(row);
  if (input == no_row || output == no_row) return false;
  const Format &from = c.format(input), &to = c.format(output);
  return is_quantized(from.datatype) && from.datatype == to.datatype && from.family == to.family &&
         from.vector_width == to.vector_width;
}

// Where the parts come together: a tensor that several layers write, or a Concat that reads them.
std::string_view target_of(const Context& c, Row row) {
  const Row output = c.first_output(row);
  for (const Row next : c.successors(row)) {
    if (contains_ignoring_case(c.type(next), "concat")) return c.name(next);
  }
  const bool is_shared = c.writers_of(output).size() > 1 && !c.readers_of(output).empty();
  return is_shared ? c.tensor_name(output) : std::string_view();
}

std::vector<Finding> check(const Context& c) {
  const auto least = static_cast<std::size_t>(c.thresholds.get("concat-requantize", "min_copies"));
  Groups groups;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!copies_in_place(c, row)) continue;
    const std::string_view target = target_of(c, row);
    if (!target.empty()) groups.add(target, row);
  }
  std::vector<Finding> findings;
  for (const auto& group : groups.all()) {
    if (group.layers.size() < least) continue;
    Finding finding;
    finding.message = fmt::format(
        "{} of quantized tensors into {}: {}",
        group.layers.size() == 1 ? "1 copy" : fmt::format("{} copies", group.layers.size()),
        quoted(group.key), listed(c, group.layers));
    finding.evidence = {{"copies", static_cast<std::int64_t>(group.layers.size()), Unit::count}};
    finding.tensors.emplace_back(group.key);
    finding.recoverable_ms = time_of_layers(c, group.layers);  // written into place, no copies
    finding.layers = group.layers;
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace concat_requantize_rule

constexpr Rule concat_requantize = {
    .id = "concat-requantize",
    .code = "B05",
    .group = Group::quantization,
    .severity = {},
    .summary = "the inputs of a quantized concatenation are copied to be requantized",
    .why = "with different scales every input is read and written once more",
    .mitigation =
        "give all inputs of the concatenation one scale: share the amax of their quantizers",
    .source =
        "TensorRT documentation, explicit quantization: Q/DQ placement recommendations; TensorRT "
        "issue 4039",
    .needs = {},
    .check = concat_requantize_rule::check,
};

}  // namespace trex::lint

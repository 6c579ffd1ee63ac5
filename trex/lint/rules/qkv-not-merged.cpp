// Reports three and more matrix multiplications that read the same tensor: Q, K and V apart.
//
// With their weights side by side they are one multiplication: one launch, and the tensor is read
// once.
// Not reported: two (gate and up projections are often apart on purpose), multiplications of
// different rows, and those that nothing else than the name has in common.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "trex/lint/ops.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/together.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace qkv_not_merged_rule {

struct Use {
  std::uint32_t generation;  // of the tensor that is read
  Row layer;
};

std::vector<Use> uses_of(const Context& c) {
  std::vector<Use> uses;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!c.is(row, gemm) || c.is(row, attention) || c.hidden(row)) continue;
    const Row input = c.data_input(row);
    if (input == no_row || c.first_output(row) == no_row) continue;
    const std::uint32_t generation = c.dependencies.generation_of[input];
    if (generation != UINT32_MAX) uses.push_back({generation, row});
  }
  std::stable_sort(uses.begin(), uses.end(),
                   [](const Use& a, const Use& b) { return a.generation < b.generation; });
  return uses;
}

bool has_same_size(const Context& c, Row a, Row b) {
  const auto x = c.dims(c.first_output(a));
  const auto y = c.dims(c.first_output(b));
  return !x.empty() && std::equal(x.begin(), x.end(), y.begin(), y.end());
}

// Reading the tensor once instead of once for each.
std::optional<double> claim(const Context& c, const std::vector<Row>& layers) {
  const auto bytes = c.bytes(c.data_input(layers.front()));
  if (!bytes) return std::nullopt;
  const auto once = c.move_ms(*bytes);
  return once ? std::optional<double>(*once * static_cast<double>(layers.size() - 1)) : once;
}

std::vector<Finding> check(const Context& c) {
  const std::vector<Use> uses = uses_of(c);
  Gathered blocks;
  for (std::size_t first = 0, end = 0; first < uses.size(); first = end) {
    std::vector<Row> layers;
    for (end = first; end < uses.size() && uses[end].generation == uses[first].generation; ++end) {
      if (has_same_size(c, uses[first].layer, uses[end].layer)) layers.push_back(uses[end].layer);
    }
    if (layers.size() < 3) continue;
    const std::string count = std::to_string(layers.size());
    blocks.add(count, std::move(layers));
  }
  std::vector<Finding> findings;
  for (const Alike& alike : blocks.groups()) {
    Finding finding;
    for (const std::vector<Row>& block : alike.cases) {
      finding.recoverable_ms = add(finding.recoverable_ms, claim(c, block));
    }
    finding.layers = alike.layers();
    finding.message = fmt::format(
        "{} of {} matrix multiplications of one tensor: {}{}", counted(alike.cases.size(), "group"),
        alike.cause, names_of(c, alike.cases.front()), time_text(time_of(c, finding.layers)));
    finding.evidence = {{"groups", static_cast<std::int64_t>(alike.cases.size()), Unit::count}};
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace qkv_not_merged_rule

constexpr Rule qkv_not_merged = {
    .id = "qkv-not-merged",
    .code = "D08",
    .group = Group::fusion,
    .severity = {},
    .summary = "Q, K and V are projected by separate multiplications",
    .why =
        "the tensor is read three times, and three small launches fill the GPU worse than a large "
        "one",
    .mitigation = "merge the three weight matrices into one in the model, and split the result",
    .source = "NVIDIA's performance analysis skill: QKV unfused",
    .needs = {},
    .check = qkv_not_merged_rule::check,
};

}  // namespace trex::lint

// Equal names pair; what is left over has no counterpart.

// SPDX-License-Identifier: Apache-2.0

#include "trex/compare/alignment.hpp"

#include <unordered_map>

namespace trex::compare {
namespace {

// The row of each name that only one layer has.
std::unordered_map<std::string_view, Row> rows_by_unique_name(const Engine& engine) {
  const auto name = engine.layers[layer::name];
  std::unordered_map<std::string_view, Row> rows;
  for (Row row = 0; row < engine.layer_count(); ++row) {
    const auto [at, is_new] = rows.emplace(name[row], row);
    if (!is_new) at->second = no_row;
  }
  return rows;
}

}  // namespace

std::string_view relation_name(Relation relation) {
  switch (relation) {
    case Relation::one_to_one:
      return "1-1";
    case Relation::one_to_many:
      return "1-n";
    case Relation::many_to_one:
      return "n-1";
    case Relation::many_to_many:
      return "n-m";
    case Relation::added:
      return "added";
    case Relation::removed:
      return "removed";
  }
  return "";
}

std::string_view reason_text(AlignReason reason) {
  switch (reason) {
    case AlignReason::same_name:
      return "same name";
    case AlignReason::same_source_ops:
      return "same source ops";
    case AlignReason::shared_source_ops:
      return "shared source ops";
    case AlignReason::same_work:
      return "same work in the same place";
    case AlignReason::same_neighbours:
      return "same neighbours";
    case AlignReason::same_place:
      return "same place between paired layers";
    case AlignReason::no_counterpart:
      return "no counterpart";
  }
  return "";
}

Alignment align(const Engine& a, const Engine& b, const AlignOptions& options) {
  const auto name_a = a.layers[layer::name];
  const auto in_a = rows_by_unique_name(a), in_b = rows_by_unique_name(b);
  std::vector<Row> partner(b.layer_count(), no_row);
  Alignment result;
  result.group_of_a.resize(a.layer_count());
  result.group_of_b.resize(b.layer_count());
  for (Row row = 0; row < a.layer_count(); ++row) {
    AlignedGroup group{.a = {row}, .b = {}, .confidence = 0.5};
    const auto found = in_b.find(name_a[row]);
    if (options.use_names && found != in_b.end() && found->second != no_row &&
        in_a.at(name_a[row]) != no_row) {
      group.b = {found->second};
      group.relation = Relation::one_to_one;
      group.reason = AlignReason::same_name;
      group.confidence = 0.95;
      partner[found->second] = row;
    }
    result.groups.push_back(std::move(group));
  }
  for (Row row = 0; row < b.layer_count(); ++row) {
    if (partner[row] != no_row) continue;
    result.groups.push_back({.a = {}, .b = {row}, .relation = Relation::added, .confidence = 0.5});
  }
  for (std::uint32_t g = 0; g < result.groups.size(); ++g) {
    for (const Row row : result.groups[g].a) result.group_of_a[row] = g;
    for (const Row row : result.groups[g].b) result.group_of_b[row] = g;
  }
  return result;
}

}  // namespace trex::compare

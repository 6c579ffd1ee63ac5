// Groups, and their order in the result.

// SPDX-License-Identifier: Apache-2.0
#include "trex/compare/align_pairs.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace trex::compare {
namespace {

Relation relation_of(const AlignedGroup& group) {
  if (group.a.empty()) return Relation::added;
  if (group.b.empty()) return Relation::removed;
  if (group.a.size() == 1)
    return group.b.size() == 1 ? Relation::one_to_one : Relation::one_to_many;
  return group.b.size() == 1 ? Relation::many_to_one : Relation::many_to_many;
}

void close(AlignedGroup& group) {
  std::sort(group.a.begin(), group.a.end());
  std::sort(group.b.begin(), group.b.end());
  group.relation = relation_of(group);
}

AlignedGroup single(std::vector<Row> a, std::vector<Row> b, double sure) {
  AlignedGroup group;
  group.a = std::move(a);
  group.b = std::move(b);
  group.confidence = sure;
  return group;
}

// Which group of `in_a` each added row stands before: that of the next row of b that has one.
std::vector<std::uint32_t> places_of_added(const std::vector<std::uint32_t>& group_of_b) {
  std::vector<std::uint32_t> before(group_of_b.size(), no_group);
  std::uint32_t next = no_group;
  for (std::size_t row = group_of_b.size(); row-- > 0;) {
    if (group_of_b[row] == no_group) {
      before[row] = next;
    } else {
      next = group_of_b[row];
    }
  }
  return before;
}

}  // namespace

void Pairs::pair(Row a, Row b, AlignReason reason, double confidence) {
  assert(free_a(a) && free_b(b));
  group_of_a_[a] = group_of_b_[b] = group_count();
  AlignedGroup group = single({a}, {b}, confidence);
  group.reason = reason;
  groups_.push_back(std::move(group));
}

void Pairs::attach_a(Row row, std::uint32_t group, double confidence) {
  assert(free_a(row));
  group_of_a_[row] = group;
  groups_[group].a.push_back(row);
  groups_[group].confidence = std::min(groups_[group].confidence, confidence);
}

void Pairs::attach_b(Row row, std::uint32_t group, double confidence) {
  assert(free_b(row));
  group_of_b_[row] = group;
  groups_[group].b.push_back(row);
  groups_[group].confidence = std::min(groups_[group].confidence, confidence);
}

Alignment Pairs::finish(const std::vector<double>& sure_a, const std::vector<double>& sure_b) && {
  const std::vector<std::uint32_t> before = places_of_added(group_of_b_);
  // The added rows in front of each group (and, last, of none) as lists through `next`.
  std::vector<Row> first_added(groups_.size() + 1, no_row), next_added(group_of_b_.size(), no_row);
  for (Row row = static_cast<Row>(group_of_b_.size()); row-- > 0;) {
    if (!free_b(row)) continue;
    Row& first = first_added[before[row] == no_group ? groups_.size() : before[row]];
    next_added[row] = std::exchange(first, row);
  }

  Alignment result;
  result.groups.reserve(groups_.size());
  const auto add_added = [&](std::size_t place) {
    for (Row row = first_added[place]; row != no_row; row = next_added[row]) {
      result.groups.push_back(single({}, {row}, sure_b[row]));
    }
  };
  std::vector<bool> done(groups_.size(), false);
  for (Row row = 0; row < group_of_a_.size(); ++row) {
    const std::uint32_t g = group_of_a_[row];
    if (g == no_group) {
      result.groups.push_back(single({row}, {}, sure_a[row]));
    } else if (!done[g]) {
      done[g] = true;
      add_added(g);
      result.groups.push_back(std::move(groups_[g]));
    }
  }
  add_added(groups_.size());

  result.group_of_a.resize(group_of_a_.size());
  result.group_of_b.resize(group_of_b_.size());
  for (std::uint32_t g = 0; g < result.groups.size(); ++g) {
    close(result.groups[g]);
    for (const Row row : result.groups[g].a) result.group_of_a[row] = g;
    for (const Row row : result.groups[g].b) result.group_of_b[row] = g;
  }
  return result;
}

}  // namespace trex::compare

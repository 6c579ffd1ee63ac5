// The alignment while it grows: who is with whom, and why.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "trex/compare/alignment.hpp"

namespace trex::compare {

inline constexpr std::uint32_t no_group = UINT32_MAX;

class Pairs {
 public:
  Pairs(Row rows_a, Row rows_b) : group_of_a_(rows_a, no_group), group_of_b_(rows_b, no_group) {}

  std::uint32_t group_of_a(Row row) const { return group_of_a_[row]; }
  std::uint32_t group_of_b(Row row) const { return group_of_b_[row]; }
  bool free_a(Row row) const { return group_of_a_[row] == no_group; }
  bool free_b(Row row) const { return group_of_b_[row] == no_group; }
  // The row that it was paired with first; no_row of a free row.
  Row partner_of_a(Row row) const {
    return free_a(row) ? no_row : groups_[group_of_a_[row]].b.front();
  }
  Row partner_of_b(Row row) const {
    return free_b(row) ? no_row : groups_[group_of_b_[row]].a.front();
  }
  // The pair that its group began with.
  bool leads_a(Row row) const { return !free_a(row) && group(group_of_a(row)).a.front() == row; }
  const AlignedGroup& group(std::uint32_t g) const { return groups_[g]; }
  std::uint32_t group_count() const { return static_cast<std::uint32_t>(groups_.size()); }

  // Both rows must be free.
  void pair(Row a, Row b, AlignReason reason, double confidence);
  // The row must be free. The group is as sure as its least sure member.
  void attach_a(Row row, std::uint32_t group, double confidence);
  void attach_b(Row row, std::uint32_t group, double confidence);

  // Everything still free has no counterpart; `sure_a` and `sure_b` say by row how sure that is.
  Alignment finish(const std::vector<double>& sure_a, const std::vector<double>& sure_b) &&;

 private:
  std::vector<AlignedGroup> groups_;
  std::vector<std::uint32_t> group_of_a_, group_of_b_;
};

}  // namespace trex::compare

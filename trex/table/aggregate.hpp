// One figure a group: sums, means, medians of a column over numbered groups of rows.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "trex/table/table.hpp"

namespace trex {

// Member i is row `rows[i]`, in group `groups[i]` of `group_count`. A row may be in several groups.
struct Members {
  std::vector<Row> rows;
  std::vector<std::uint32_t> groups;
  std::size_t group_count = 0;
};

// A column of `group_count` cells. Throws Error when `what` needs numbers and `column` has none.
Column aggregate(const Column& column, Aggregate what, std::string name, const Members& members);

}  // namespace trex

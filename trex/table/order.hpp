// Row orders: which row comes first by one column.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "trex/table/table.hpp"

namespace trex {

// The first `count` rows of the stable order by `column`, unknown last.
std::vector<Row> first_rows(const Column& column, Order order, std::size_t count);

}  // namespace trex

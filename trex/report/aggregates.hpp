// What `--agg` takes: "sum:time_ms", "mean:macs", "count" -> aggregations of a group-by.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "trex/table/table.hpp"

namespace trex::report {

// A sum keeps its column's name; others are called "mean_time_ms". "count" alone is the rows of the
// group, which every group-by has: its column is empty. Throws Error, with "did you mean".
Aggregation parse_aggregate(std::string_view text);
// Of all texts; without any: the sums that people ask for first.
std::vector<Aggregation> aggregations(const std::vector<std::string>& texts);
// Those default sums that a narrow terminal leaves out.
std::vector<std::string> optional_aggregates(const std::vector<std::string>& texts);
std::vector<std::string> aggregate_names();  // "sum", "mean", ...

}  // namespace trex::report

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
// What the sums among them leave out, where a group has rows with and without a known value, so
// that its sum is a lower bound: "sums leave out what is unknown: io_bytes of 3". Empty: nothing.
std::string said_left_out(const Table& rows, const std::vector<std::string>& group_columns,
                          const std::vector<Aggregation>& aggregations);
std::vector<std::string> aggregate_names();  // "sum", "mean", ...

}  // namespace trex::report

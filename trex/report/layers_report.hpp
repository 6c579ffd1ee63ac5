// `trex layers`: the layer table, filtered, sorted, grouped.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "trex/document/document.hpp"
#include "trex/model/engine.hpp"

namespace trex::report {

struct LayersQuery {
  std::string where;                 // table/expression.hpp; empty: every layer
  std::vector<std::string> sort;     // "time_ms", "-time_ms", "name:desc"; the first rules
  std::optional<std::int64_t> top;   // only so many rows; slowest first when nothing sorts
  std::vector<std::string> columns;  // names, "all", or "+name" beside the usual ones
  bool all = false;                  // hidden layers too; JSON has each layer's own as "raw"
  std::vector<std::string> group_by;
  std::vector<std::string> aggregates;  // "sum:time_ms", "mean:macs", "count"
};

// One table block of key "layers" (grouped: "groups"), the whole result in JSON. Throws Error for
// unknown columns, aggregates and malformed expressions.
Document layers_report(const Engine& engine, const LayersQuery& query);

// For a program that asks often and keeps the table of every layer (layer_table) with the columns
// that named_columns() gives.
std::vector<std::string> named_columns(const LayersQuery& query);
Document layers_report(const Engine& engine, const LayersQuery& query, const Table& everything);
// The rows of `everything` that the query chooses, in its order; `columns` and groups do not count.
std::vector<Row> chosen_layers(const Table& everything, const LayersQuery& query);

}  // namespace trex::report

// A history's engines out of tables as the schema has them.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "trex/store/history.hpp"

namespace trex::store {

// Where the tables come from: files loaded at once, or a dataset that is asked.
struct HistoryTables {
  Table engines;  // columns of `engines`; `date`, or a more exact `taken_at`
  // Rows of `layers` and `timing` of these engines, in the engines' own order.
  std::function<Table(const HistorySource::Ids&)> layers, timing;
  // Layers that are shown, their time_ms summed by engine_id, scope, type and precision.
  std::function<Table(const HistorySource::Ids&)> parts;
};
// All three tables of the engines.
HistoryTables tables_in_memory(Table engines, Table layers, Table timing);

// Models, by name.
std::vector<std::string> history_models(const Table& engines);
// The model of that name, else the only one of which it is a part; "" takes the only model there
// is. Throws Error, "did you mean".
std::string choose_model(const std::vector<std::string>& models, std::string_view wanted);
HistorySource history_source(HistoryTables tables, const std::string& model);

}  // namespace trex::store

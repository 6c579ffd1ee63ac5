// The tables of many engines as views of a Database: `engines`, `layers`, `tensors`, ...
//
// Only what a query names is computed: findings are not looked for while nobody asks. Each engine
// is loaded once for all the views that the SQL mentions, then freed.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "trex/base/error.hpp"
#include "trex/load/load.hpp"
#include "trex/store/database.hpp"
#include "trex/store/schema.hpp"

namespace trex::store {

struct EngineViewHooks {
  // Before each engine: how many are done, of how many. May throw, to stop.
  std::function<void(std::size_t done, std::size_t all)> progress;
  std::function<void(const Engine&)> loaded;
  // An engine that cannot be loaded: throws, or returns to leave it out.
  std::function<void(const Error&)> failed;
};

// Adds one view a table of the schema. `sql`: the text whose words decide which tables are computed
// together (a view that it does not mention is computed when a query names it all the same).
// The work is done in Database::query, on its thread.
void add_engine_views(Database& database, std::vector<EngineFiles> engines, std::string_view sql,
                      EngineViewHooks hooks = {});

// A table of that schema without rows.
Table empty_table(const TableSpec& spec);

// The tables whose names stand in the SQL as words, outside of texts and comments.
std::vector<const TableSpec*> mentioned_tables(std::string_view sql);

}  // namespace trex::store

// A result of DuckDB's as a Table.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "trex/store/duckdb_api.hpp"
#include "trex/table/table.hpp"

namespace trex::store {

// Takes all rows out of `result`. What becomes of each type is said at Database::query. Throws
// Error for more rows than a Table holds, and for a type without a text form (cast it).
Table table_of(const duckdb::Api& api, duckdb::Result& result);

}  // namespace trex::store

// Tables shown to DuckDB as they are: a table function that reads our columns in place.
//
// Nothing is converted beforehand. DuckDB asks for a few thousand rows of the columns that a query
// names; numbers are copied from our vectors, texts are handed over as pointers into our pools.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "trex/store/duckdb_api.hpp"
#include "trex/table/table.hpp"

namespace trex::store {

// What a view shows: the rows of its tables, one table after the other. A column is found by its
// name in each; where a table has none the value is unknown; an integer column may fill a real one.
class ScanSource {
 public:
  // The schema is that of `schema` (its rows do not count). `rows` is asked once, when a query
  // names the view, on the thread that runs the query.
  ScanSource(Table schema, std::function<std::vector<Table>()> rows);

  const Table& schema() const { return schema_; }
  // Column c of part p, or null when that part has none.
  const Column* column(std::size_t part, std::size_t c) const {
    return columns_[part * schema_.column_count() + c];
  }
  // Row numbers of the whole: part p begins at starts()[p]; one entry more at the end.
  const std::vector<std::uint64_t>& starts() const { return starts_; }
  std::uint64_t row_count() const { return starts_.empty() ? 0 : starts_.back(); }

  void fill();  // throws what `rows` throws, and Error for parts that do not fit the schema

  bool is_declared = false;   // until then only the columns are wanted, to declare the view
  std::exception_ptr failed;  // what fill() threw inside DuckDB, to be thrown on to the caller

 private:
  Table schema_;
  std::function<std::vector<Table>()> rows_;
  std::vector<Table> parts_;
  std::vector<const Column*> columns_;
  std::vector<std::uint64_t> starts_;
};

// Registers the table function `name` without arguments. The source must outlive the connection.
void register_scan(const duckdb::Api& api, duckdb::Connection connection, const std::string& name,
                   ScanSource& source);

}  // namespace trex::store

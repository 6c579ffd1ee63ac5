// SQL over tables: DuckDB in memory, locked down, with our columns as views.
//
//   Database database;
//   database.add_view("layers", tables);
//   Table by_type = database.query("SELECT type, sum(time_ms) AS ms FROM layers GROUP BY type");
//
// What SQL can reach is what it is given: no files but those allowed, no network, no extensions,
// and no settings once it is open. A query's text may come from anyone.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "trex/store/duckdb_library.hpp"
#include "trex/store/duckdb_scan.hpp"
#include "trex/table/table.hpp"

namespace trex::store {

struct DatabaseOptions {
  // What SQL may read and write: everything beneath these folders, and these files.
  std::vector<std::string> allowed_folders;
  std::vector<std::string> allowed_files;
  // Only statements that change nothing outside memory: no COPY, EXPORT, ATTACH and the like.
  bool read_only = false;
  int threads = 0;                 // 0: one a core
  std::uint64_t memory_bytes = 0;  // 0: four fifths of the machine's memory
  // Where what does not fit in memory goes; empty: nowhere, it fails.
  std::string temporary_folder;
  // Asked a few times a second while a query runs, with its progress in percent (negative while
  // unknown); false stops it (with the Error "the query was stopped").
  std::function<bool(double percent)> may_go_on;
};

// A value for a parameter; monostate is NULL.
using SqlValue = std::variant<std::monostate, bool, std::int64_t, double, std::string>;
struct SqlParameters {
  std::vector<SqlValue> positional;                     // for ?, ? or $1, $2
  std::vector<std::pair<std::string, SqlValue>> named;  // for $name
  bool empty() const { return positional.empty() && named.empty(); }
};

class Database {
 public:
  // Opens DuckDB's library when it is not open yet. Throws Error where there is none.
  explicit Database(DatabaseOptions options = {});
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // A view over the tables, one after the other, with the schema of the first: columns are found
  // by name, unknown where a table has none. Nothing is copied. At least one table.
  void add_view(const std::string& name, std::vector<Table> tables);
  void add_view(const std::string& name, Table table);
  // The same with rows that are computed once, when the first query names the view (on this
  // thread; what it throws, query() throws; it must not use this Database). `schema`: a table whose
  // columns are the view's and whose rows do not count.
  void add_view(const std::string& name, Table schema, std::function<std::vector<Table>()> rows);

  // The rows of the last statement (a table without columns when it gives none). Integers past 64
  // bits make their column real, as decimals are; dates, times, structs and lists of other than
  // integers and texts become text, lists as JSON writes them. Of columns with the same name the
  // later ones get "_1", "_2". Throws Error, in one line with line and column, for what DuckDB
  // refuses.
  Table query(const std::string& sql, const SqlParameters& parameters = {});
  // Every statement's rows, of those that give any.
  std::vector<Table> query_all(const std::string& sql, const SqlParameters& parameters = {});
  void run(const std::string& sql, const SqlParameters& parameters = {}) { query(sql, parameters); }

  // DuckDB's version: "v1.4.4".
  std::string version() const { return api_.library_version(); }

 private:
  using Sink = std::function<void(duckdb::Result&)>;
  void configure();
  void execute(const std::string& sql, const SqlParameters& parameters, const Sink& sink);
  void execute_prepared(duckdb::Prepared prepared, const std::string& sql, const Sink& sink);
  bool wait_for(duckdb::Pending pending);  // false: it failed
  void bind(duckdb::Prepared prepared, const SqlParameters& parameters,
            std::vector<bool>& named_used);
  [[noreturn]] void fail_with(const char* error, const std::string& sql);

  const duckdb::Api& api_;
  DatabaseOptions options_;
  duckdb::DatabaseHandle database_ = nullptr;
  duckdb::Connection connection_ = nullptr;
  bool is_open_to_users_ = false;  // false while we set ourselves up
  std::vector<std::unique_ptr<ScanSource>> sources_;
};

// `name` as an SQL identifier, 'text' as an SQL literal.
std::string quoted_identifier(std::string_view name);
std::string quoted_literal(std::string_view text);

}  // namespace trex::store

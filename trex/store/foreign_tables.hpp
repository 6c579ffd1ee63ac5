// Our tables in other engines' terms: definitions and rows, made from the one schema.
//
// ClickHouse gets definitions and tab-separated rows, which every version of it reads; Spark, Trino
// and newer ClickHouse read a dataset's Parquet files themselves and need definitions only.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "trex/store/database.hpp"

namespace trex::store {

// A table that is to be written: what SQL gives its rows, and what DuckDB says of its columns.
struct ForeignTable {
  struct Field {
    std::string name;
    std::string type;  // DuckDB's: "VARCHAR", "BIGINT[]", "TIMESTAMP"
  };
  std::string name;    // "layers"
  std::string select;  // "SELECT ..."
  std::vector<Field> fields;
};
// Asks the database for the columns. Throws Error where it refuses the text.
ForeignTable foreign_table(Database& database, std::string name, std::string select);

// Rows as ClickHouse's TabSeparated: a file, in the order of the fields. Streams: memory is
// DuckDB's. The file's folder must be there and allowed.
void write_tab_separated(Database& database, const ForeignTable& table, const std::string& file);

// Tables `NAME_local` in the database `trex`, ordered and partitioned for questions by model.
std::string clickhouse_tables(std::span<const ForeignTable> tables);
// `NAME` over NAME_local of one server.
std::string clickhouse_single(std::span<const ForeignTable> tables);
// `NAME` as a Distributed table over a cluster; an engine's rows are on one server, so that joins
// on engine_id stay there.
std::string clickhouse_distributed(std::span<const ForeignTable> tables, std::string_view cluster);
// A shell script that makes the tables and loads the files beside it.
std::string clickhouse_script(std::span<const ForeignTable> tables);

// `folder`: where the dataset lies for that engine ("s3://bucket/fleet", "/mnt/fleet"), without a
// slash at the end. Views of the schema's columns over the partitioned Parquet files.
std::string clickhouse_parquet_views(std::string_view folder);  // 24.8 or newer
std::string spark_tables(std::string_view folder);
std::string trino_tables(std::string_view folder);

}  // namespace trex::store

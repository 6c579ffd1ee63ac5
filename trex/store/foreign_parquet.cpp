// Spark, Trino and newer ClickHouse: definitions over a dataset's own Parquet files.
//
// A table NAME_files is the folder as it lies (docs/dataset.md), with model, gpu, trt and date from
// the path; the view NAME has the columns that `trex query` gives it. In `engines` the path's
// values, which may be cut, give way to those that the files hold whole.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "trex/base/text.hpp"
#include "trex/store/foreign_tables.hpp"
#include "trex/store/schema.hpp"

namespace trex::store {
namespace {

using ForeignField = ForeignTable::Field;

constexpr std::array<std::string_view, 4> path_columns{"model", "gpu", "trt", "date"};

std::string_view duckdb_type(ColumnType type) {
  switch (type) {
    case ColumnType::boolean:
      return "BOOLEAN";
    case ColumnType::integer:
      return "BIGINT";
    case ColumnType::real:
      return "DOUBLE";
    case ColumnType::text:
      return "VARCHAR";
    case ColumnType::integers:
      return "BIGINT[]";
    case ColumnType::texts:
      return "VARCHAR[]";
  }
  return "";
}

// What the files of a table hold; not what their path says.
std::vector<ForeignField> file_fields(const TableSpec& table) {
  std::vector<ForeignField> fields;
  for (const ColumnSpec& column : table.columns) {
    const bool in_path =
        std::find(path_columns.begin(), path_columns.end(), column.name) != path_columns.end();
    if (in_path && table.name == "engines") continue;
    fields.push_back({std::string(column.name), std::string(duckdb_type(column.type))});
  }
  if (table.name != "engines") return fields;
  for (const std::string_view name : {"model_name", "gpu_name"}) {
    fields.push_back({std::string(name), "VARCHAR"});
  }
  fields.push_back({"taken_at", "TIMESTAMP"});
  fields.push_back({"taken_at_source", "VARCHAR"});
  fields.push_back({"added_at", "TIMESTAMP"});
  fields.push_back({"tags", "VARCHAR"});
  return fields;
}

struct ParquetDialect {
  std::string_view quote;          // of names
  std::string_view text, list_of;  // "STRING", "ARRAY<{}>"
  std::string_view day;            // of taken_at, as text
};

std::string quoted_name(const ParquetDialect& dialect, std::string_view name) {
  return fmt::format("{0}{1}{0}", dialect.quote, name);
}

std::string field_type(const ParquetDialect& dialect, std::string_view type) {
  if (ends_with(type, "[]")) {
    const std::string item = field_type(dialect, type.substr(0, type.size() - 2));
    return fmt::format(fmt::runtime(dialect.list_of), item);
  }
  return std::string(type == "VARCHAR" ? dialect.text : type);
}

std::vector<std::string> column_lines(const ParquetDialect& dialect, const TableSpec& table) {
  std::vector<std::string> lines;
  for (const ForeignField& field : file_fields(table)) {
    lines.push_back(
        fmt::format("  {} {}", quoted_name(dialect, field.name), field_type(dialect, field.type)));
  }
  for (const std::string_view name : path_columns) {
    lines.push_back(fmt::format("  {} {}", quoted_name(dialect, name), dialect.text));
  }
  return lines;
}

// The view's columns: the schema's, then trt and month, and what a dataset knows beyond it.
std::string view_columns(const ParquetDialect& dialect, const TableSpec& table) {
  std::vector<std::string> columns;
  const bool is_engines = table.name == "engines";
  const auto renamed = [&](std::string_view from, std::string_view to) {
    columns.push_back(
        fmt::format("{} AS {}", quoted_name(dialect, from), quoted_name(dialect, to)));
  };
  for (const ForeignField& field : file_fields(table)) {
    const bool is_whole = is_engines && (field.name == "model_name" || field.name == "gpu_name");
    if (!is_whole) columns.push_back(quoted_name(dialect, field.name));
  }
  if (is_engines) {
    renamed("model_name", "model");
    renamed("gpu_name", "gpu");
    columns.push_back(fmt::format("{} AS {}", dialect.day, quoted_name(dialect, "date")));
  } else {
    columns.push_back(quoted_name(dialect, "model"));
    columns.push_back(quoted_name(dialect, "gpu"));
  }
  columns.push_back(quoted_name(dialect, "trt"));
  renamed("date", "month");
  return join(columns, ", ");
}

// Spark escapes with a backslash: to it 'it''s' are two texts put together.
std::string spark_literal(std::string_view text) {
  return "'" + replace_all(replace_all(text, "\\", "\\\\"), "'", "\\'") + "'";
}

}  // namespace

std::string spark_tables(std::string_view folder) {
  constexpr ParquetDialect dialect{"`", "STRING", "ARRAY<{}>",
                                   "date_format(`taken_at`, 'yyyy-MM-dd')"};
  std::string text = "CREATE DATABASE IF NOT EXISTS trex;\n";
  for (const TableSpec& table : table_specs()) {
    text += fmt::format(
        "CREATE TABLE IF NOT EXISTS trex.{0}_files (\n{1}\n) USING PARQUET\n"
        "PARTITIONED BY (`model`, `gpu`, `trt`, `date`)\nLOCATION {2};\n"
        "MSCK REPAIR TABLE trex.{0}_files;\n"
        "CREATE OR REPLACE VIEW trex.{0} AS SELECT {3} FROM trex.{0}_files;\n",
        table.name, join(column_lines(dialect, table), ",\n"),
        spark_literal(fmt::format("{}/{}", folder, table.name)), view_columns(dialect, table));
  }
  return text;
}

std::string trino_tables(std::string_view folder) {
  constexpr ParquetDialect dialect{"\"", "VARCHAR", "ARRAY({})",
                                   "date_format(\"taken_at\", '%Y-%m-%d')"};
  std::string text = "CREATE SCHEMA IF NOT EXISTS hive.trex;\n";
  for (const TableSpec& table : table_specs()) {
    text += fmt::format(
        "CREATE TABLE IF NOT EXISTS hive.trex.{0}_files (\n{1}\n) WITH (\n  format = 'PARQUET',\n"
        "  external_location = {2},\n"
        "  partitioned_by = ARRAY['model', 'gpu', 'trt', 'date']\n);\n"
        "CALL hive.system.sync_partition_metadata('trex', '{0}_files', 'ADD');\n"
        "CREATE OR REPLACE VIEW hive.trex.{0} AS SELECT {3} FROM hive.trex.{0}_files;\n",
        table.name, join(column_lines(dialect, table), ",\n"),
        quoted_literal(fmt::format("{}/{}", folder, table.name)), view_columns(dialect, table));
  }
  return text;
}

std::string clickhouse_parquet_views(std::string_view folder) {
  constexpr ParquetDialect dialect{"`", "String", "Array({})",
                                   "formatDateTime(`taken_at`, '%Y-%m-%d')"};
  std::string text = "CREATE DATABASE IF NOT EXISTS trex;\n";
  const bool is_remote = folder.find("://") != folder.npos;
  for (const TableSpec& table : table_specs()) {
    const std::string files = quoted_literal(fmt::format("{}/{}/**/*.parquet", folder, table.name));
    text += fmt::format(
        "CREATE OR REPLACE VIEW trex.{} AS SELECT {} FROM {}({}, {}) SETTINGS "
        "use_hive_partitioning = 1;\n",
        table.name, view_columns(dialect, table), is_remote ? "s3" : "file", files,
        is_remote ? "'Parquet'" : "Parquet");
  }
  return text;
}

}  // namespace trex::store

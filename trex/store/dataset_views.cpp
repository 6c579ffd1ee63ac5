// A dataset's tables as SQL.

// SPDX-License-Identifier: Apache-2.0
#include "trex/store/dataset_views.hpp"

#include <fmt/format.h>

#include <vector>

#include "trex/base/text.hpp"
#include "trex/store/database.hpp"
#include "trex/store/dataset_partition.hpp"

namespace trex::store {
namespace {

std::string_view sql_type(ColumnType type) {
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
      break;
  }
  return "VARCHAR[]";
}

// No rows, but every column with its type: what older files have not is null, and a dataset without
// files still has its tables.
std::string empty_select(const TableSpec& table) {
  std::vector<std::string> columns;
  const auto add = [&](std::string_view name, std::string_view type) {
    columns.push_back(fmt::format("CAST(NULL AS {}) AS {}", type, quoted_identifier(name)));
  };
  for (const ColumnSpec& column : table.columns) add(column.name, sql_type(column.type));
  if (table.name != "engines") {
    add("model", "VARCHAR");
    add("gpu", "VARCHAR");
  }
  add("trt", "VARCHAR");
  add("month", "VARCHAR");
  if (table.name == "engines") {
    add("taken_at", "TIMESTAMP");
    add("taken_at_source", "VARCHAR");
    add("added_at", "TIMESTAMP");
    add("tags", "VARCHAR");
  }
  return fmt::format("SELECT {} WHERE false", join(columns, ", "));
}

// A value of the path; Hive's null is a text to DuckDB.
std::string path_value(std::string_view column, std::string_view as) {
  return fmt::format("nullif({}, '{}') AS {}", column, unknown_partition, as);
}

std::string file_columns_of(const TableSpec& table) {
  const std::string path_values = path_value("trt", "trt") + ", " + path_value("date", "month");
  // The path's values may be cut or say the month only: `engines` has them whole.
  if (table.name == "engines") {
    return "* EXCLUDE (model, gpu, trt, date, model_name, gpu_name), model_name AS model, "
           "gpu_name AS gpu, strftime(taken_at, '%Y-%m-%d') AS date, " +
           path_values;
  }
  return fmt::format("* EXCLUDE (model, gpu, trt, date), {}, {}, {}", path_value("model", "model"),
                     path_value("gpu", "gpu"), path_values);
}

}  // namespace

std::string scanned_path(const std::string& path) {
  std::string result;
  for (const char c : path) {
    const bool is_special = c == '*' || c == '?' || c == '[';
    result += is_special ? fmt::format("[{}]", c) : std::string(1, c);
  }
  return quoted_literal(result);
}

std::string dataset_select(const DatasetLog& log, const TableSpec& table) {
  std::vector<std::string> files;
  for (const auto& [path, file] : log.files()) {
    if (file.table == table.name) files.push_back(scanned_path(log.path_of(file)));
  }
  if (files.empty()) return empty_select(table);
  return fmt::format(
      "{} UNION ALL BY NAME SELECT {} FROM read_parquet([{}], union_by_name = true, "
      "hive_partitioning = true, hive_types = {{'model': VARCHAR, 'gpu': VARCHAR, 'trt': VARCHAR, "
      "'date': VARCHAR}})",
      empty_select(table), file_columns_of(table), join(files, ", "));
}

}  // namespace trex::store

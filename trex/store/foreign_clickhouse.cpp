// ClickHouse: definitions and rows that every version from 18.16 on takes.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "trex/base/error.hpp"
#include "trex/base/text.hpp"
#include "trex/store/foreign_tables.hpp"

namespace trex::store {
namespace {

// Columns of few distinct values: ClickHouse keeps a dictionary of them.
constexpr std::array<std::string_view, 34> few_values{"activation",
                                                      "architecture",
                                                      "bound",
                                                      "compute_capability",
                                                      "confidence",
                                                      "datatype",
                                                      "device",
                                                      "end_to_end_source",
                                                      "format",
                                                      "gpu",
                                                      "input_precision",
                                                      "instruction",
                                                      "kind",
                                                      "location",
                                                      "mode",
                                                      "model",
                                                      "month",
                                                      "origin",
                                                      "output_precision",
                                                      "precision",
                                                      "precision_flags",
                                                      "precision_reason",
                                                      "role",
                                                      "rule",
                                                      "schema",
                                                      "severity",
                                                      "subtype",
                                                      "taken_at_source",
                                                      "tensorrt_version",
                                                      "trt",
                                                      "type",
                                                      "verbosity",
                                                      "weights_type",
                                                      "date"};
// What stands in every table's order: never unknown there, but empty.
constexpr std::array<std::string_view, 5> key_columns{"engine_id", "model", "gpu", "trt", "month"};

template <class List>
bool is_one_of(const List& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_key(const ForeignTable& table, std::string_view name) {
  return is_one_of(key_columns, name) &&
         std::any_of(table.fields.begin(), table.fields.end(),
                     [&](const ForeignTable::Field& field) { return field.name == name; });
}

// Lists cannot be unknown in ClickHouse: there they are empty.
std::string clickhouse_type(const ForeignTable::Field& field) {
  const bool never_null = is_one_of(key_columns, field.name);
  const auto wrapped = [&](std::string_view type) {
    return never_null ? std::string(type) : fmt::format("Nullable({})", type);
  };
  if (field.type == "VARCHAR") {
    const std::string text = wrapped("String");
    return is_one_of(few_values, field.name) ? fmt::format("LowCardinality({})", text) : text;
  }
  if (field.type == "BIGINT") return wrapped("Int64");
  if (field.type == "DOUBLE") return wrapped("Float64");
  if (field.type == "BOOLEAN") return wrapped("UInt8");
  if (field.type == "TIMESTAMP") return wrapped("DateTime");
  if (field.type == "BIGINT[]") return "Array(Int64)";
  if (field.type == "VARCHAR[]") return "Array(String)";
  fail("column '{}' has the type {}, which no other engine was taught", field.name, field.type);
}

// A name that both ClickHouse and DuckDB take in back quotes or double quotes.
std::string back_quoted(std::string_view name) {
  return "`" + replace_all(replace_all(name, "\\", "\\\\"), "`", "\\`") + "`";
}

// SQL that escapes a text as TabSeparated wants it; within a list the quote, too.
std::string escaped_text(std::string text, bool in_list) {
  struct Escape {
    int code;
    std::string_view sign;
  };
  // The backslash first: the others bring new ones.
  for (const Escape& escape : {Escape{92, "\\\\"}, Escape{9, "\\t"}, Escape{10, "\\n"},
                               Escape{13, "\\r"}, Escape{0, "\\0"}}) {
    text = fmt::format("replace({}, chr({}), '{}')", text, escape.code, escape.sign);
  }
  return in_list ? fmt::format("replace({}, '''', '\\''')", text) : text;
}

std::string cell_text(const ForeignTable::Field& field) {
  const std::string column = quoted_identifier(field.name);
  if (field.type == "VARCHAR") {
    const std::string text = escaped_text(column, false);
    return is_one_of(key_columns, field.name) ? fmt::format("coalesce({}, '')", text) : text;
  }
  if (field.type == "BOOLEAN") return fmt::format("CAST({} AS TINYINT)", column);
  if (field.type == "TIMESTAMP") return fmt::format("strftime({}, '%Y-%m-%d %H:%M:%S')", column);
  if (field.type == "BIGINT[]") {
    return fmt::format("coalesce('[' || array_to_string({}, ',') || ']', '[]')", column);
  }
  if (field.type == "VARCHAR[]") {
    return fmt::format(
        "coalesce('[' || array_to_string(list_transform({}, lambda x: '''' || {} || ''''), ',') || "
        "']', '[]')",
        column, escaped_text("x", true));
  }
  return column;
}

std::string definition(const ForeignTable& table) {
  std::vector<std::string> columns, order;
  for (const ForeignTable::Field& field : table.fields) {
    columns.push_back(fmt::format("  {} {}", back_quoted(field.name), clickhouse_type(field)));
  }
  for (const std::string_view key : {"model", "gpu", "trt", "engine_id"}) {
    if (is_key(table, key)) order.push_back(back_quoted(key));
  }
  const std::string partition = is_key(table, "month") ? "PARTITION BY `month` " : "";
  return fmt::format(
      "CREATE TABLE IF NOT EXISTS trex.{} (\n{}\n) ENGINE = MergeTree() {}ORDER BY ({});\n",
      back_quoted(table.name + "_local"), join(columns, ",\n"), partition, join(order, ", "));
}

}  // namespace

ForeignTable foreign_table(Database& database, std::string name, std::string select) {
  ForeignTable table{std::move(name), std::move(select), {}};
  const Table described = database.query("DESCRIBE " + table.select);
  const Column &names = described.at("column_name"), &types = described.at("column_type");
  for (Row row = 0; row < described.row_count(); ++row) {
    table.fields.push_back(
        {std::string(names.text(row).value_or("")), std::string(types.text(row).value_or(""))});
  }
  return table;
}

void write_tab_separated(Database& database, const ForeignTable& table, const std::string& file) {
  std::vector<std::string> cells;
  for (const ForeignTable::Field& field : table.fields) cells.push_back(cell_text(field));
  // Nothing is quoted: tabs, ends of lines and backslashes were escaped above.
  database.run(fmt::format(
      "COPY (SELECT {} FROM ({})) TO {} (FORMAT csv, HEADER false, DELIMITER '\t', QUOTE '', "
      "ESCAPE '', NULL '\\N')",
      join(cells, ", "), table.select, quoted_literal(file)));
}

std::string clickhouse_tables(std::span<const ForeignTable> tables) {
  // Versions before 19 ask for the setting; later ones take it and do nothing.
  std::string text =
      "SET allow_experimental_low_cardinality_type = 1;\nCREATE DATABASE IF NOT EXISTS trex;\n";
  for (const ForeignTable& table : tables) text += definition(table);
  return text;
}

std::string clickhouse_single(std::span<const ForeignTable> tables) {
  std::string text;
  for (const ForeignTable& table : tables) {
    text += fmt::format("CREATE VIEW IF NOT EXISTS trex.{} AS SELECT * FROM trex.{};\n",
                        back_quoted(table.name), back_quoted(table.name + "_local"));
  }
  return text;
}

std::string clickhouse_distributed(std::span<const ForeignTable> tables, std::string_view cluster) {
  std::string text;
  for (const ForeignTable& table : tables) {
    text += fmt::format(
        "CREATE TABLE IF NOT EXISTS trex.{0} AS trex.{1} ENGINE = Distributed({2}, trex, {1}, "
        "cityHash64(`engine_id`));\n",
        back_quoted(table.name), back_quoted(table.name + "_local"), back_quoted(cluster));
  }
  return text;
}

std::string clickhouse_script(std::span<const ForeignTable> tables) {
  std::string text = R"sh(#!/bin/sh
# Makes the tables of trex in ClickHouse and loads the rows that lie beside this script.
#
#   sh load.sh [OPTIONS OF clickhouse-client ...]    one server
#   CLUSTER=1 sh load.sh --host one-of-them ...      the cluster that distributed.sql names, after
#                                                    tables.sql was run on each of its servers
set -eu
cd "$(dirname "$0")"
clickhouse-client "$@" --multiquery < tables.sql
if [ -n "${CLUSTER-}" ]; then
  clickhouse-client "$@" --multiquery < distributed.sql
  suffix=
else
  clickhouse-client "$@" --multiquery < single.sql
  suffix=_local
fi
for table in TABLES; do
  clickhouse-client "$@" --insert_distributed_sync 1 \
    --query "INSERT INTO trex.$table$suffix FORMAT TabSeparated" < "$table.tsv"
done
)sh";
  std::vector<std::string> names;
  for (const ForeignTable& table : tables) names.push_back(table.name);
  return replace_all(text, "TABLES", join(names, " "));
}

}  // namespace trex::store

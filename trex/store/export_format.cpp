// The formats of `trex export`, as one list.

// SPDX-License-Identifier: Apache-2.0
#include "trex/store/export_format.hpp"

#include <algorithm>
#include <array>

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/suggest.hpp"
#include "trex/base/text.hpp"
#include "trex/report/layer_table.hpp"

namespace trex::store {
namespace {

const std::array all_formats{
    ExportFormat{.name = "csv",
                 .endings = ".csv",
                 .summary = "RFC 4180, for spreadsheets: formulas are made inert",
                 .table_writer = csv_writer},
    ExportFormat{.name = "tsv",
                 .endings = ".tsv",
                 .summary = "the same with a tab between the cells",
                 .table_writer = tsv_writer},
    ExportFormat{.name = "json",
                 .endings = ".json",
                 .summary = "an array of row objects, a row a line",
                 .table_writer = json_writer},
    ExportFormat{.name = "jsonl",
                 .endings = ".jsonl .ndjson",
                 .summary = "a row object a line",
                 .table_writer = jsonl_writer},
    ExportFormat{.name = "markdown",
                 .endings = ".md .markdown",
                 .summary = "a table for a comment or a wiki, figures rounded",
                 .is_for_people = true,
                 .table_writer = markdown_writer},
    ExportFormat{.name = "parquet",
                 .endings = ".parquet",
                 .summary = "typed columns, zstd, for pandas, DuckDB, Spark, ClickHouse",
                 .is_text = false,
                 .table_writer = parquet_writer},
    ExportFormat{.name = "arrow",
                 .endings = ".arrows",
                 .summary = "an Arrow IPC stream",
                 .is_text = false,
                 .table_writer = arrow_writer},
    ExportFormat{.name = "feather",
                 .endings = ".feather .arrow",
                 .summary = "an Arrow file (Feather 2), for pandas, polars, R",
                 .is_text = false,
                 .table_writer = feather_writer},
    ExportFormat{.name = "xlsx",
                 .endings = ".xlsx",
                 .summary = "a workbook with charts; several compared",
                 .is_text = false,
                 .write_engines = xlsx_file},
    ExportFormat{.name = "perfetto",
                 .endings = ".perfetto.json .trace.json",
                 .summary = "one inference as a trace, for Perfetto",
                 .write_engines = perfetto_file},
    ExportFormat{.name = "openmetrics",
                 .endings = ".prom .om",
                 .summary = "gauges for dashboards",
                 .write_engines = openmetrics_file},
    ExportFormat{.name = "model-explorer",
                 .endings = ".model-explorer.json",
                 .summary = "the plan graph for Model Explorer",
                 .write_engines = model_explorer_file},
    ExportFormat{.name = "node-data",
                 .endings = ".node-data.json",
                 .summary = "time per node, loaded beside that",
                 .write_engines = node_data_file},
    ExportFormat{.name = "onnx",
                 .endings = ".onnx",
                 .summary = "the plan graph for Netron",
                 .is_text = false,
                 .write_engines = onnx_file},
};

}  // namespace

std::span<const ExportFormat> export_formats() { return all_formats; }

std::vector<std::string> export_format_names() {
  std::vector<std::string> names;
  for (const ExportFormat& format : all_formats) names.emplace_back(format.name);
  return names;
}

const ExportFormat& find_export_format(std::string_view name) {
  for (const ExportFormat& format : all_formats) {
    if (format.name == name) return format;
  }
  fail("unknown format '{}'{}", name, did_you_mean(name, export_format_names()));
}

const ExportFormat* export_format_of(std::string_view path) {
  const std::string file = lower(file_name_of(path));
  const ExportFormat* best = nullptr;
  std::size_t length = 0;
  for (const ExportFormat& format : all_formats) {
    for (const std::string_view ending : split(format.endings, ' ')) {
      if (ending.size() <= length || file.size() <= ending.size()) continue;
      if (!ends_with(file, ending)) continue;
      best = &format;
      length = ending.size();
    }
  }
  return best;
}

std::string_view first_ending(const ExportFormat& format) {
  return split(format.endings, ' ').front();
}

TableSpec chosen_columns(const TableSpec& table, const std::vector<std::string>& names,
                         const ExportFormat& format) {
  std::vector<std::string> chosen = names;
  if (chosen.empty() && format.is_for_people && table.name == "layers") {
    chosen = report::contract_columns();
    chosen.insert(chosen.begin(), std::string(engine_name.name));
  }
  const bool all = std::find(chosen.begin(), chosen.end(), "all") != chosen.end();
  if (chosen.empty() || all) return table;
  std::vector<std::string> known;
  for (const ColumnSpec& column : table.columns) known.emplace_back(column.name);
  TableSpec result = table;
  result.columns.clear();
  for (const std::string& name : chosen) {
    const ColumnSpec* column = find_column(table, name);
    if (column == nullptr) {
      fail("table '{}' has no column '{}'{}", table.name, name, did_you_mean(name, known));
    }
    if (find_column(result, name) == nullptr) result.columns.push_back(*column);
  }
  return result;
}

Json columns_json(const TableSpec& table) {
  Json list{Json::Array{}};
  for (const ColumnSpec& column : table.columns) {
    Json item;
    item.set("name", std::string(column.name));
    item.set("type", std::string(column_type_name(column.type)));
    item.set("unit", std::string(unit_word(column.unit)));
    item.set("description", std::string(column.description));
    list.push(std::move(item));
  }
  return list;
}

}  // namespace trex::store

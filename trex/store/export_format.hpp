// The formats of `trex export`, as one list: help, errors, completion and documents come from it.
//
// A format writes tables of the schema, rows as they come (so that thousands of engines pass
// through without being kept), or shows whole engines in a shape of its own: a trace, a workbook.
// A new one is a file and a row in export_format.cpp.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "trex/base/json.hpp"
#include "trex/model/engine.hpp"
#include "trex/store/schema.hpp"

namespace trex::store {

// Takes the next bytes of the file.
using Write = std::function<void(std::string_view)>;

struct Sink {
  Write write;
  std::string folder;  // for files that are needed meanwhile, and gone afterwards
};

class TableWriter {
 public:
  TableWriter() = default;
  virtual ~TableWriter() = default;
  TableWriter(const TableWriter&) = delete;
  TableWriter& operator=(const TableWriter&) = delete;

  // Further rows: exactly the columns that the writer was made for; none, one or many.
  virtual void add(const Table& rows) = 0;
  virtual void finish() = 0;  // once, after the last rows; also where there were none
};

struct ExportFormat {
  std::string_view name;       // "csv"
  std::string_view endings;    // ".csv", of its files' names; several by spaces, the first is ours
  std::string_view summary;    // one line, lower case, no final stop
  bool is_text = true;         // may go to a terminal
  bool is_for_people = false;  // of a table only what people read, unless columns are named
  // One of these two. `table`: its `columns` are those that were chosen.
  std::unique_ptr<TableWriter> (*table_writer)(const TableSpec& table, Sink sink) = nullptr;
  void (*write_engines)(std::span<const Engine> engines, const Write& write) = nullptr;
};

std::span<const ExportFormat> export_formats();
std::vector<std::string> export_format_names();
const ExportFormat& find_export_format(std::string_view name);  // throws Error, "did you mean"
// By the longest ending that the file's name has; null when it has none of them.
const ExportFormat* export_format_of(std::string_view path);
std::string_view first_ending(const ExportFormat& format);

// The table with the columns that are named, in that order; "all": all. Nothing named: all, or what
// people read. Throws Error for others, "did you mean".
TableSpec chosen_columns(const TableSpec& table, const std::vector<std::string>& names,
                         const ExportFormat& format);

// What the columns are, for formats that keep such words: an array of {name, type, unit,
// description}.
Json columns_json(const TableSpec& table);

// One file each.
std::unique_ptr<TableWriter> csv_writer(const TableSpec& table, Sink sink);
std::unique_ptr<TableWriter> tsv_writer(const TableSpec& table, Sink sink);
std::unique_ptr<TableWriter> json_writer(const TableSpec& table, Sink sink);
std::unique_ptr<TableWriter> jsonl_writer(const TableSpec& table, Sink sink);
std::unique_ptr<TableWriter> markdown_writer(const TableSpec& table, Sink sink);
std::unique_ptr<TableWriter> parquet_writer(const TableSpec& table, Sink sink);
std::unique_ptr<TableWriter> arrow_writer(const TableSpec& table, Sink sink);
std::unique_ptr<TableWriter> feather_writer(const TableSpec& table, Sink sink);
void xlsx_file(std::span<const Engine> engines, const Write& write);
void perfetto_file(std::span<const Engine> engines, const Write& write);
void openmetrics_file(std::span<const Engine> engines, const Write& write);
void model_explorer_file(std::span<const Engine> engines, const Write& write);
void node_data_file(std::span<const Engine> engines, const Write& write);
void onnx_file(std::span<const Engine> engines, const Write& write);

}  // namespace trex::store

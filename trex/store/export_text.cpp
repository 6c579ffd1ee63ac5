// Tables as CSV, TSV, JSON, JSON lines and Markdown: row by row, but for Markdown, whose columns
// are rounded alike.

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "trex/base/json.hpp"
#include "trex/render/formats.hpp"
#include "trex/render/table_text.hpp"
#include "trex/store/collect.hpp"
#include "trex/store/export_format.hpp"

namespace trex::store {
namespace {

constexpr Row rows_at_once = 4096;  // as text they are a few MB

class SeparatedWriter : public TableWriter {
 public:
  using Header = std::string (*)(const Table& table);
  using Rows = std::string (*)(const Table& table, Row first, Row last);
  SeparatedWriter(const TableSpec& table, Header header, Rows rows, Write write)
      : rows_(rows), write_(std::move(write)) {
    write_(header(GrowingTable(table).take()));
  }
  void add(const Table& rows) override {
    const Row count = static_cast<Row>(rows.row_count());
    for (Row first = 0; first < count; first += std::min(rows_at_once, count - first)) {
      write_(rows_(rows, first, first + std::min(rows_at_once, count - first)));
    }
  }
  void finish() override {}

 private:
  Rows rows_;
  Write write_;
};

// The text is handed on every so many bytes: a table of a large engine is larger as JSON.
constexpr std::size_t piece_bytes = std::size_t{1} << 20;

class JsonRowsWriter : public TableWriter {
 public:
  JsonRowsWriter(bool is_array, Sink sink) : is_array_(is_array), write_(std::move(sink.write)) {}

  void add(const Table& rows) override {
    std::vector<std::string> keys;
    for (std::size_t i = 0; i < rows.column_count(); ++i) {
      std::string key = i == 0 ? "{" : ", ";
      append_json_string(key, rows.column(i).name());
      keys.push_back(key + ": ");
    }
    for (Row row = 0; row < rows.row_count(); ++row) {
      if (is_array_) out_ += is_first_ ? "[\n" : ",\n";
      is_first_ = false;
      for (std::size_t i = 0; i < rows.column_count(); ++i) {
        out_ += keys[i];
        render::append_json_cell(out_, rows.column(i), row);
      }
      out_ += is_array_ ? "}" : "}\n";
      if (out_.size() >= piece_bytes) hand_on();
    }
    hand_on();
  }
  void finish() override {
    if (is_array_) out_ += is_first_ ? "[]\n" : "\n]\n";
    hand_on();
  }

 private:
  void hand_on() {
    write_(out_);
    out_.clear();
  }

  bool is_array_, is_first_ = true;
  Write write_;
  std::string out_;
};

class MarkdownTableWriter : public TableWriter {
 public:
  MarkdownTableWriter(const TableSpec& table, Sink sink)
      : spec_(table), rows_(spec_), write_(std::move(sink.write)) {}

  void add(const Table& rows) override { rows_.append(rows); }
  void finish() override {
    TableBlock block{.key = std::string(spec_.name), .title = "", .table = rows_.take()};
    for (const ColumnSpec& column : spec_.columns) block.text_columns.emplace_back(column.name);
    Document document;
    document.blocks.emplace_back(std::move(block));
    write_(render::markdown(std::span(&document, 1), {}));
  }

 private:
  TableSpec spec_;
  GrowingTable rows_;
  Write write_;
};

}  // namespace

std::unique_ptr<TableWriter> csv_writer(const TableSpec& table, Sink sink) {
  return std::make_unique<SeparatedWriter>(table, render::csv_header, render::csv_rows,
                                           std::move(sink.write));
}
std::unique_ptr<TableWriter> tsv_writer(const TableSpec& table, Sink sink) {
  return std::make_unique<SeparatedWriter>(table, render::tsv_header, render::tsv_rows,
                                           std::move(sink.write));
}
std::unique_ptr<TableWriter> json_writer(const TableSpec&, Sink sink) {
  return std::make_unique<JsonRowsWriter>(true, std::move(sink));
}
std::unique_ptr<TableWriter> jsonl_writer(const TableSpec&, Sink sink) {
  return std::make_unique<JsonRowsWriter>(false, std::move(sink));
}
std::unique_ptr<TableWriter> markdown_writer(const TableSpec& table, Sink sink) {
  return std::make_unique<MarkdownTableWriter>(table, std::move(sink));
}

}  // namespace trex::store

// One table as CSV (RFC 4180: CRLF, quotes doubled) or TSV, for spreadsheets and scripts.
//
// Numbers are plain and exact; unknown is an empty cell. A document that names no table gives one
// row: its facts, nested keys joined by dots; several documents then share the header. A text
// that a spreadsheet would run as a formula gets an apostrophe before it, and control bytes are
// made visible, so that a row is always one line.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "trex/base/text.hpp"
#include "trex/render/flat_table.hpp"
#include "trex/render/formats.hpp"
#include "trex/render/table_text.hpp"

namespace trex::render {
namespace {

struct Dialect {
  char separator;
  std::string_view line_end;
};
constexpr Dialect comma{',', "\r\n"};
constexpr Dialect tab{'\t', "\n"};

// https://owasp.org/www-community/attacks/CSV_Injection: these first characters start a formula,
// some of them in their full width too, which spreadsheets of East Asian languages take for them.
bool starts_formula(std::string_view text) {
  static constexpr std::string_view first_bytes = "=+-@\t\r\n";
  static constexpr std::string_view wide[] = {"\uff1d", "\uff0b", "\uff0d", "\uff20"};
  if (text.empty()) return false;
  return first_bytes.find(text[0]) != std::string_view::npos ||
         std::any_of(std::begin(wide), std::end(wide),
                     [&](std::string_view start) { return starts_with(text, start); });
}

std::string safe_text(std::string_view text) {
  return (starts_formula(text) ? "'" : "") + printable(text);
}

std::string quoted(const std::string& cell, char separator) {
  const bool needed = cell.find_first_of("\"\r\n") != std::string::npos ||
                      cell.find(separator) != std::string::npos ||
                      (!cell.empty() && (cell.front() == ' ' || cell.back() == ' '));
  return needed ? '"' + replace_all(cell, "\"", "\"\"") + '"' : cell;
}

std::string line_of(const std::vector<std::string>& cells, const Dialect& dialect) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) line += dialect.separator;
    line += quoted(cells[i], dialect.separator);
  }
  line += dialect.line_end;
  return line;
}

// Digits, signs and the "x" between dimensions: no formula, whatever it begins with.
bool is_numeric(const Column& column) {
  return column.type() == ColumnType::integer || column.type() == ColumnType::real ||
         column.type() == ColumnType::integers;
}

std::string cell_text(const Column& column, Row row) {
  if (column.is_null(row)) return "";
  const std::string cell = column.cell(row);
  return is_numeric(column) ? cell : safe_text(cell);
}

const TableBlock* root_table(const Document& document) {
  for (const Block& block : document.blocks) {
    const auto* table = std::get_if<TableBlock>(&block);
    if (table != nullptr && !table->key.empty() && table->key == document.json_root) return table;
  }
  return nullptr;
}

std::vector<const Column*> all_columns(const Table& table) {
  return data_columns({.key = "", .title = "", .table = table});  // which live as long as `table`
}

std::string header_text(const std::vector<const Column*>& columns, const Dialect& dialect) {
  std::vector<std::string> cells;
  cells.reserve(columns.size());
  for (const Column* column : columns) cells.push_back(safe_text(column->name()));
  return line_of(cells, dialect);
}

std::string rows_text(const std::vector<const Column*>& columns, Row first, Row last,
                      const Dialect& dialect) {
  std::string result;
  std::vector<std::string> cells;
  for (Row row = first; row < last; ++row) {
    cells.clear();
    for (const Column* column : columns) cells.push_back(cell_text(*column, row));
    result += line_of(cells, dialect);
  }
  return result;
}

using Cells = std::vector<std::pair<std::string, std::string>>;

void add_cells(const std::string& key, const Json& value, Cells& cells) {
  FlatJson flat;
  flatten(key, value, flat);
  for (const auto& [name, single] : flat) {
    const std::string* text = single.text();
    cells.emplace_back(name, text != nullptr    ? safe_text(*text)
                             : single.is_null() ? ""
                                                : single.dump());
  }
}

Cells facts_of(const Document& document) {
  Cells cells;
  for (const Block& block : document.blocks) {
    if (const auto* facts = std::get_if<FactsBlock>(&block)) {
      if (facts->audience == Audience::people) continue;
      const std::string prefix = facts->key.empty() ? "" : facts->key + ".";
      for (const Fact& fact : facts->facts) {
        if (!fact.key.empty()) add_cells(prefix + fact.key, fact.value, cells);
      }
    } else if (const auto* json = std::get_if<JsonBlock>(&block)) {
      if (json->audience != Audience::people) add_cells(json->key, json->value, cells);
    }
  }
  return cells;
}

// The keys of all rows, in order of first appearance.
std::vector<std::string> header_of(const std::vector<Cells>& rows) {
  std::vector<std::string> header;
  std::set<std::string_view> seen;
  for (const Cells& row : rows) {
    for (const auto& cell : row) {
      if (seen.insert(cell.first).second) header.push_back(cell.first);
    }
  }
  return header;
}

std::string facts_text(std::span<const Document> documents, const Dialect& dialect) {
  std::vector<Cells> rows;
  rows.reserve(documents.size());
  for (const Document& document : documents) rows.push_back(facts_of(document));
  const std::vector<std::string> header = header_of(rows);

  std::vector<std::string> cells;
  cells.reserve(header.size());
  for (const std::string& name : header) cells.push_back(safe_text(name));
  std::string result = line_of(cells, dialect);
  for (const Cells& row : rows) {
    std::map<std::string_view, std::string_view> values;
    for (const auto& cell : row) values.emplace(cell.first, cell.second);  // the first one counts
    cells.clear();
    for (const std::string& name : header) {
      const auto at = values.find(name);
      cells.emplace_back(at == values.end() ? "" : at->second);
    }
    result += line_of(cells, dialect);
  }
  return result;
}

std::string separated(std::span<const Document> documents, const Dialect& dialect) {
  if (documents.empty() || root_table(documents[0]) == nullptr) {
    return facts_text(documents, dialect);
  }
  std::string result;
  for (const Document& document : documents) {
    if (const TableBlock* table = root_table(document)) {
      const std::vector<const Column*> columns = data_columns(*table);
      if (result.empty()) result += header_text(columns, dialect);
      result += rows_text(columns, 0, static_cast<Row>(table->table.row_count()), dialect);
    }
  }
  return result;
}

}  // namespace

std::string csv_header(const Table& table) { return header_text(all_columns(table), comma); }
std::string tsv_header(const Table& table) { return header_text(all_columns(table), tab); }
std::string csv_rows(const Table& table, Row first, Row last) {
  return rows_text(all_columns(table), first, last, comma);
}
std::string tsv_rows(const Table& table, Row first, Row last) {
  return rows_text(all_columns(table), first, last, tab);
}

std::string csv(std::span<const Document> documents, const Style&) {
  return separated(documents, comma);
}
std::string tsv(std::span<const Document> documents, const Style&) {
  return separated(documents, tab);
}

}  // namespace trex::render

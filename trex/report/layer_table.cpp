// The layer table with every column that a user may name.

// SPDX-License-Identifier: Apache-2.0
#include "trex/report/layer_table.hpp"

#include <algorithm>
#include <array>

#include "trex/analyze/memory.hpp"
#include "trex/analyze/roofline.hpp"
#include "trex/analyze/tactics.hpp"
#include "trex/analyze/work.hpp"
#include "trex/base/error.hpp"
#include "trex/base/suggest.hpp"
#include "trex/base/text.hpp"
#include "trex/report/raw_columns.hpp"

namespace trex::report {
namespace {

bool has_all(const Table& table, const std::vector<std::string>& names) {
  return std::all_of(names.begin(), names.end(),
                     [&](const std::string& name) { return table.find(name) != nullptr; });
}

// Columns that the table has not yet; both tables have one row a layer, in the same order.
void add_columns(Table& table, const Table& more) {
  const std::shared_ptr<StringPool>& strings = table.strings();
  for (std::size_t i = 0; i < more.column_count(); ++i) {
    const Column& column = more.column(i);
    if (table.find(column.name()) != nullptr) continue;
    // A column carries its own pool, but Table's operations expect the table's.
    if (column.type() != ColumnType::text || column.strings() == strings) {
      table.add(std::make_shared<const Column>(column));
      continue;
    }
    std::vector<StringId> ids;
    ids.reserve(table.row_count());
    for (Row row = 0; row < column.size(); ++row) {
      const std::optional<std::string_view> text = column.text(row);
      ids.push_back(text ? strings->intern(*text) : null_string);
    }
    table.add(Key<std::string_view>{column.name(), column.unit(), column.meaning()},
              std::move(ids));
  }
}

void add_analyses(Table& table, const Engine& engine, const Table& work) {
  add_columns(table, roofline_table(engine, work, device_of(engine)));
  add_columns(table, tactics_table(engine));
  add_columns(table, activation_memory(engine).steps);
}

// The table's own "did you mean" does not know the attributes; where one is near, it is said here.
void suggest_attribute(const Table& table, const Engine& engine, const std::string& name) {
  std::vector<std::string> names = table.column_names();
  for (std::string& attribute : attribute_names(engine, 1000))
    names.push_back(std::move(attribute));
  if (const std::optional<std::string> near = nearest(name, names)) {
    fail("no column or attribute '{}', did you mean '{}'?", name, *near);
  }
}

}  // namespace

const std::vector<std::string>& contract_columns() {
  static const std::vector<std::string> names{"index",
                                              "name",
                                              "type",
                                              "subtype",
                                              "tactic",
                                              "precision",
                                              "input_precision",
                                              "output_precision",
                                              "time_ms",
                                              "median_ms",
                                              "total_ms",
                                              "share",
                                              "io_bytes",
                                              "weights_bytes",
                                              "footprint_bytes",
                                              "macs",
                                              "source_ops"};
  return names;
}

std::vector<std::string> every_column(const Table& full_table) {
  std::vector<std::string> names = contract_columns();
  for (const std::string& name : full_table.column_names()) {
    // Where the layer stands in the file serves findings, not people.
    if (name == layer::byte_offset.name || name == layer::byte_length.name) continue;
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return names;
}

Table layer_table(const Engine& engine, const std::vector<std::string>& names) {
  Table table = engine.layers;
  const Table work = work_table(engine);
  add_columns(table, work);
  const bool all = std::find(names.begin(), names.end(), "all") != names.end();
  if (!all && has_all(table, names)) return table;

  add_analyses(table, engine, work);
  add_attributes(table, engine, names);
  return table;
}

void add_attributes(Table& table, const Engine& engine, const std::vector<std::string>& names) {
  std::vector<std::string> unknown;
  for (const std::string& name : names) {
    if (name != "all" && table.find(name) == nullptr) unknown.push_back(name);
  }
  if (unknown.empty()) return;
  add_raw_columns(table, engine, unknown);
  for (const std::string& name : unknown) {
    if (table.find(name) == nullptr) suggest_attribute(table, engine, name);
  }
}

std::vector<std::string> words_of(std::string_view expression) {
  static constexpr std::array<std::string_view, 8> keywords{"and", "or",   "not",  "is",
                                                            "in",  "null", "true", "false"};
  std::vector<std::string> words;
  std::size_t i = 0;
  while (i < expression.size()) {
    const char c = expression[i];
    if (c == '"' || c == '\'') {  // a text, with backslash escapes
      for (++i; i < expression.size() && expression[i] != c; ++i) {
        if (expression[i] == '\\') ++i;
      }
      ++i;
      continue;
    }
    const auto is_letter = [](char x) {
      return (x >= 'a' && x <= 'z') || (x >= 'A' && x <= 'Z') || x == '_';
    };
    const auto is_inner = [&](char x) {
      return is_letter(x) || (x >= '0' && x <= '9') || x == '.';
    };
    if (!is_inner(c)) {
      ++i;
      continue;
    }
    const std::size_t start = i;
    while (i < expression.size() && is_inner(expression[i])) ++i;
    const std::string_view word = expression.substr(start, i - start);
    const bool keyword = std::any_of(keywords.begin(), keywords.end(), [&](std::string_view k) {
      return equals_ignoring_case(word, k);
    });
    if (is_letter(c) && !keyword) words.emplace_back(word);
  }
  return words;
}

}  // namespace trex::report

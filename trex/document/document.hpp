// What a report says, before anyone decides how it looks: facts, tables, sentences.
//
// Each block has a key (its name in JSON) and a title (for people). Renderers make text, JSON, CSV,
// Markdown of it: N reports x M formats cost N + M files. Whatever is for one audience alone is
// marked so here, never by a renderer that knows one report.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "trex/base/json.hpp"
#include "trex/document/colors.hpp"
#include "trex/table/table.hpp"

namespace trex {

enum class Audience : std::uint8_t { everyone, people, programs };

struct Fact {
  std::string key;    // empty: for people only
  std::string label;  // empty: for programs only
  Json value;         // null: unknown, shown as such
  Unit unit = Unit::none;
  std::string remark = {};  // why, or where it comes from; for people only
};

// A group of facts: an object in JSON, label-value lines in text. With an empty key its facts
// stand in the document's own object.
struct FactsBlock {
  std::string key, title;
  std::vector<Fact> facts;
  // For people: all in one line after the title ("end to end   median 0.35 ms, p99 0.38 ms").
  bool one_line = false;
  std::string remark = {};  // for people, after that line
  Audience audience = Audience::everyone;
};

// How a table is drawn, where a format draws: its rows stay the source of every figure.
enum class ChartKind : std::uint8_t {
  bars,  // one a row and value column, the first row on top
  line,  // one a value column, a point a row
};
struct Chart {
  std::string title;
  ChartKind kind = ChartKind::bars;
  std::string label_column;                // names the bars; of lines: what stands along the axis
  std::vector<std::string> value_columns;  // of numbers of one unit
  std::size_t most_rows = 0;               // the first so many; 0: all
  std::vector<Color> colors = {};          // of one column's bars by row, else by value column
};

// A table: an array of row objects in JSON, with all its columns and rows.
struct TableBlock {
  std::string key, title;
  Table table;
  // Shown to people, and written as CSV, in this order; empty: all.
  std::vector<std::string> text_columns = {};
  std::vector<std::string> csv_columns = {};
  // Those of text_columns that a narrow terminal leaves out, the last of this list first.
  std::vector<std::string> optional_columns = {};
  std::vector<std::string> bar_columns = {};  // numbers that people also see as bars
  std::size_t people_rows = 0;                // people see only the first so many; 0: all
  // One more member of each row's object in JSON, made when it is written: it may be large.
  std::string row_json_key = {};
  std::function<Json(Row)> row_json = {};
  std::string remark = {};  // printed under it: "12 of 72 layers; --all shows all"
  Audience audience = Audience::everyone;
  std::vector<Chart> charts = {};
};

struct ParagraphBlock {  // for people only
  std::string text;
  bool warning = false;
};

struct ListBlock {  // for people only: one sentence an item
  std::string title;
  std::vector<std::string> items;
};

struct JsonBlock {  // any JSON; pretty-printed for people under its title
  std::string key, title;
  Json value;
  Audience audience = Audience::everyone;
};

using Block = std::variant<FactsBlock, TableBlock, ParagraphBlock, ListBlock, JsonBlock>;

struct Document {
  std::string title;
  std::vector<Block> blocks;
  // The key of the block whose JSON is the whole result (a table: the bare array); empty: an
  // object of all blocks. CSV shows that table too; without one, the facts as one row a document.
  std::string json_root = {};
};

}  // namespace trex

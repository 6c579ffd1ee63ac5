// What a report says, before anyone decides how it looks: headings, facts, tables, notes.
//
// Each block has a key (its name in JSON) and a title (for people). Renderers make text, JSON, CSV,
// Markdown of it. N reports x M formats cost N + M files.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "trex/base/json.hpp"
#include "trex/table/table.hpp"

namespace trex {

struct Fact {
  std::string key, label;
  Json value;                // null: unknown, shown as such
  Unit unit = Unit::none;
  std::string remark;        // why, or where it comes from; for people only
};

// A group of facts: an object in JSON, label-value lines in text. With an empty key its facts
// stand in the document's own object.
struct FactsBlock {
  std::string key, title;
  std::vector<Fact> facts;
};

// A table: an array of row objects in JSON.
struct TableBlock {
  std::string key, title;
  Table table;
  std::vector<std::string> text_columns;  // shown to people, in this order; empty: all
  std::string remark;                     // printed under it: "12 of 72 layers; --all shows all"
  std::string flexible_column;            // the one that is shortened to fit; empty: the widest text
};

struct ParagraphBlock {  // for people only
  std::string text;
  bool warning = false;
};

struct JsonBlock {  // for JSON; pretty-printed for people under its title
  std::string key, title;
  Json value;
};

using Block = std::variant<FactsBlock, TableBlock, ParagraphBlock, JsonBlock>;

struct Document {
  std::string title;
  std::vector<Block> blocks;
  // The block whose JSON is the whole result (a table: the bare array); empty: an object of all.
  std::string json_root;
};

}  // namespace trex

// Documents as JSON: the contract with programs. Unknown is null; NaN never appears.
//
// Tables are written cell by cell, without a tree in between: a hundred thousand rows are common.
// A list of plain values stands on one line, everything else is indented by 2.

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cassert>

#include "trex/base/json.hpp"
#include "trex/base/text.hpp"
#include "trex/render/formats.hpp"
#include "trex/render/table_text.hpp"

namespace trex::render {
namespace {

template <class Write>
void append_plain_list(std::string& out, std::size_t count, Write write) {
  out += '[';
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) out += ", ";
    write(i);
  }
  out += ']';
}

class JsonWriter {
 public:
  void document(const Document& document) {
    for (const Block& block : document.blocks) {
      if (!document.json_root.empty() && key_of(block) == document.json_root) {
        value_of(block);
        return;
      }
    }
    open('{');
    for (const Block& block : document.blocks) members(block);
    close('}');
  }

  void open(char bracket) {
    out_ += bracket;
    ++depth_;
    first_ = true;
  }
  void close(char bracket) {
    --depth_;
    if (!first_) line();
    out_ += bracket;
    first_ = false;
  }
  void element() {
    if (!first_) out_ += ',';
    line();
    first_ = false;
  }
  std::string take() { return std::move(out_); }

 private:
  static std::string_view key_of(const Block& block) {
    if (const auto* facts = std::get_if<FactsBlock>(&block)) return facts->key;
    if (const auto* table = std::get_if<TableBlock>(&block)) return table->key;
    if (const auto* json = std::get_if<JsonBlock>(&block)) return json->key;
    return {};
  }
  static bool is_for_programs(const Block& block) {
    if (const auto* facts = std::get_if<FactsBlock>(&block)) {
      return facts->audience != Audience::people;
    }
    if (const auto* table = std::get_if<TableBlock>(&block)) {
      return table->audience != Audience::people && !table->key.empty();
    }
    if (const auto* json = std::get_if<JsonBlock>(&block)) {
      return json->audience != Audience::people && !json->key.empty();
    }
    return false;
  }

  void line() {
    out_ += '\n';
    out_.append(2 * depth_, ' ');
  }
  void key(std::string_view name) {
    element();
    append_json_string(out_, name);
    out_ += ": ";
  }

  void members(const Block& block) {
    if (!is_for_programs(block)) return;
    const auto* facts = std::get_if<FactsBlock>(&block);
    if (facts != nullptr && facts->key.empty()) {
      this->facts(*facts);
      return;
    }
    key(key_of(block));
    value_of(block);
  }

  void value_of(const Block& block) {
    if (const auto* facts = std::get_if<FactsBlock>(&block)) {
      open('{');
      this->facts(*facts);
      close('}');
    } else if (const auto* table = std::get_if<TableBlock>(&block)) {
      this->table(*table);
    } else if (const auto* json = std::get_if<JsonBlock>(&block)) {
      value(json->value);
    }
  }

  void facts(const FactsBlock& block) {
    for (const Fact& fact : block.facts) {
      if (fact.key.empty()) continue;
      key(fact.key);
      value(fact.value);
    }
  }

  void value(const Json& json) {
    if (const Json::Object* object = json.object()) {
      open('{');
      for (const auto& [name, member] : *object) {
        key(name);
        value(member);
      }
      close('}');
    } else if (const Json::Array* array = json.array()) {
      const bool plain = std::all_of(array->begin(), array->end(), [](const Json& item) {
        return item.object() == nullptr && item.array() == nullptr;
      });
      if (plain) {
        append_plain_list(out_, array->size(), [&](std::size_t i) { out_ += (*array)[i].dump(); });
        return;
      }
      open('[');
      for (const Json& item : *array) {
        element();
        value(item);
      }
      close(']');
    } else {
      out_ += json.dump();
    }
  }

  void table(const TableBlock& block) {
    const Table& table = block.table;
    open('[');
    for (Row row = 0; row < table.row_count(); ++row) {
      element();
      open('{');
      for (std::size_t c = 0; c < table.column_count(); ++c) {
        key(table.column(c).name());
        append_json_cell(out_, table.column(c), row);
      }
      if (block.row_json) {
        key(block.row_json_key);
        value(block.row_json(row));
      }
      close('}');
    }
    close(']');
  }

  std::string out_;
  std::size_t depth_ = 0;
  bool first_ = true;
};

}  // namespace

void append_json_cell(std::string& out, const Column& column, Row row) {
  if (column.is_null(row)) {
    out += "null";
    return;
  }
  switch (column.type()) {
    case ColumnType::boolean:
      out += *column.boolean(row) ? "true" : "false";
      break;
    case ColumnType::integer:
      out += std::to_string(*column.integer(row));
      break;
    case ColumnType::real:
      append_json_number(out, *column.real(row));
      break;
    case ColumnType::text:
      append_json_string(out, *column.text(row));
      break;
    case ColumnType::integers: {
      const auto list = column.integers(row);
      append_plain_list(out, list.size(), [&](std::size_t i) { out += std::to_string(list[i]); });
      break;
    }
    case ColumnType::texts:
      append_plain_list(out, column.list_size(row),
                        [&](std::size_t i) { append_json_string(out, column.text_at(row, i)); });
      break;
  }
}

std::string json(std::span<const Document> documents, const Style&) {
  JsonWriter writer;
  if (documents.size() == 1) {
    writer.document(documents[0]);
  } else {
    writer.open('[');
    for (const Document& document : documents) {
      writer.element();
      writer.document(document);
    }
    writer.close(']');
  }
  return writer.take() + "\n";
}

}  // namespace trex::render

// Plain columns, and JSON as a list of single values.

// SPDX-License-Identifier: Apache-2.0
#include "trex/render/flat_table.hpp"

#include <fmt/format.h>

#include "trex/base/text.hpp"

namespace trex::render {

std::vector<const Column*> data_columns(const TableBlock& block) {
  std::vector<const Column*> columns;
  if (block.csv_columns.empty()) {
    for (std::size_t i = 0; i < block.table.column_count(); ++i) {
      columns.push_back(&block.table.column(i));
    }
  }
  for (const std::string& name : block.csv_columns) {
    if (const Column* column = block.table.find(name)) columns.push_back(column);
  }
  return columns;
}

void flatten(const std::string& key, const Json& value, FlatJson& result) {
  if (const Json::Object* object = value.object()) {
    for (const auto& [name, member] : *object) {
      flatten(key.empty() ? name : fmt::format("{}.{}", key, name), member, result);
    }
  } else if (const Json::Array* array = value.array()) {
    std::vector<std::string> items;
    for (const Json& item : *array) {
      if (item.object() != nullptr || item.array() != nullptr) return;
      items.push_back(item.text() != nullptr ? *item.text() : item.dump());
    }
    result.emplace_back(key, join(items, ", "));
  } else {
    result.emplace_back(key, value);
  }
}

}  // namespace trex::render

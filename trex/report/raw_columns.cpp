// Attributes of the layers' own JSON as columns.

// SPDX-License-Identifier: Apache-2.0
#include "trex/report/raw_columns.hpp"

#include <algorithm>
#include <set>

#include "trex/base/text.hpp"

namespace trex::report {
namespace {

using Values = std::vector<Json>;  // one a layer; null where it has no such attribute

// "Weights.Count": the member itself if there is one of that very name, else into the object.
const Json* member(const Json& object, std::string_view name) {
  if (const Json* found = object.find(name)) return found;
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos) return nullptr;
  const Json* inner = object.find(name.substr(0, dot));
  return inner == nullptr ? nullptr : inner->find(name.substr(dot + 1));
}

bool is_integers(const Json& value) {
  const Json::Array* array = value.array();
  return array != nullptr && std::all_of(array->begin(), array->end(), [](const Json& item) {
           return item.integer() != nullptr;
         });
}

template <class Test>
bool all_known(const Values& values, Test test) {
  return std::all_of(values.begin(), values.end(),
                     [&](const Json& value) { return value.is_null() || test(value); });
}

void add_as_integers(Table& table, std::string_view name, const Values& values) {
  Lists<std::int64_t> lists;
  for (const Json& value : values) {
    if (value.is_null()) {
      lists.push_null();
      continue;
    }
    std::vector<std::int64_t> list;
    for (const Json& item : *value.array()) list.push_back(*item.integer());
    lists.push(list);
  }
  table.add(Key<Integers>{name, Unit::none, "attribute of the layer"}, std::move(lists));
}

void add_column(Table& table, std::string_view name, const Values& values) {
  static constexpr std::string_view meaning = "attribute of the layer";
  if (all_known(values, [](const Json& v) { return v.boolean() != nullptr; })) {
    std::vector<std::uint8_t> cells;
    for (const Json& v : values) cells.push_back(v.is_null() ? null_boolean : *v.boolean());
    table.add(Key<bool>{name, Unit::none, meaning}, std::move(cells));
  } else if (all_known(values, [](const Json& v) { return v.integer() != nullptr; })) {
    std::vector<std::int64_t> cells;
    for (const Json& v : values) cells.push_back(v.is_null() ? null_integer : *v.integer());
    table.add(Key<std::int64_t>{name, Unit::none, meaning}, std::move(cells));
  } else if (all_known(values, [](const Json& v) { return v.number().has_value(); })) {
    std::vector<double> cells;
    for (const Json& v : values) cells.push_back(v.number().value_or(null_real));
    table.add(Key<double>{name, Unit::none, meaning}, std::move(cells));
  } else if (all_known(values, is_integers)) {
    add_as_integers(table, name, values);
  } else {
    std::vector<StringId> cells;
    for (const Json& v : values) {
      cells.push_back(v.is_null() ? null_string
                                  : table.strings()->intern(v.text() ? *v.text() : v.dump()));
    }
    table.add(Key<std::string_view>{name, Unit::none, meaning}, std::move(cells));
  }
}

}  // namespace

std::vector<std::string> attribute_names(const Engine& engine, std::size_t at_most) {
  std::set<std::string> names;
  for (Row row = 0; row < engine.layer_count() && names.size() < at_most; ++row) {
    const Json raw = attributes(engine, row);
    if (raw.object() == nullptr) continue;
    for (const auto& entry : *raw.object()) names.insert(entry.first);
  }
  return {names.begin(), names.end()};
}

void add_raw_columns(Table& table, const Engine& engine, const std::vector<std::string>& names) {
  std::vector<Values> columns(names.size());
  for (Row row = 0; row < engine.layer_count(); ++row) {
    const Json raw = attributes(engine, row);
    for (std::size_t i = 0; i < names.size(); ++i) {
      const Json* value = member(raw, names[i]);
      columns[i].push_back(value == nullptr ? Json() : *value);
    }
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    const bool absent = all_known(columns[i], [](const Json&) { return false; });
    if (!absent) add_column(table, names[i], columns[i]);
  }
}

}  // namespace trex::report

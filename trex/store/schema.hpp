// What the tables of many engines are: their names, columns, types, units and meanings, as data.
//
// One list, from which SQL views, `.schema`, documents, Parquet and other engines' definitions
// come. A column has the same type whatever the engine, also where nothing of it is known, so that
// the tables of thousands of engines can be put together. Columns are only ever added.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "trex/table/table.hpp"

namespace trex::store {

class EngineTables;

// Raised when a column's meaning or type changes; not when one is added.
inline constexpr int schema_version = 1;

struct ColumnSpec {
  std::string_view name;
  ColumnType type = ColumnType::text;
  Unit unit = Unit::none;
  std::string_view description;
};

struct TableSpec {
  std::string_view name;
  std::string_view description;  // what a row is
  std::vector<ColumnSpec> columns;
  // The columns that are not those of every table; nulls and order are seen to by EngineTables.
  Table (*make)(EngineTables&) = nullptr;
};

// engines, layers, tensors, source_ops, findings, timing, bindings, notes.
std::span<const TableSpec> table_specs();
std::vector<std::string> table_names();
const TableSpec& find_table(std::string_view name);  // throws Error, "did you mean"
// "ms", "B", "fraction" (0 to 1), "count" ...; "" for none. The values are in that very unit.
std::string unit_word(Unit unit);
const ColumnSpec* find_column(const TableSpec& table, std::string_view name);  // null when absent

// The first two columns of every table.
inline constexpr Key<std::string_view> engine_id{
    "engine_id", Unit::none, "hash of the contents of the engine's files: equal files, equal id"};
inline constexpr Key<std::string_view> engine_name{"engine", Unit::none, "name of the engine"};

template <class T>
constexpr ColumnType column_type_of() {
  if constexpr (std::is_same_v<T, bool>) {
    return ColumnType::boolean;
  } else if constexpr (std::is_same_v<T, std::int64_t>) {
    return ColumnType::integer;
  } else if constexpr (std::is_same_v<T, double>) {
    return ColumnType::real;
  } else if constexpr (std::is_same_v<T, std::string_view>) {
    return ColumnType::text;
  } else if constexpr (std::is_same_v<T, Integers>) {
    return ColumnType::integers;
  } else {
    static_assert(std::is_same_v<T, Texts>);
    return ColumnType::texts;
  }
}

// The columns of a table of engines: `engine_id` and `engine`, then those of the keys.
template <class... T>
std::vector<ColumnSpec> engine_columns(const Key<T>&... keys) {
  return {{engine_id.name, ColumnType::text, engine_id.unit, engine_id.meaning},
          {engine_name.name, ColumnType::text, engine_name.unit, engine_name.meaning},
          {keys.name, column_type_of<T>(), keys.unit, keys.meaning}...};
}

// The tables, a file each.
TableSpec engines_spec();
TableSpec layers_spec();
TableSpec tensors_spec();
TableSpec source_ops_spec();
TableSpec findings_spec();
TableSpec timing_spec();
TableSpec bindings_spec();
TableSpec notes_spec();

}  // namespace trex::store

// The tables of many engines, put together.

// SPDX-License-Identifier: Apache-2.0
#include "trex/store/collect.hpp"

#include <algorithm>
#include <cassert>

#include "trex/base/error.hpp"

namespace trex::store {
namespace {

template <class V>
void append_all(std::vector<V>& to, const std::vector<V>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

template <class V, class Map>
void append_lists(Lists<V>& to, const Lists<V>& from, std::string_view name, Map map) {
  if (to.values.size() + from.values.size() > UINT32_MAX) {
    fail("column '{}' would hold more than 2^32 values: ask for fewer engines", name);
  }
  std::vector<V> list;
  for (std::size_t row = 0; row < from.size(); ++row) {
    if (from.is_null(row)) {
      to.push_null();
      continue;
    }
    list.clear();
    for (const V value : from[row]) list.push_back(map(value));
    to.push(list);
  }
}

}  // namespace

GrowingTable::GrowingTable(const TableSpec& spec) : spec_(&spec) { take(); }

// Texts that are already here keep their ids; each new one is looked up once a table.
StringId GrowingTable::taken_over(StringId id, const StringPool& from) {
  if (id == null_string) return null_string;
  if (id >= ids_.size()) ids_.resize(from.size(), null_string);
  if (ids_[id] == null_string) ids_[id] = strings_->intern(from[id]);
  return ids_[id];
}

void GrowingTable::append_values(Column::Data& to, const Column& from) {
  const Column::Data& data = from.data();
  const auto taken = [&](StringId id) { return taken_over(id, *from.strings()); };
  switch (from.type()) {
    case ColumnType::boolean:
      append_all(std::get<Booleans>(to).values, std::get<Booleans>(data).values);
      break;
    case ColumnType::integer:
      append_all(std::get<1>(to), std::get<1>(data));
      break;
    case ColumnType::real:
      append_all(std::get<2>(to), std::get<2>(data));
      break;
    case ColumnType::text: {
      std::vector<StringId>& ids = std::get<TextIds>(to).values;
      for (const StringId id : std::get<TextIds>(data).values) ids.push_back(taken(id));
      break;
    }
    case ColumnType::integers:
      append_lists(std::get<4>(to), std::get<4>(data), from.name(),
                   [](std::int64_t value) { return value; });
      break;
    case ColumnType::texts:
      append_lists(std::get<5>(to), std::get<5>(data), from.name(), taken);
      break;
  }
}

void GrowingTable::append(const Table& rows) {
  assert(rows.column_count() == columns_.size());
  if (row_count_ + rows.row_count() >= no_row) {
    fail("table '{}' would have more than 2^32 rows: ask for fewer engines", spec_->name);
  }
  ids_.clear();
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    assert(rows.column(i).name() == spec_->columns[i].name &&
           rows.column(i).type() == spec_->columns[i].type);
    append_values(columns_[i], rows.column(i));
  }
  row_count_ += rows.row_count();
}

Table GrowingTable::take() {
  Table result(strings_);
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const ColumnSpec& column = spec_->columns[i];
    result.add(std::make_shared<const Column>(std::string(column.name), column.unit,
                                              std::string(column.description),
                                              std::move(columns_[i]), strings_));
  }
  strings_ = std::make_shared<StringPool>();
  columns_.clear();
  for (const ColumnSpec& column : spec_->columns) {
    columns_.push_back(unknown_values(column.type, 0));
  }
  row_count_ = 0;
  return result;
}

Collection::Collection(std::span<const TableSpec* const> specs) {
  for (const TableSpec* spec : specs) tables_.emplace_back(*spec);
}

void Collection::add(const Engine& engine) {
  EngineTables tables(engine);
  add(tables);
}

void Collection::add(EngineTables& tables) {
  for (GrowingTable& table : tables_) table.append(tables.table(table.spec()));
  ++engine_count_;
}

std::vector<Table> Collection::take() {
  std::vector<Table> result;
  for (GrowingTable& table : tables_) result.push_back(table.take());
  engine_count_ = 0;
  return result;
}

std::vector<Table> collect_tables(std::span<const EngineFiles> engines,
                                  std::span<const TableSpec* const> specs,
                                  const Progress& progress) {
  Collection collection(specs);
  for (const EngineFiles& files : engines) {
    if (progress) progress(collection.engine_count(), files);
    collection.add(load_engine(files));
  }
  return collection.take();
}

}  // namespace trex::store

// Columns of a table: finding, adding, choosing, and rows in another order.

// SPDX-License-Identifier: Apache-2.0
#include "trex/table/table.hpp"

#include <algorithm>
#include <cassert>
#include <numeric>

#include "trex/base/error.hpp"
#include "trex/base/suggest.hpp"
#include "trex/base/text.hpp"
#include "trex/table/order.hpp"

namespace trex {
namespace {

template <class T>
std::shared_ptr<const Column> make_column(const Key<T>& key, Column::Data data,
                                          std::shared_ptr<const StringPool> strings) {
  return std::make_shared<const Column>(std::string(key.name), key.unit, std::string(key.meaning),
                                        std::move(data), std::move(strings));
}

[[maybe_unused]] bool holds_texts(const Column& column) {
  return column.type() == ColumnType::text || column.type() == ColumnType::texts;
}

}  // namespace

const Column* Table::find(std::string_view name) const {
  const auto found = std::find_if(columns_.begin(), columns_.end(),
                                  [&](const auto& column) { return column->name() == name; });
  return found == columns_.end() ? nullptr : found->get();
}

const Column& Table::at(std::string_view name) const {
  if (const Column* column = find(name)) return *column;
  fail("no column '{}'{}", printable(name), did_you_mean(name, column_names()));
}

std::vector<std::string> Table::column_names() const {
  std::vector<std::string> names;
  for (const auto& column : columns_) names.push_back(column->name());
  return names;
}

Table& Table::add(Key<bool> key, std::vector<std::uint8_t> values) {
  return add(make_column(key, Booleans{std::move(values)}, strings_));
}
Table& Table::add(Key<std::int64_t> key, std::vector<std::int64_t> values) {
  return add(make_column(key, std::move(values), strings_));
}
Table& Table::add(Key<double> key, std::vector<double> values) {
  return add(make_column(key, std::move(values), strings_));
}
Table& Table::add(Key<std::string_view> key, std::vector<StringId> values) {
  return add(make_column(key, TextIds{std::move(values)}, strings_));
}
Table& Table::add(Key<std::string_view> key, const std::vector<std::string>& values) {
  std::vector<StringId> ids;
  ids.reserve(values.size());
  for (const std::string& value : values) ids.push_back(strings_->intern(value));
  return add(key, std::move(ids));
}
Table& Table::add(Key<Integers> key, Lists<std::int64_t> values) {
  return add(make_column(key, std::move(values), strings_));
}
Table& Table::add(Key<Texts> key, Lists<StringId> values) {
  return add(make_column(key, std::move(values), strings_));
}

Table& Table::add(std::shared_ptr<const Column> column) {
  assert(!holds_texts(*column) || column->strings() == strings_);
  const auto same = std::find_if(columns_.begin(), columns_.end(), [&](const auto& other) {
    return other->name() == column->name();
  });
  const bool sets_length = columns_.empty() || (columns_.size() == 1 && same != columns_.end());
  if (sets_length) row_count_ = column->size();
  assert(column->size() == row_count_ && row_count_ < no_row);
  if (same != columns_.end()) {
    *same = std::move(column);
  } else {
    columns_.push_back(std::move(column));
  }
  return *this;
}

Table Table::select(const std::vector<std::string>& names) const {
  Table result(strings_);
  result.row_count_ = row_count_;
  for (const std::string& name : names) {
    at(name);  // throws when absent
    result.add(*std::find_if(columns_.begin(), columns_.end(),
                             [&](const auto& column) { return column->name() == name; }));
  }
  return result;
}

Table Table::without(std::string_view name) const {
  Table result = *this;
  auto& columns = result.columns_;
  columns.erase(std::remove_if(columns.begin(), columns.end(),
                               [&](const auto& column) { return column->name() == name; }),
                columns.end());
  return result;
}

Table Table::take(std::span<const Row> rows) const {
  Table result(strings_);
  result.row_count_ = rows.size();
  for (const auto& column : columns_) {
    result.columns_.push_back(std::make_shared<const Column>(column->take(rows)));
  }
  return result;
}

std::vector<Row> Table::order_by(std::string_view column, Order order) const {
  return first_rows(at(column), order, row_count_);
}

Table Table::sorted_by(std::string_view column, Order order) const {
  return take(order_by(column, order));
}

Table Table::head(std::size_t count) const {
  std::vector<Row> rows(std::min(count, row_count_));
  std::iota(rows.begin(), rows.end(), Row{0});
  return take(rows);
}

Table Table::top(std::size_t count, std::string_view column) const {
  return take(first_rows(at(column), Order::descending, count));
}

}  // namespace trex

// A columnar table: named, typed columns of equal length. It knows nothing of engines.
//
// Immutable in its cells: every operation gives a new table, and columns are shared, so a copy is
// cheap. All orders are stable; every operation is linear or n log n in the rows.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "trex/table/column.hpp"
#include "trex/table/key.hpp"

namespace trex {

enum class Order : std::uint8_t { ascending, descending };
enum class Join : std::uint8_t { inner, left };

// What a group-by computes of one column, over the rows where it is known.
enum class Aggregate : std::uint8_t { sum, mean, median, min, max, count, any };
struct Aggregation {
  Aggregate what;
  std::string column;  // of the input
  std::string name;    // of the result; empty: the same as `column`
};
std::string_view aggregate_name(Aggregate what);  // "sum", "mean", ...
const std::vector<std::string>& aggregate_names();
Aggregate find_aggregate(std::string_view name);  // throws Error, "did you mean"
// Named after what they do: sum(layer::time_ms), count_known(layer::macs), any(layer::name).
template <class T>
Aggregation sum(Key<T> key) {
  return {Aggregate::sum, std::string(key.name), ""};
}
template <class T>
Aggregation mean(Key<T> key) {
  return {Aggregate::mean, std::string(key.name), ""};
}
template <class T>
Aggregation median(Key<T> key) {
  return {Aggregate::median, std::string(key.name), ""};
}
template <class T>
Aggregation min(Key<T> key) {
  return {Aggregate::min, std::string(key.name), ""};
}
template <class T>
Aggregation max(Key<T> key) {
  return {Aggregate::max, std::string(key.name), ""};
}
template <class T>
Aggregation count_known(Key<T> key) {
  return {Aggregate::count, std::string(key.name), ""};
}
template <class T>
Aggregation any(Key<T> key) {
  return {Aggregate::any, std::string(key.name), ""};
}

inline constexpr Key<std::int64_t> group_size{"count", Unit::count, "rows in the group"};

class Table {
 public:
  Table() : Table(std::make_shared<StringPool>()) {}
  // Text columns of one table share a pool; tables of one engine share the engine's.
  explicit Table(std::shared_ptr<StringPool> strings) : strings_(std::move(strings)) {}

  std::size_t row_count() const { return row_count_; }
  std::size_t column_count() const { return columns_.size(); }
  const Column& column(std::size_t i) const { return *columns_[i]; }
  const Column* find(std::string_view name) const;  // null when absent
  // As find, but throws Error with "did you mean" when absent: for names a user typed.
  const Column& at(std::string_view name) const;
  std::vector<std::string> column_names() const;
  const std::shared_ptr<StringPool>& strings() const { return strings_; }

  template <class T>
  bool has(Key<T> key) const {
    return find(key.name) != nullptr;
  }
  // The column must be there with that type: asserted.
  template <class T>
  View<T> operator[](Key<T> key) const {
    return View<T>(at(key.name));
  }

  // Adds a column, or replaces the one of that name. Its length must be the table's (asserted);
  // the first column sets it. Text ids are of this table's pool.
  Table& add(Key<bool> key, std::vector<std::uint8_t> values);
  Table& add(Key<std::int64_t> key, std::vector<std::int64_t> values);
  Table& add(Key<double> key, std::vector<double> values);
  Table& add(Key<std::string_view> key, std::vector<StringId> values);
  Table& add(Key<std::string_view> key, const std::vector<std::string>& values);
  Table& add(Key<Integers> key, Lists<std::int64_t> values);
  Table& add(Key<Texts> key, Lists<StringId> values);
  Table& add(std::shared_ptr<const Column> column);

  Table select(const std::vector<std::string>& names) const;  // throws Error, "did you mean"
  Table without(std::string_view name) const;
  Table take(std::span<const Row> rows) const;
  template <class Keep>
  Table filter(Keep keep) const {  // keep(row) -> bool
    std::vector<Row> rows;
    for (Row row = 0; row < row_count_; ++row) {
      if (keep(row)) rows.push_back(row);
    }
    return take(rows);
  }
  // Unknown last, in either order. Texts sort by bytes; lists by their elements.
  Table sorted_by(std::string_view column, Order order) const;
  template <class T>
  Table sorted_by(Key<T> key, Order order) const {
    return sorted_by(key.name, order);
  }
  std::vector<Row> order_by(std::string_view column, Order order) const;
  Table head(std::size_t count) const;
  // The `count` rows with the largest values, largest first.
  Table top(std::size_t count, std::string_view column) const;
  // One row a distinct combination of the group columns (unknown is a group of its own), in order
  // of first appearance; the group columns, `count`, then the aggregations. A sum, mean, median,
  // min or max over no known value is unknown, and so is a sum past int64 or the doubles. A texts
  // column as group column (at most one) counts a row in each of its elements' groups, and a row
  // with no element among the unknown. Where a result's name is taken, it is "sum_time_ms".
  // Throws Error for a non-numeric column where numbers are needed.
  Table group_by(const std::vector<std::string>& columns,
                 const std::vector<Aggregation>& aggregations) const;
  template <class T>
  Table group_by(Key<T> key, const std::vector<Aggregation>& aggregations) const {
    return group_by(std::vector<std::string>{std::string(key.name)}, aggregations);
  }
  // Columns of `right` (less its key) beside the rows of this one that have an equal key; a key
  // that repeats on the right repeats the left row. Unknown keys join nothing. A name that both
  // have is "name_right" for the right one. Throws Error for keys that cannot be compared, and
  // when repeated keys would give more than 2^26 rows.
  Table join(const Table& right, std::string_view column, Join how) const;
  // One row a numeric column: column, unit, count, unknown, sum, mean, std, min, p25, median, p75,
  // max. The deviation is the sample's (n - 1), percentiles are linear; no text pool is shared.
  Table describe() const;
  // This table's rows, then the other's; columns by name, unknown where one has none;
  // integers meet reals as reals, other types that differ throw Error.
  Table concat(const Table& other) const;

 private:
  std::shared_ptr<StringPool> strings_;
  std::vector<std::shared_ptr<const Column>> columns_;
  std::size_t row_count_ = 0;
};

// The sum of the known values; nothing when none is known.
std::optional<double> total(View<double> column);
std::optional<std::int64_t> total(View<std::int64_t> column);
// The p-th percentile (0 to 100) of sorted values, by linear interpolation (numpy's default).
double percentile_linear(std::span<const double> sorted, double p);

}  // namespace trex

// One column: values in one vector, unknown marked inside it.
//
// Unknown is NaN in a real column, `null_integer` in an integer one, `null_string` in a text one,
// 2 in a boolean one; an unknown list is marked by an end before its start. So a numeric column
// reaches numpy without a copy.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "trex/table/key.hpp"
#include "trex/table/strings.hpp"

namespace trex {

using Row = std::uint32_t;
inline constexpr Row no_row = UINT32_MAX;

inline constexpr std::int64_t null_integer = std::numeric_limits<std::int64_t>::min();
inline constexpr double null_real = std::numeric_limits<double>::quiet_NaN();
inline constexpr std::uint8_t null_boolean = 2;

enum class ColumnType : std::uint8_t { boolean, integer, real, text, integers, texts };
std::string_view column_type_name(ColumnType type);

// The values of a list column: row r holds values[ends[r - 1]] to values[ends[r]] (from 0 for the
// first row); `null[r]` (empty when none is) marks unknown lists.
template <class T>
struct Lists {
  std::vector<T> values;
  std::vector<std::uint32_t> ends;
  std::vector<std::uint8_t> null;

  std::size_t size() const { return ends.size(); }
  std::span<const T> operator[](std::size_t row) const {
    const std::uint32_t start = row == 0 ? 0 : ends[row - 1];
    return {values.data() + start, ends[row] - start};
  }
  bool is_null(std::size_t row) const { return !null.empty() && null[row] != 0; }
  void push(std::span<const T> list) {
    values.insert(values.end(), list.begin(), list.end());
    ends.push_back(static_cast<std::uint32_t>(values.size()));
    if (!null.empty()) null.push_back(0);
  }
  void push_null() {
    null.resize(ends.size(), 0);
    null.push_back(1);
    ends.push_back(static_cast<std::uint32_t>(values.size()));
  }
};

struct Booleans {  // its own type, so that the variant below can tell it from bytes
  std::vector<std::uint8_t> values;
};
struct TextIds {
  std::vector<StringId> values;
};

class Column {
 public:
  using Data = std::variant<Booleans, std::vector<std::int64_t>, std::vector<double>, TextIds,
                            Lists<std::int64_t>, Lists<StringId>>;

  Column(std::string name, Unit unit, std::string meaning, Data data,
         std::shared_ptr<const StringPool> strings)
      : name_(std::move(name)),
        unit_(unit),
        meaning_(std::move(meaning)),
        data_(std::move(data)),
        strings_(std::move(strings)) {}

  const std::string& name() const { return name_; }
  Unit unit() const { return unit_; }
  const std::string& meaning() const { return meaning_; }
  ColumnType type() const { return static_cast<ColumnType>(data_.index()); }
  std::size_t size() const;

  bool is_null(Row row) const;
  // Each asserts the column's type; nothing when unknown.
  std::optional<bool> boolean(Row row) const;
  std::optional<std::int64_t> integer(Row row) const;
  std::optional<double> real(Row row) const;  // of an integer column too
  std::optional<std::string_view> text(Row row) const;
  std::span<const std::int64_t> integers(Row row) const;
  std::size_t list_size(Row row) const;                    // of a list column
  std::string_view text_at(Row row, std::size_t i) const;  // of a texts column
  // The cell as plain text: numbers in their shortest exact form, "" when unknown, lists
  // as "1x3x224x224" and "a, b".
  std::string cell(Row row) const;

  const Data& data() const { return data_; }
  const std::shared_ptr<const StringPool>& strings() const { return strings_; }

  // The same column with another row order; rows may repeat, `no_row` gives unknown.
  Column take(std::span<const Row> rows) const;
  Column renamed(std::string name) const;

 private:
  std::string name_;
  Unit unit_;
  std::string meaning_;
  Data data_;
  std::shared_ptr<const StringPool> strings_;
};

// What `table[key]` gives: column[row] is a std::optional of the key's type (a span or a TextList
// for lists, empty when unknown).
class TextList {
 public:
  TextList(std::span<const StringId> ids, const StringPool* strings)
      : ids_(ids), strings_(strings) {}
  std::size_t size() const { return ids_.size(); }
  bool empty() const { return ids_.empty(); }
  std::string_view operator[](std::size_t i) const { return (*strings_)[ids_[i]]; }
  std::span<const StringId> ids() const { return ids_; }

 private:
  std::span<const StringId> ids_;
  const StringPool* strings_;
};

template <class T>
class View;

template <>
class View<double> {
 public:
  explicit View(const Column& c) : values_(std::get<2>(c.data())) {}
  std::optional<double> operator[](Row row) const {
    const double v = values_[row];
    return std::isnan(v) ? std::nullopt : std::optional<double>(v);
  }
  std::size_t size() const { return values_.size(); }
  std::span<const double> values() const { return values_; }  // NaN = unknown

 private:
  std::span<const double> values_;
};

template <>
class View<std::int64_t> {
 public:
  explicit View(const Column& c) : values_(std::get<1>(c.data())) {}
  std::optional<std::int64_t> operator[](Row row) const {
    const std::int64_t v = values_[row];
    return v == null_integer ? std::nullopt : std::optional<std::int64_t>(v);
  }
  std::size_t size() const { return values_.size(); }
  std::span<const std::int64_t> values() const { return values_; }  // null_integer = unknown

 private:
  std::span<const std::int64_t> values_;
};

template <>
class View<bool> {
 public:
  explicit View(const Column& c) : values_(std::get<0>(c.data()).values) {}
  std::optional<bool> operator[](Row row) const {
    return values_[row] == null_boolean ? std::nullopt : std::optional<bool>(values_[row] != 0);
  }
  bool is_true(Row row) const { return values_[row] == 1; }
  std::size_t size() const { return values_.size(); }

 private:
  std::span<const std::uint8_t> values_;
};

template <>
class View<std::string_view> {
 public:
  explicit View(const Column& c)
      : ids_(std::get<3>(c.data()).values), strings_(c.strings().get()) {}
  // "" when unknown: ask is_null() where that differs.
  std::string_view operator[](Row row) const {
    return ids_[row] == null_string ? std::string_view() : (*strings_)[ids_[row]];
  }
  bool is_null(Row row) const { return ids_[row] == null_string; }
  StringId id(Row row) const { return ids_[row]; }
  std::size_t size() const { return ids_.size(); }

 private:
  std::span<const StringId> ids_;
  const StringPool* strings_;
};

template <>
class View<Integers> {
 public:
  explicit View(const Column& c) : lists_(&std::get<4>(c.data())) {}
  std::span<const std::int64_t> operator[](Row row) const { return (*lists_)[row]; }
  bool is_null(Row row) const { return lists_->is_null(row); }
  std::size_t size() const { return lists_->size(); }

 private:
  const Lists<std::int64_t>* lists_;
};

template <>
class View<Texts> {
 public:
  explicit View(const Column& c) : lists_(&std::get<5>(c.data())), strings_(c.strings().get()) {}
  TextList operator[](Row row) const { return {(*lists_)[row], strings_}; }
  bool is_null(Row row) const { return lists_->is_null(row); }
  std::size_t size() const { return lists_->size(); }

 private:
  const Lists<StringId>* lists_;
  const StringPool* strings_;
};

}  // namespace trex

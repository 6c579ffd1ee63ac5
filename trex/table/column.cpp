// Reading cells, whatever the type, and rows in another order.

// SPDX-License-Identifier: Apache-2.0
#include "trex/table/column.hpp"

#include <fmt/format.h>

#include <cassert>
#include <iterator>

#include "trex/base/error.hpp"

namespace trex {
namespace {

template <class T>
std::vector<T> take_values(const std::vector<T>& values, std::span<const Row> rows, T unknown) {
  std::vector<T> result(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    result[i] = rows[i] == no_row ? unknown : values[rows[i]];
  }
  return result;
}

template <class T>
Lists<T> take_lists(const Lists<T>& lists, std::span<const Row> rows, const std::string& name) {
  std::uint64_t total = 0;
  for (const Row row : rows) total += row == no_row ? 0 : lists[row].size();
  if (total > UINT32_MAX) fail("column '{}' would hold {} values, more than 2^32", name, total);
  Lists<T> result;
  result.values.reserve(static_cast<std::size_t>(total));
  result.ends.reserve(rows.size());
  for (const Row row : rows) {
    if (row == no_row || lists.is_null(row)) {
      result.push_null();
    } else {
      result.push(lists[row]);
    }
  }
  return result;
}

struct Take {
  std::span<const Row> rows;
  const std::string& name;

  Column::Data operator()(const Booleans& column) const {
    return Booleans{take_values(column.values, rows, null_boolean)};
  }
  Column::Data operator()(const std::vector<std::int64_t>& values) const {
    return take_values(values, rows, null_integer);
  }
  Column::Data operator()(const std::vector<double>& values) const {
    return take_values(values, rows, null_real);
  }
  Column::Data operator()(const TextIds& column) const {
    return TextIds{take_values(column.values, rows, null_string)};
  }
  template <class T>
  Column::Data operator()(const Lists<T>& lists) const {
    return take_lists(lists, rows, name);
  }
};

struct Size {
  std::size_t operator()(const Booleans& column) const { return column.values.size(); }
  std::size_t operator()(const TextIds& column) const { return column.values.size(); }
  template <class T>
  std::size_t operator()(const T& values) const {
    return values.size();
  }
};

}  // namespace

std::string_view column_type_name(ColumnType type) {
  constexpr std::string_view names[] = {"boolean", "integer", "real", "text", "integers", "texts"};
  return names[static_cast<std::size_t>(type)];
}

std::size_t Column::size() const { return std::visit(Size(), data_); }

bool Column::is_null(Row row) const {
  switch (type()) {
    case ColumnType::boolean:
      return std::get<Booleans>(data_).values[row] == null_boolean;
    case ColumnType::integer:
      return std::get<1>(data_)[row] == null_integer;
    case ColumnType::real:
      return std::isnan(std::get<2>(data_)[row]);
    case ColumnType::text:
      return std::get<TextIds>(data_).values[row] == null_string;
    case ColumnType::integers:
      return std::get<4>(data_).is_null(row);
    case ColumnType::texts:
      return std::get<5>(data_).is_null(row);
  }
  return true;
}

std::optional<bool> Column::boolean(Row row) const {
  assert(type() == ColumnType::boolean);
  if (is_null(row)) return std::nullopt;
  return std::get<Booleans>(data_).values[row] != 0;
}

std::optional<std::int64_t> Column::integer(Row row) const {
  assert(type() == ColumnType::integer);
  if (is_null(row)) return std::nullopt;
  return std::get<1>(data_)[row];
}

std::optional<double> Column::real(Row row) const {
  assert(type() == ColumnType::real || type() == ColumnType::integer);
  if (is_null(row)) return std::nullopt;
  if (type() == ColumnType::integer) return static_cast<double>(std::get<1>(data_)[row]);
  return std::get<2>(data_)[row];
}

std::optional<std::string_view> Column::text(Row row) const {
  assert(type() == ColumnType::text);
  if (is_null(row)) return std::nullopt;
  return (*strings_)[std::get<TextIds>(data_).values[row]];
}

std::span<const std::int64_t> Column::integers(Row row) const {
  assert(type() == ColumnType::integers);
  return std::get<4>(data_)[row];
}

std::size_t Column::list_size(Row row) const {
  assert(type() == ColumnType::integers || type() == ColumnType::texts);
  return type() == ColumnType::integers ? std::get<4>(data_)[row].size()
                                        : std::get<5>(data_)[row].size();
}

std::string_view Column::text_at(Row row, std::size_t i) const {
  assert(type() == ColumnType::texts);
  return (*strings_)[std::get<5>(data_)[row][i]];
}

std::string Column::cell(Row row) const {
  if (is_null(row)) return "";
  std::string result;
  switch (type()) {
    case ColumnType::boolean:
      return *boolean(row) ? "true" : "false";
    case ColumnType::integer:
      return fmt::format("{}", *integer(row));
    case ColumnType::real:
      return fmt::format("{}", *real(row));
    case ColumnType::text:
      return std::string(*text(row));
    case ColumnType::integers:
      for (const std::int64_t value : integers(row)) {
        if (!result.empty()) result += 'x';
        fmt::format_to(std::back_inserter(result), "{}", value);
      }
      return result;
    case ColumnType::texts:
      for (std::size_t i = 0; i < list_size(row); ++i) {
        if (i != 0) result += ", ";
        result += text_at(row, i);
      }
      return result;
  }
  return result;
}

Column Column::take(std::span<const Row> rows) const {
  return {name_, unit_, meaning_, std::visit(Take{rows, name_}, data_), strings_};
}

Column Column::renamed(std::string name) const {
  return {std::move(name), unit_, meaning_, data_, strings_};
}

}  // namespace trex

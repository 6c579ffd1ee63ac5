// Sorting rows by typed keys: numbers as 64-bit keys beside their row, texts by their first bytes.
//
// The row number breaks ties, so the faster unstable sorts give the stable order.

// SPDX-License-Identifier: Apache-2.0
#include "trex/table/order.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <numeric>

namespace trex {
namespace {

template <class Entry, class Less>
void sort_first(std::vector<Entry>& entries, std::size_t count, Less less) {
  if (count >= entries.size()) {
    std::sort(entries.begin(), entries.end(), less);
  } else {
    const auto middle = entries.begin() + static_cast<std::ptrdiff_t>(count);
    std::partial_sort(entries.begin(), middle, entries.end(), less);
  }
}

// Unknown rows follow the known ones, in their own order.
template <class Entry>
std::vector<Row> rows_of(const std::vector<Entry>& entries, const std::vector<Row>& unknown,
                         std::size_t count) {
  std::vector<Row> rows;
  rows.reserve(std::min(count, entries.size() + unknown.size()));
  for (std::size_t i = 0; i < entries.size() && rows.size() < count; ++i) {
    rows.push_back(entries[i].row);
  }
  for (std::size_t i = 0; i < unknown.size() && rows.size() < count; ++i) {
    rows.push_back(unknown[i]);
  }
  return rows;
}

// Unsigned keys that sort as the values do.
std::uint64_t sort_key(std::int64_t value) {
  return static_cast<std::uint64_t>(value) ^ (std::uint64_t{1} << 63U);
}
std::uint64_t sort_key(double value) {
  value += 0.0;  // -0 and 0 are equal
  std::uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof bits);
  const bool negative = (bits >> 63U) != 0;
  return negative ? ~bits : bits | (std::uint64_t{1} << 63U);
}
std::uint64_t sort_key(std::uint8_t value) { return value; }

bool is_unknown(std::int64_t value) { return value == null_integer; }
bool is_unknown(double value) { return std::isnan(value); }
bool is_unknown(std::uint8_t value) { return value == null_boolean; }

struct NumberEntry {
  std::uint64_t key;
  Row row;
};

template <class T>
std::vector<Row> order_numbers(const std::vector<T>& values, Order order, std::size_t count) {
  const std::uint64_t flip = order == Order::descending ? ~std::uint64_t{0} : 0;
  std::vector<NumberEntry> entries;
  std::vector<Row> unknown;
  entries.reserve(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Row row = static_cast<Row>(i);
    if (is_unknown(values[i])) {
      unknown.push_back(row);
    } else {
      entries.push_back({sort_key(values[i]) ^ flip, row});
    }
  }
  sort_first(entries, count, [](const NumberEntry& a, const NumberEntry& b) {
    return a.key != b.key ? a.key < b.key : a.row < b.row;
  });
  return rows_of(entries, unknown, count);
}

struct TextEntry {
  std::uint64_t prefix;  // the first 8 bytes after what all texts begin with, big-endian
  StringId id;
  Row row;
};

std::uint64_t prefix_of(std::string_view text) {
  std::uint64_t prefix = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    prefix = (prefix << 8U) | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
  }
  return prefix;
}

std::size_t common_length(std::string_view a, std::string_view b) {
  const std::size_t most = std::min(a.size(), b.size());
  return static_cast<std::size_t>(
      std::mismatch(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(most), b.begin()).first -
      a.begin());
}

std::vector<Row> order_texts(const std::vector<StringId>& ids, const StringPool& strings,
                             Order order, std::size_t count) {
  std::vector<TextEntry> entries;
  std::vector<Row> unknown;
  entries.reserve(ids.size());
  std::string_view common;  // what every known text begins with
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const Row row = static_cast<Row>(i);
    if (ids[i] == null_string) {
      unknown.push_back(row);
      continue;
    }
    const std::string_view text = strings[ids[i]];
    common = entries.empty() ? text : common.substr(0, common_length(common, text));
    entries.push_back({0, ids[i], row});
  }
  for (TextEntry& entry : entries) {
    entry.prefix = prefix_of(strings[entry.id].substr(common.size()));
  }
  const bool descending = order == Order::descending;
  sort_first(entries, count, [&](const TextEntry& a, const TextEntry& b) {
    if (a.prefix != b.prefix) return (a.prefix < b.prefix) != descending;
    if (a.id == b.id) return a.row < b.row;
    const int compared = strings[a.id].compare(strings[b.id]);
    return (compared < 0) != descending;  // never equal: the pool holds each text once
  });
  return rows_of(entries, unknown, count);
}

struct ListEntry {
  Row row;
};

// Compares element by element, then by length; `compare` gives <0, 0, >0 for two elements.
template <class T, class Compare>
std::vector<Row> order_lists(const Lists<T>& lists, Order order, std::size_t count,
                             Compare compare) {
  std::vector<ListEntry> entries;
  std::vector<Row> unknown;
  for (std::size_t i = 0; i < lists.size(); ++i) {
    const Row row = static_cast<Row>(i);
    if (lists.is_null(i)) {
      unknown.push_back(row);
    } else {
      entries.push_back({row});
    }
  }
  const bool descending = order == Order::descending;
  sort_first(entries, count, [&](const ListEntry& a, const ListEntry& b) {
    const auto x = lists[a.row];
    const auto y = lists[b.row];
    const std::size_t most = std::min(x.size(), y.size());
    for (std::size_t i = 0; i < most; ++i) {
      const int compared = compare(x[i], y[i]);
      if (compared != 0) return (compared < 0) != descending;
    }
    if (x.size() != y.size()) return (x.size() < y.size()) != descending;
    return a.row < b.row;
  });
  return rows_of(entries, unknown, count);
}

}  // namespace

std::vector<Row> first_rows(const Column& column, Order order, std::size_t count) {
  const auto& data = column.data();
  switch (column.type()) {
    case ColumnType::boolean:
      return order_numbers(std::get<0>(data).values, order, count);
    case ColumnType::integer:
      return order_numbers(std::get<1>(data), order, count);
    case ColumnType::real:
      return order_numbers(std::get<2>(data), order, count);
    case ColumnType::text:
      return order_texts(std::get<3>(data).values, *column.strings(), order, count);
    case ColumnType::integers:
      return order_lists(std::get<4>(data), order, count, [](std::int64_t a, std::int64_t b) {
        return static_cast<int>(a > b) - static_cast<int>(a < b);
      });
    case ColumnType::texts: {
      const StringPool& strings = *column.strings();
      return order_lists(std::get<5>(data), order, count, [&strings](StringId a, StringId b) {
        return a == b ? 0 : strings[a].compare(strings[b]);
      });
    }
  }
  return {};
}

}  // namespace trex

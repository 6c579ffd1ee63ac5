// The buffers of a batch of Arrow rows.

// SPDX-License-Identifier: Apache-2.0
#include "trex/store/arrow_body.hpp"

#include <bit>

#include "trex/base/error.hpp"
#include "trex/base/text.hpp"

namespace trex::store {
namespace {

static_assert(std::endian::native == std::endian::little, "buffers are written as they are");

std::int32_t arrow_offset(std::size_t value) {
  if (value > INT32_MAX) fail("the texts of one row are too long for Arrow: over 2 GiB");
  return static_cast<std::int32_t>(value);
}

}  // namespace

void ArrowBody::add_node(std::size_t length, std::int64_t nulls) {
  nodes_.insert(nodes_.end(), {static_cast<std::int64_t>(length), nulls});
}
void ArrowBody::end() {
  buffers_.insert(buffers_.end(), {static_cast<std::int64_t>(start_),
                                   static_cast<std::int64_t>(bytes_.size() - start_)});
  bytes_.resize((bytes_.size() + 7) / 8 * 8, '\0');
}

template <class Is>
void ArrowBody::add_bits(RowSpan rows, Is is) {
  begin();
  bytes_.resize(start_ + (rows.size() + 7) / 8, '\0');
  for (Row row = rows.first; row < rows.last; ++row) {
    if (!is(row)) continue;
    const std::size_t at = row - rows.first;
    char& byte = bytes_[start_ + at / 8];
    byte = static_cast<char>(static_cast<unsigned char>(byte) | (1U << (at % 8)));
  }
  end();
}

// No bitmap where all are known.
void ArrowBody::add_validity(const Column& column, RowSpan rows) {
  std::int64_t nulls = 0;
  for (Row row = rows.first; row < rows.last; ++row) nulls += column.is_null(row) ? 1 : 0;
  add_node(rows.size(), nulls);
  if (nulls > 0) {
    add_bits(rows, [&](Row row) { return !column.is_null(row); });
  } else {
    begin();
    end();
  }
}

template <class T>
void ArrowBody::add_numbers(const T* values, std::size_t count) {
  begin();
  bytes_.append(reinterpret_cast<const char*>(values), count * sizeof(T));
  end();
}

template <class Text>
void ArrowBody::add_texts(RowSpan rows, Text text) {
  std::vector<std::int32_t> ends{0};
  std::string all;
  for (Row row = rows.first; row < rows.last; ++row) {
    const std::string_view value = text(row);
    if (is_valid_utf8(value)) {
      all += value;
    } else {
      all += to_valid_utf8(value);
    }
    ends.push_back(arrow_offset(all.size()));
  }
  add_numbers(ends.data(), ends.size());
  begin();
  bytes_ += all;
  end();
}

template <class T>
void ArrowBody::add_ends(const Lists<T>& lists, RowSpan rows) {
  std::vector<std::int32_t> ends{0};
  std::size_t count = 0;
  for (Row row = rows.first; row < rows.last; ++row) {
    count += lists[row].size();
    ends.push_back(arrow_offset(count));
  }
  add_numbers(ends.data(), ends.size());
  add_node(count, 0);  // the items: all known
  begin();
  end();
}

void ArrowBody::add_integer_lists(const Lists<std::int64_t>& lists, RowSpan rows) {
  add_ends(lists, rows);
  begin();
  for (Row row = rows.first; row < rows.last; ++row) {
    const auto list = lists[row];
    bytes_.append(reinterpret_cast<const char*>(list.data()), list.size() * sizeof(list[0]));
  }
  end();
}

void ArrowBody::add_text_lists(const Column& column, const Lists<StringId>& lists, RowSpan rows) {
  add_ends(lists, rows);
  std::vector<StringId> ids;
  for (Row row = rows.first; row < rows.last; ++row) {
    ids.insert(ids.end(), lists[row].begin(), lists[row].end());
  }
  add_texts({0, static_cast<Row>(ids.size())},
            [&](Row at) { return (*column.strings())[ids[at]]; });
}

void ArrowBody::add_column(const Column& column, RowSpan rows) {
  add_validity(column, rows);
  switch (column.type()) {
    case ColumnType::boolean:
      add_bits(rows, [&](Row row) { return column.boolean(row).value_or(false); });
      break;
    case ColumnType::integer:
      add_numbers(std::get<1>(column.data()).data() + rows.first, rows.size());
      break;
    case ColumnType::real:
      add_numbers(std::get<2>(column.data()).data() + rows.first, rows.size());
      break;
    case ColumnType::text:
      add_texts(rows, [&](Row row) { return column.text(row).value_or(""); });
      break;
    case ColumnType::integers:
      add_integer_lists(std::get<4>(column.data()), rows);
      break;
    case ColumnType::texts:
      add_text_lists(column, std::get<5>(column.data()), rows);
      break;
  }
}

}  // namespace trex::store

// Copying cells: numbers by value, texts by pointer, lists by element.

// SPDX-License-Identifier: Apache-2.0
#include "trex/store/duckdb_fill.hpp"

#include <cstring>
#include <new>

#include "trex/base/text.hpp"

namespace trex::store {
namespace {

// Row `row` of a vector of texts; `data` is the vector's.
void put_text(const duckdb::Api& api, duckdb::Vector vector, void* data, std::uint64_t row,
              std::string_view text) {
  if (!is_valid_utf8(text)) {
    const std::string mended = to_valid_utf8(text);
    api.assign_text(vector, row, mended.data(), mended.size());
    return;
  }
  static_cast<duckdb::Text*>(data)[row].set(text);
}

void put_element(const duckdb::Api&, duckdb::Vector, void* data, std::uint64_t row,
                 std::int64_t value, const StringPool*) {
  static_cast<std::int64_t*>(data)[row] = value;
}
void put_element(const duckdb::Api& api, duckdb::Vector vector, void* data, std::uint64_t row,
                 StringId value, const StringPool* strings) {
  put_text(api, vector, data, row, value == null_string ? "" : (*strings)[value]);
}

}  // namespace

void VectorFiller::set_null(std::uint64_t row) {
  if (validity_ == nullptr) {
    api_.make_validity(vector_);
    validity_ = api_.validity(vector_);
  }
  validity_[row / 64] &= ~(std::uint64_t{1} << (row % 64));
}

void VectorFiller::append(const Column* column, Row first, std::uint64_t count) {
  if (column == nullptr) {
    append_nulls(count);
  } else {
    switch (type_) {
      case ColumnType::boolean:
        append_booleans(*column, first, count);
        break;
      case ColumnType::integer:
        append_integers(*column, first, count);
        break;
      case ColumnType::real:
        append_reals(*column, first, count);
        break;
      case ColumnType::text:
        append_texts(*column, first, count);
        break;
      case ColumnType::integers:
        append_lists(*column, std::get<Lists<std::int64_t>>(column->data()), first, count);
        break;
      case ColumnType::texts:
        append_lists(*column, std::get<Lists<StringId>>(column->data()), first, count);
        break;
    }
  }
  at_ += count;
}

void VectorFiller::append_nulls(std::uint64_t count) {
  const bool is_list = type_ == ColumnType::integers || type_ == ColumnType::texts;
  for (std::uint64_t i = 0; i < count; ++i) {
    set_null(at_ + i);
    if (is_list) static_cast<duckdb::ListEntry*>(data_)[at_ + i] = {0, 0};
  }
}

void VectorFiller::append_booleans(const Column& column, Row first, std::uint64_t count) {
  const std::uint8_t* from = std::get<Booleans>(column.data()).values.data() + first;
  auto* to = static_cast<std::uint8_t*>(data_) + at_;
  for (std::uint64_t i = 0; i < count; ++i) {
    to[i] = from[i] == 1;
    if (from[i] == null_boolean) set_null(at_ + i);
  }
}

void VectorFiller::append_integers(const Column& column, Row first, std::uint64_t count) {
  const std::int64_t* from = std::get<std::vector<std::int64_t>>(column.data()).data() + first;
  auto* to = static_cast<std::int64_t*>(data_) + at_;
  std::memcpy(to, from, count * sizeof *to);
  for (std::uint64_t i = 0; i < count; ++i) {
    if (from[i] == null_integer) set_null(at_ + i);
  }
}

void VectorFiller::append_reals(const Column& column, Row first, std::uint64_t count) {
  auto* to = static_cast<double*>(data_) + at_;
  if (column.type() == ColumnType::integer) {
    for (std::uint64_t i = 0; i < count; ++i) {
      to[i] = column.real(static_cast<Row>(first + i)).value_or(null_real);
    }
  } else {
    const double* from = std::get<std::vector<double>>(column.data()).data() + first;
    std::memcpy(to, from, count * sizeof *to);
  }
  for (std::uint64_t i = 0; i < count; ++i) {
    if (std::isnan(to[i])) set_null(at_ + i);
  }
}

void VectorFiller::append_texts(const Column& column, Row first, std::uint64_t count) {
  const StringId* from = std::get<TextIds>(column.data()).values.data() + first;
  const StringPool& strings = *column.strings();
  for (std::uint64_t i = 0; i < count; ++i) {
    if (from[i] == null_string) {
      set_null(at_ + i);
    } else {
      put_text(api_, vector_, data_, at_ + i, strings[from[i]]);
    }
  }
}

template <class T>
void VectorFiller::append_lists(const Column& column, const Lists<T>& lists, Row first,
                                std::uint64_t count) {
  std::uint64_t size = api_.list_size(vector_);
  const std::uint64_t start = first == 0 ? 0 : lists.ends[first - 1];
  const std::uint64_t more = lists.ends[first + count - 1] - start;
  if (api_.reserve_list(vector_, size + more) != duckdb::success) throw std::bad_alloc();
  duckdb::Vector child = api_.list_child(vector_);
  void* elements = api_.vector_data(child);
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::span<const T> list = lists[first + i];
    static_cast<duckdb::ListEntry*>(data_)[at_ + i] = {size, list.size()};
    if (lists.is_null(first + i)) set_null(at_ + i);
    for (const T value : list) {
      put_element(api_, child, elements, size++, value, column.strings().get());
    }
  }
  if (api_.set_list_size(vector_, size) != duckdb::success) throw std::bad_alloc();
}

}  // namespace trex::store

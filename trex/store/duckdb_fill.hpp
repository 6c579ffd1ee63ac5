// Cells of our columns into one of DuckDB's vectors.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "trex/store/duckdb_api.hpp"
#include "trex/table/column.hpp"

namespace trex::store {

// Fills one vector from its first row on. Unknown becomes NULL. Texts are not copied, so the
// column must live as long as the query; what is not UTF-8 is copied, mended with U+FFFD.
class VectorFiller {
 public:
  // `type`: what the vector was declared as.
  VectorFiller(const duckdb::Api& api, duckdb::Vector vector, ColumnType type)
      : api_(api), vector_(vector), data_(api.vector_data(vector)), type_(type) {}

  // `count` rows of the column from `first` on; NULLs where there is no column.
  void append(const Column* column, Row first, std::uint64_t count);

 private:
  void append_nulls(std::uint64_t count);
  void append_booleans(const Column& column, Row first, std::uint64_t count);
  void append_integers(const Column& column, Row first, std::uint64_t count);
  void append_reals(const Column& column, Row first, std::uint64_t count);
  void append_texts(const Column& column, Row first, std::uint64_t count);
  template <class T>
  void append_lists(const Column& column, const Lists<T>& lists, Row first, std::uint64_t count);
  void set_null(std::uint64_t row);

  const duckdb::Api& api_;
  duckdb::Vector vector_;
  void* data_;
  ColumnType type_;
  std::uint64_t at_ = 0;  // rows filled
  std::uint64_t* validity_ = nullptr;
};

}  // namespace trex::store

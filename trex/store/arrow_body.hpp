// The buffers of a batch of Arrow rows, one after the other, and where each of them stands.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "trex/table/table.hpp"

namespace trex::store {

struct RowSpan {
  Row first, last;  // [first, last)
  std::size_t size() const { return last - first; }
};

// Each column gives its node (length, nulls) and buffers, then those of its items: validity bits,
// offsets, values, as https://arrow.apache.org/docs/format/Columnar.html lays them out. Texts that
// are not UTF-8 are mended.
class ArrowBody {
 public:
  // Throws Error where the texts of the rows have more than 2 GiB.
  void add_column(const Column& column, RowSpan rows);

  const std::string& bytes() const { return bytes_; }
  const std::vector<std::int64_t>& nodes() const { return nodes_; }      // length, nulls
  const std::vector<std::int64_t>& buffers() const { return buffers_; }  // offset, length

 private:
  void add_node(std::size_t length, std::int64_t nulls);
  void begin() { start_ = bytes_.size(); }
  void end();
  template <class Is>
  void add_bits(RowSpan rows, Is is);
  void add_validity(const Column& column, RowSpan rows);
  template <class T>
  void add_numbers(const T* values, std::size_t count);
  template <class Text>
  void add_texts(RowSpan rows, Text text);
  template <class T>
  void add_ends(const Lists<T>& lists, RowSpan rows);
  void add_integer_lists(const Lists<std::int64_t>& lists, RowSpan rows);
  void add_text_lists(const Column& column, const Lists<StringId>& lists, RowSpan rows);

  std::string bytes_;
  std::size_t start_ = 0;
  std::vector<std::int64_t> nodes_, buffers_;
};

}  // namespace trex::store

// A FlatBuffer written from its root downwards.

// SPDX-License-Identifier: Apache-2.0
#include "trex/store/flatbuffer.hpp"

#include <algorithm>

namespace trex::store {

void FlatBuffer::align(std::size_t to, std::size_t ahead) {
  while ((bytes_.size() + ahead) % to != 0) bytes_ += '\0';
}

void FlatBuffer::put(std::int64_t value, std::size_t size) {
  bytes_.append(size, '\0');
  set(bytes_.size() - size, value, size);
}

void FlatBuffer::set(Place at, std::int64_t value, std::size_t size) {
  const auto bits = static_cast<std::uint64_t>(value);
  for (std::size_t i = 0; i < size; ++i) {
    bytes_[at + i] = static_cast<char>(static_cast<unsigned char>(bits >> (8 * i)));
  }
}

// The vtable: its own size, the table's, then where each field stands in the table (0: nowhere).
std::vector<FlatBuffer::Place> FlatBuffer::table(Place hole, std::initializer_list<Field> fields) {
  std::vector<Field> sorted(fields);  // the widest first, so that nothing lies between them
  for (Field& field : sorted) {
    if (field.size == 0) field.size = 4;
  }
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Field& a, const Field& b) { return a.size > b.size; });
  std::size_t end = 4;  // behind the reference to the vtable, which is aligned to 8 behind
  std::uint16_t ids = 0;
  for (const Field& field : sorted) {
    end += field.size;
    ids = std::max<std::uint16_t>(ids, static_cast<std::uint16_t>(field.id + 1));
  }
  const std::size_t vtable_size = 4 + 2 * std::size_t{ids};
  align(8, vtable_size + 4);
  const Place vtable = bytes_.size();
  put(static_cast<std::int64_t>(vtable_size), 2);
  put(static_cast<std::int64_t>(end), 2);
  bytes_.append(2 * std::size_t{ids}, '\0');
  fill(hole);
  const Place table = bytes_.size();
  put(static_cast<std::int64_t>(table - vtable), 4);
  for (const Field& field : sorted) {
    set(vtable + 4 + 2 * std::size_t{field.id}, static_cast<std::int64_t>(bytes_.size() - table),
        2);
    put(field.value, field.size);
  }
  std::vector<Place> holes;
  for (const Field& field : fields) {
    if (field.size != 0) continue;
    const Place entry = vtable + 4 + 2 * std::size_t{field.id};
    const auto low = static_cast<unsigned char>(bytes_[entry]);
    const auto high = static_cast<unsigned char>(bytes_[entry + 1]);
    holes.push_back(table + low + 256 * std::size_t{high});
  }
  return holes;
}

std::vector<FlatBuffer::Place> FlatBuffer::references(Place hole, std::size_t count) {
  align(4);
  fill(hole);
  put(static_cast<std::int64_t>(count), 4);
  std::vector<Place> holes;
  for (std::size_t i = 0; i < count; ++i) {
    holes.push_back(bytes_.size());
    put(0, 4);
  }
  return holes;
}

void FlatBuffer::structs(Place hole, const std::vector<std::int64_t>& values, std::size_t in_each) {
  align(8, 4);
  fill(hole);
  put(static_cast<std::int64_t>(values.size() / in_each), 4);
  for (const std::int64_t value : values) put(value, 8);
}

void FlatBuffer::text(Place hole, std::string_view text) {
  align(4);
  fill(hole);
  put(static_cast<std::int64_t>(text.size()), 4);
  bytes_ += text;
  bytes_ += '\0';
}

std::string FlatBuffer::take() {
  align(8);
  return std::move(bytes_);
}

}  // namespace trex::store

// A FlatBuffer written from its root downwards: enough for the metadata of Arrow messages.
//
// A table is written with its scalars and with holes where it refers to other objects; each hole is
// filled when what it refers to is written, which the format wants behind it. Layout as of
// https://flatbuffers.dev/internals: little endian, everything aligned to its size from the
// buffer's start, a table's vtable before it.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace trex::store {

class FlatBuffer {
 public:
  using Place = std::size_t;  // of a hole

  struct Field {
    std::uint16_t id;
    std::uint8_t size;  // 1, 2, 4 or 8 bytes; 0: a reference
    std::int64_t value = 0;
  };
  static Field reference(std::uint16_t id) { return {id, 0}; }

  FlatBuffer() : bytes_(4, '\0') {}  // the reference to the root
  static constexpr Place root = 0;

  // Writes a table into a hole. The holes of its references, in the order given.
  std::vector<Place> table(Place hole, std::initializer_list<Field> fields);
  // A list of references, and their holes.
  std::vector<Place> references(Place hole, std::size_t count);
  // A list of structs of so many int64 each, one after the other.
  void structs(Place hole, const std::vector<std::int64_t>& values, std::size_t in_each);
  void text(Place hole, std::string_view text);

  // Filled up to a multiple of 8 bytes.
  std::string take();

 private:
  void align(std::size_t to, std::size_t ahead = 0);  // so that what comes `ahead` is aligned
  void put(std::int64_t value, std::size_t size);
  void set(Place at, std::int64_t value, std::size_t size);
  void fill(Place hole) { set(hole, static_cast<std::int64_t>(bytes_.size() - hole), 4); }

  std::string bytes_;
};

}  // namespace trex::store

// Hashing for the tables' own hash maps, which no result ever shows the order of.
//
// Seeded by where the program was loaded, so that a file cannot be made to collide everywhere.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace trex {

std::uint64_t hash_number(std::uint64_t value);
std::uint64_t hash_text(std::string_view text);

// Numbers things 0, 1, 2 ... by their first appearance. Open addressing, at most half full.
class Numbering {
 public:
  explicit Numbering(std::size_t expected = 0);
  std::uint32_t number_of(std::uint64_t value);   // a new number when it is new
  std::uint32_t find(std::uint64_t value) const;  // `absent` when it has none
  std::size_t size() const { return values_.size(); }
  static constexpr std::uint32_t absent = UINT32_MAX;

 private:
  std::size_t slot_of(std::uint64_t value) const;
  void grow();
  std::vector<std::uint64_t> values_;
  std::vector<std::uint32_t> slots_;  // size is a power of two
};

}  // namespace trex

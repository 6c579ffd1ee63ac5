// Interned strings: each text once in one arena, named by a small number.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace trex {

using StringId = std::uint32_t;
inline constexpr StringId null_string = UINT32_MAX;  // an unknown text; "" is a known one

class StringPool {
 public:
  void reserve(std::size_t texts);             // room for so many in all
  StringId intern(std::string_view text);      // views stay valid while the pool lives
  StringId find(std::string_view text) const;  // null_string when absent
  // A text that is looked up in two steps. The first starts to fetch what the second looks at: with
  // a million texts nearly every look-up waits for memory, and several begun together wait
  // together. The text must not change in between.
  struct Sought {
    std::string_view text;
    std::uint32_t hash = 0;
  };
  Sought seek(std::string_view text) const;
  StringId intern_sought(Sought sought);
  std::string_view operator[](StringId id) const { return views_[id]; }
  std::size_t size() const { return views_.size(); }
  std::size_t memory_bytes() const;

 private:
  std::string_view store(std::string_view text);
  std::size_t slot_of(std::string_view text, std::uint32_t hash) const;
  void rehash(std::size_t size);
  std::vector<std::string_view> views_;
  struct Slot {  // the hash stands beside the id, so that other texts are told at one look
    std::uint32_t hash = 0;
    StringId id = null_string;
  };
  std::vector<Slot> slots_;                      // open addressing; size is a power of two
  std::vector<std::unique_ptr<char[]>> blocks_;  // the last is the one in use
  std::size_t block_used_ = 0;
  std::size_t block_size_ = 0;
  std::size_t block_bytes_ = 0;  // of all blocks but the large texts' own
  std::size_t large_bytes_ = 0;
};

}  // namespace trex

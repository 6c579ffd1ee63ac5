// The arena and its hash table. Ids follow the order of first appearance.

// SPDX-License-Identifier: Apache-2.0
#include "trex/table/strings.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>

#include "trex/table/hash.hpp"

namespace trex {
namespace {

constexpr std::size_t first_block_bytes = std::size_t{4} << 10;
constexpr std::size_t largest_block_bytes = std::size_t{1} << 20;
constexpr StringId empty_slot = null_string;

std::uint32_t short_hash(std::string_view text) {
  return static_cast<std::uint32_t>(hash_text(text) >> 32U);
}

}  // namespace

std::string_view StringPool::store(std::string_view text) {
  if (text.empty()) return "";
  if (text.size() > largest_block_bytes / 4) {  // a block of its own, before the one in use
    blocks_.emplace_back(new char[text.size()]);
    char* start = blocks_.back().get();
    if (blocks_.size() > 1) std::swap(blocks_.back(), blocks_[blocks_.size() - 2]);
    large_bytes_ += text.size();
    std::memcpy(start, text.data(), text.size());
    return {start, text.size()};
  }
  if (blocks_.empty() || block_size_ - block_used_ < text.size()) {
    const std::size_t doubled = std::clamp(2 * block_size_, first_block_bytes, largest_block_bytes);
    block_size_ = std::max(doubled, text.size());
    block_used_ = 0;
    blocks_.emplace_back(new char[block_size_]);
    block_bytes_ += block_size_;
  }
  char* start = blocks_.back().get() + block_used_;
  block_used_ += text.size();
  std::memcpy(start, text.data(), text.size());
  return {start, text.size()};
}

void StringPool::reserve(std::size_t texts) {
  views_.reserve(texts);
  std::size_t size = 64;
  while (2 * size < 3 * texts) size *= 2;
  if (size > slots_.size()) rehash(size);
}

// `size` is a power of two.
void StringPool::rehash(std::size_t size) {
  std::vector<Slot> old(size);
  old.swap(slots_);
  const std::size_t mask = slots_.size() - 1;
  for (const Slot& entry : old) {
    if (entry.id == empty_slot) continue;
    std::size_t slot = entry.hash & mask;
    while (slots_[slot].id != empty_slot) slot = (slot + 1) & mask;
    slots_[slot] = entry;
  }
}

std::size_t StringPool::slot_of(std::string_view text, std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  while (slots_[slot].id != empty_slot &&
         (slots_[slot].hash != hash || views_[slots_[slot].id] != text)) {
    slot = (slot + 1) & mask;
  }
  return slot;
}

StringPool::Sought StringPool::seek(std::string_view text) const {
  const std::uint32_t hash = short_hash(text);
  if (!slots_.empty()) __builtin_prefetch(&slots_[hash & (slots_.size() - 1)]);
  return {text, hash};
}

StringId StringPool::intern_sought(Sought sought) {
  // At most two thirds full: a look-up then sees some two slots, which stand side by side.
  if (3 * (views_.size() + 1) > 2 * slots_.size()) {
    rehash(std::max<std::size_t>(64, 2 * slots_.size()));
  }
  Slot& slot = slots_[slot_of(sought.text, sought.hash)];
  if (slot.id != empty_slot) return slot.id;
  assert(views_.size() < null_string);
  const auto id = static_cast<StringId>(views_.size());
  views_.push_back(store(sought.text));
  slot = {sought.hash, id};
  return id;
}

StringId StringPool::intern(std::string_view text) {
  return intern_sought({text, short_hash(text)});
}

StringId StringPool::find(std::string_view text) const {
  return slots_.empty() ? null_string : slots_[slot_of(text, short_hash(text))].id;
}

std::size_t StringPool::memory_bytes() const {
  return block_bytes_ + large_bytes_ + views_.capacity() * sizeof(std::string_view) +
         slots_.capacity() * sizeof(Slot) + blocks_.capacity() * sizeof(std::unique_ptr<char[]>);
}

}  // namespace trex

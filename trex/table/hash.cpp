// Multiply and fold, 8 bytes a step; linear probing.

// SPDX-License-Identifier: Apache-2.0
#include "trex/table/hash.hpp"

#include <cstring>

namespace trex {
namespace {

const char seed_place = 0;

// The finalizer of SplitMix64 (Steele, Lea, Flood 2014): every input bit reaches every output bit.
std::uint64_t mix(std::uint64_t x) {
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
  return x ^ (x >> 31U);
}

std::uint64_t seed() {
  static const std::uint64_t value = mix(reinterpret_cast<std::uintptr_t>(&seed_place));
  return value;
}

}  // namespace

std::uint64_t hash_number(std::uint64_t value) { return mix(value + seed()); }

std::uint64_t hash_text(std::string_view text) {
  std::uint64_t hash = seed() ^ text.size();
  while (text.size() >= 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data(), 8);
    hash = (hash ^ word) * 0x9E3779B97F4A7C15U;  // 2^64 / golden ratio; the end mixes it all
    hash ^= hash >> 32U;
    text.remove_prefix(8);
  }
  std::uint64_t rest = 0;
  if (!text.empty()) std::memcpy(&rest, text.data(), text.size());
  return mix(hash ^ rest);
}

Numbering::Numbering(std::size_t expected) {
  std::size_t size = 16;
  while (size < 2 * expected) size *= 2;
  slots_.assign(size, absent);
}

std::size_t Numbering::slot_of(std::uint64_t value) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = static_cast<std::size_t>(hash_number(value)) & mask;
  while (slots_[slot] != absent && values_[slots_[slot]] != value) slot = (slot + 1) & mask;
  return slot;
}

std::uint32_t Numbering::number_of(std::uint64_t value) {
  std::size_t slot = slot_of(value);
  if (slots_[slot] != absent) return slots_[slot];
  if (2 * (values_.size() + 1) > slots_.size()) {
    grow();
    slot = slot_of(value);
  }
  slots_[slot] = static_cast<std::uint32_t>(values_.size());
  values_.push_back(value);
  return slots_[slot];
}

std::uint32_t Numbering::find(std::uint64_t value) const { return slots_[slot_of(value)]; }

void Numbering::grow() {
  slots_.assign(2 * slots_.size(), absent);
  for (std::uint32_t i = 0; i < values_.size(); ++i) slots_[slot_of(values_[i])] = i;
}

}  // namespace trex

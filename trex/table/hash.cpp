// Multiply and fold, 16 bytes a step; linear probing.

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

namespace {

__extension__ using Wide = unsigned __int128;

template <class Word>
std::uint64_t word_at(const char* at) {
  Word word;
  std::memcpy(&word, at, sizeof word);
  return word;
}

// Two odd constants of SplitMix64, so that no text of zeros gives zero.
std::uint64_t multiply_and_fold(std::uint64_t a, std::uint64_t b) {
  const Wide product = Wide{a ^ 0x9E3779B97F4A7C15U} * (b ^ 0xBF58476D1CE4E5B9U);
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
}

}  // namespace

std::uint64_t hash_text(std::string_view text) {
  const char* at = text.data();
  const std::size_t size = text.size();
  std::uint64_t hash = seed() ^ size;
  if (size >= 16) {
    const char* last = at + size - 16;
    for (; at < last; at += 16) {
      hash = multiply_and_fold(word_at<std::uint64_t>(at) ^ hash, word_at<std::uint64_t>(at + 8));
    }
    // The last 16 bytes, of which some may have been seen: the size tells how many.
    hash = multiply_and_fold(word_at<std::uint64_t>(last) ^ hash, word_at<std::uint64_t>(last + 8));
  } else if (size >= 8) {
    hash =
        multiply_and_fold(word_at<std::uint64_t>(at) ^ hash, word_at<std::uint64_t>(at + size - 8));
  } else if (size >= 4) {
    hash =
        multiply_and_fold(word_at<std::uint32_t>(at) ^ hash, word_at<std::uint32_t>(at + size - 4));
  } else if (size > 0) {
    const std::uint64_t middle = word_at<unsigned char>(at + size / 2) << 8U;
    hash = multiply_and_fold(word_at<unsigned char>(at) ^ hash,
                             middle | word_at<unsigned char>(at + size - 1));
  }
  return mix(hash);
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

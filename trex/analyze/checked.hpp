// Integer products and sums that say when they do not fit.
//
// Dimensions and counts come from a file: they may lie, be negative (dynamic) or be huge.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>

namespace trex {

// Nothing for a negative factor (a dynamic dimension) or a product past int64; 1 for no factors.
inline std::optional<std::int64_t> checked_product(std::span<const std::int64_t> factors) {
  bool zero = false;
  for (const std::int64_t factor : factors) {
    if (factor < 0) return std::nullopt;
    zero = zero || factor == 0;
  }
  if (zero) return 0;  // however large the other factors
  std::int64_t result = 1;
  for (const std::int64_t factor : factors) {
    if (__builtin_mul_overflow(result, factor, &result)) return std::nullopt;
  }
  return result;
}

inline std::optional<std::int64_t> checked_product(std::initializer_list<std::int64_t> factors) {
  return checked_product(std::span<const std::int64_t>(factors.begin(), factors.size()));
}

// Of values that are never negative; nothing past int64.
inline std::optional<std::int64_t> checked_sum(std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  if (__builtin_add_overflow(a, b, &result)) return std::nullopt;
  return result;
}

}  // namespace trex

// Cells as small numbers: equal cells, and only those, have equal codes. For grouping and joining.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstring>
#include <vector>

#include "trex/table/column.hpp"

namespace trex {

inline constexpr std::uint32_t unknown_code = UINT32_MAX;

// -0 and 0 are the same value.
inline std::uint64_t bits_of(double value) {
  value += 0.0;
  std::uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof bits);
  return bits;
}

// One code a row, `unknown_code` for unknown cells. Not for a texts column.
std::vector<std::uint32_t> cell_codes(const Column& column);

}  // namespace trex

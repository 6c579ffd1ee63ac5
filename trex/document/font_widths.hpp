// The tables behind text_width(): which characters, in which order.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace trex {

inline constexpr char32_t first_width = 0x20, last_width = 0x52F;                 // letters
inline constexpr char32_t first_punctuation = 0x2010, last_punctuation = 0x203F;  // after them
inline constexpr std::size_t width_count =
    (last_width - first_width + 1) + (last_punctuation - first_punctuation + 1);

extern const std::array<std::uint16_t, width_count> regular_widths, bold_widths;

}  // namespace trex

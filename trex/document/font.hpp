// How wide a text is on a drawing, without a font at hand.
//
// Widths are those of Liberation Sans and Arial (the same on purpose); what they have no
// character for counts as an em when it is wide (East Asian), as nothing when it combines, else as
// 0.6 em, an average.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace trex {

// The fonts a drawing names, so that it looks as it was measured.
inline constexpr std::string_view font_stack = "Arial, 'Liberation Sans', Helvetica, sans-serif";

// In the units of `size` (CSS pixels). Bytes that are not UTF-8 count as U+FFFD.
double text_width(std::string_view utf8, double size, bool bold);

// The text, without its middle where it is wider than `width`: "features.0…relu".
std::string fit_width(std::string_view utf8, double width, double size, bool bold);

}  // namespace trex

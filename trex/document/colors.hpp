// The colours that things have in every picture: precisions, layer types, severities, heat.
//
// One list, so that a convolution is the same blue in a drawing, a chart and the page. Each is one
// middle tone; light and dark tints are mixed from it. They were chosen to stay apart for readers
// with red-green blindness (Okabe and Ito's set, widened), and nothing is said by colour alone.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace trex {

struct Color {
  std::uint8_t red = 0, green = 0, blue = 0;
  bool operator==(const Color&) const = default;
};
std::string hex(Color color);  // "#1f77b4"
// part 0: a, 1: b.
Color mix(Color a, Color b, double part);

struct NamedColor {
  std::string_view name;
  Color color;
};
std::span<const NamedColor> precision_colors();   // "FP16" ...
std::span<const NamedColor> layer_type_colors();  // "Convolution" ...
std::span<const NamedColor> severity_colors();    // "error", "warning", "note"
std::span<const Color> heat_colors();             // cool to hot
std::span<const Color> other_colors();            // for what has no colour of its own, in turn
inline constexpr Color no_color{128, 136, 146};   // unknown, or not coloured

// The colour of that name, ignoring case; `otherwise` when the list has none.
Color color_of(std::span<const NamedColor> list, std::string_view name, Color otherwise);
// Colour number i of any number of them: the list over and over.
Color other_color(std::size_t i);

}  // namespace trex

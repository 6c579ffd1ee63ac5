// Sums of advance widths.

// SPDX-License-Identifier: Apache-2.0
#include "trex/document/font.hpp"

#include "trex/base/text.hpp"
#include "trex/base/utf8.hpp"
#include "trex/document/font_widths.hpp"

namespace trex {
namespace {

constexpr unsigned em = 1000, average = 600;

unsigned width_of(std::string_view character, char32_t code, bool bold) {
  const auto& widths = bold ? bold_widths : regular_widths;
  unsigned width = 0;
  if (code >= first_width && code <= last_width) {
    width = widths[code - first_width];
  } else if (code >= first_punctuation && code <= last_punctuation) {
    width = widths[(last_width - first_width + 1) + (code - first_punctuation)];
  }
  if (width != 0) return width;
  const int columns = display_width(character);
  return columns == 2 ? em : columns == 0 ? 0 : average;
}

}  // namespace

double text_width(std::string_view utf8, double size, bool bold) {
  double sum = 0;
  for (std::size_t at = 0; at < utf8.size();) {
    const Utf8Character c = utf8_at(utf8, at);
    sum += width_of(utf8.substr(at, c.length), c.code, bold);
    at += c.length;
  }
  return sum * size / em;
}

std::string fit_width(std::string_view utf8, double width, double size, bool bold) {
  // Wider than any text of so many bytes' head and tail can be needed: names of a megabyte.
  constexpr std::size_t longest = 4096;
  const bool is_long = utf8.size() > longest;
  if (!is_long && text_width(utf8, size, bold) <= width) return std::string(utf8);
  // Both ends grow in turn until the next character would not fit.
  const double room = width - text_width("…", size, bold);
  std::size_t head = 0, tail = utf8.size();
  double used = 0;
  for (bool front = true;; front = !front) {
    std::size_t next = front ? head + utf8_at(utf8, head).length : tail - 1;
    if (!front) {
      while (next > head && (static_cast<unsigned char>(utf8[next]) & 0xC0) == 0x80) --next;
    }
    if (front ? next > tail : next <= head) break;
    const std::string_view piece =
        front ? utf8.substr(head, next - head) : utf8.substr(next, tail - next);
    used += text_width(piece, size, bold);
    if (used > room) break;
    (front ? head : tail) = next;
  }
  return std::string(utf8.substr(0, head)) + "…" + std::string(utf8.substr(tail));
}

}  // namespace trex

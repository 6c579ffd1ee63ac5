// Small questions about text: trimming, splitting, numbers, UTF-8, width on a terminal.
//
// Views in, views out where nothing has to be made. Locale never matters.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace trex {

std::string_view trim(std::string_view text);
// "a,b,,c" at ',' -> "a", "b", "", "c"; the empty text gives one empty part.
std::vector<std::string_view> split(std::string_view text, char separator);
std::vector<std::string_view> split(std::string_view text, std::string_view separator);
std::vector<std::string_view> lines(std::string_view text);  // without "\n" or "\r\n"
std::string lower(std::string_view text);                    // ASCII only
std::string replace_all(std::string_view text, std::string_view from, std::string_view to);
bool contains(std::string_view text, std::string_view part);
bool contains_ignoring_case(std::string_view text, std::string_view part);
bool equals_ignoring_case(std::string_view a, std::string_view b);
inline bool starts_with(std::string_view text, std::string_view part) {
  return text.substr(0, part.size()) == part;
}
inline bool ends_with(std::string_view text, std::string_view part) {
  return text.size() >= part.size() && text.substr(text.size() - part.size()) == part;
}
template <class Texts>
std::string join(const Texts& texts, std::string_view separator) {
  std::string result;
  bool first = true;
  for (const auto& text : texts) {
    if (!first) result += separator;
    result += text;
    first = false;
  }
  return result;
}

// The whole text as a number, or nothing: "12", "-3"; "12 " and "0x1" are not.
std::optional<std::int64_t> parse_integer(std::string_view text);
// As above: "0.5", "1e-3", "-2". "nan" and "inf" are not numbers here.
std::optional<double> parse_real(std::string_view text);

bool is_valid_utf8(std::string_view text);
// Every byte that is not part of valid UTF-8 becomes U+FFFD.
std::string to_valid_utf8(std::string_view text);
// Columns that the text takes in a terminal: wide East Asian characters take 2, combining
// marks 0.
int display_width(std::string_view utf8);
// At most `width` columns; what is too long loses its middle: "features.0…relu". Never cuts
// a character in two.
std::string shorten_middle(std::string_view utf8, int width);
// Safe to print: control bytes (0x00 to 0x1F, 0x7F, C1, bidi overrides) become visible escapes
// such as "\x1e"; invalid UTF-8 becomes U+FFFD.
std::string printable(std::string_view text);

}  // namespace trex

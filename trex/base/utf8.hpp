// One character of UTF-8 at a time, from bytes that may be anything.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace trex {

inline constexpr char32_t replacement_character = 0xFFFD;

struct Utf8Character {
  char32_t code = replacement_character;
  std::size_t length = 1;  // bytes; 1 when invalid: each bad byte stands for itself
  bool valid = false;
};
// The character that begins at text[at]; `at` must be inside. Overlong forms, surrogates and
// codes past U+10FFFF are invalid (Unicode 15, table 3-7).
Utf8Character utf8_at(std::string_view text, std::size_t at);
void append_utf8(std::string& out, char32_t code);

}  // namespace trex

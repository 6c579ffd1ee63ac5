// Mending what stands without quotes: numbers in odd forms, NaN, Python's words, bare words. And
// UTF-16 text.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/base/json.hpp"
#include "trex/base/text.hpp"
#include "trex/base/utf8.hpp"
#include "trex/load/lenient_mender.hpp"

namespace trex {
namespace {

bool is_delimiter(char c) {
  constexpr std::string_view delimiters = ",:[]{}\"";
  const auto byte = static_cast<unsigned char>(c);
  return byte <= 0x20 || byte == 0x7F || delimiters.find(c) != std::string_view::npos;
}

// "nan", "-nan(ind)", "Infinity", "1.#INF": as C, C++ on Windows, Python and JavaScript write them.
bool is_not_a_number(std::string_view token) {
  std::string word = lower(token);
  if (word[0] == '-' || word[0] == '+') word.erase(0, 1);
  if (starts_with(word, "1.#")) return true;
  if (starts_with(word, "nan(")) return true;
  return word == "nan" || word == "inf" || word == "infinity" || word == "snan" || word == "qnan";
}

std::string_view json_of_python(std::string_view token) {
  if (token == "True" || token == "TRUE") return "true";
  if (token == "False" || token == "FALSE") return "false";
  if (token == "None" || token == "undefined" || token == "NULL") return "null";
  return {};
}

// "+1", "007", "1.", ".5" -> "1", "7", "1.0", "0.5"; other text as it is.
std::string usual_form(std::string_view token) {
  std::string sign;
  if (token[0] == '-' || token[0] == '+') {
    if (token[0] == '-') sign = "-";
    token.remove_prefix(1);
  }
  while (token.size() > 1 && token[0] == '0' && token[1] >= '0' && token[1] <= '9') {
    token.remove_prefix(1);
  }
  std::string number(token);
  if (starts_with(number, ".")) number.insert(0, "0");
  const std::size_t point = number.find('.');
  const bool digit_follows =
      point + 1 < number.size() && number[point + 1] >= '0' && number[point + 1] <= '9';
  if (point != std::string::npos && !digit_follows) number.insert(point + 1, "0");
  return sign + number;
}

// RFC 8259, section 6.
bool is_json_number(std::string_view token) {
  std::size_t at = starts_with(token, "-") ? 1 : 0;
  const auto digits = [&] {
    const std::size_t start = at;
    while (at < token.size() && token[at] >= '0' && token[at] <= '9') ++at;
    return at - start;
  };
  const bool starts_with_zero = at < token.size() && token[at] == '0';
  const std::size_t whole = digits();
  if (whole == 0 || (starts_with_zero && whole > 1)) return false;
  if (at < token.size() && token[at] == '.') {
    ++at;
    if (digits() == 0) return false;
  }
  if (at < token.size() && (token[at] == 'e' || token[at] == 'E')) {
    ++at;
    if (at < token.size() && (token[at] == '+' || token[at] == '-')) ++at;
    if (digits() == 0) return false;
  }
  return at == token.size();
}

}  // namespace

// A run of bytes without quotes. False: the text ends in it, so that it may be cut.
bool Mender::bare(Place place) {
  const std::size_t start = at_;
  while (!at_end() && !is_delimiter(text_[at_])) ++at_;
  if (at_end()) return false;
  if (at_ == start) {
    fail_here(fmt::format("expected a {}, got {}", place == Place::key ? "key" : "value",
                          what_is_here()));
  }
  const std::string_view token = text_.substr(start, at_ - start);
  if (place != Place::key) {
    if (token == "true" || token == "false" || token == "null") {
      out_ += token;
      return true;
    }
    if (is_not_a_number(token)) {
      note(JsonFlaw::not_a_number, start,
           fmt::format("'{}', which is no JSON; read as unknown (null)", printable(token)));
      out_ += "null";
      return true;
    }
    if (number(token, start)) return true;
    if (const std::string_view word = json_of_python(token); !word.empty()) {
      note(JsonFlaw::python_word, start, fmt::format("'{}' for '{}'", token, word));
      out_ += word;
      return true;
    }
  }
  note(JsonFlaw::bare_word, start, "a word without quotes; read as text");
  append_json_string(out_, token);
  return true;
}

bool Mender::number(std::string_view token, std::size_t at) {
  const bool is_usual = is_json_number(token);
  const std::string form = is_usual ? std::string(token) : usual_form(token);
  if (!is_usual && !is_json_number(form)) return false;
  if (!parse_real(form)) {
    note(JsonFlaw::number_too_large, at, "a number too large for 64 bits; read as unknown (null)");
    out_ += "null";
    return true;
  }
  if (!is_usual) note(JsonFlaw::number_form, at, "a number in a form that JSON has not");
  out_ += form;
  return true;
}

bool is_utf16(std::string_view text) {
  if (text.size() < 2) return false;
  const std::string_view two = text.substr(0, 2);
  if (two == "\xFF\xFE" || two == "\xFE\xFF") return true;
  const auto opens = [](char c) { return c == '{' || c == '['; };
  return (two[0] == '\0' && opens(two[1])) || (opens(two[0]) && two[1] == '\0');
}

std::string utf8_of_utf16(std::string_view text) {
  const bool big_endian = text[0] == '\xFE' || text[0] == '\0';
  const auto unit = [&](std::size_t at) {
    const auto first = static_cast<unsigned char>(text[at]);
    const auto second = static_cast<unsigned char>(text[at + 1]);
    return static_cast<char32_t>(big_endian ? first << 8 | second : second << 8 | first);
  };
  std::string result;
  result.reserve(text.size() / 2);
  for (std::size_t at = 0; at + 1 < text.size(); at += 2) {
    char32_t code = unit(at);
    if (at == 0 && code == 0xFEFF) continue;
    const bool is_high = code >= 0xD800 && code < 0xDC00;
    const char32_t low = is_high && at + 3 < text.size() ? unit(at + 2) : 0;
    if (low >= 0xDC00 && low < 0xE000) {
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
      at += 2;
    } else if (code >= 0xD800 && code < 0xE000) {
      code = replacement_character;
    }
    append_utf8(result, code);
  }
  return result;
}

}  // namespace trex

// Trimming, splitting and comparing; UTF-8 repair; numbers.

// SPDX-License-Identifier: Apache-2.0
#include "trex/base/text.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <system_error>

#include "trex/base/utf8.hpp"

namespace trex {
namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool equal_letters(char a, char b) { return to_lower(a) == to_lower(b); }

std::size_t skip_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && is_digit(text[at])) ++at;
  return at;
}

// -digits.digits(e-digits), with at least one digit before the exponent.
bool is_real(std::string_view text) {
  std::size_t at = !text.empty() && text[0] == '-' ? 1 : 0;
  const std::size_t whole = at;
  at = skip_digits(text, at);
  std::size_t digits = at - whole;
  if (at < text.size() && text[at] == '.') {
    const std::size_t end = skip_digits(text, at + 1);
    digits += end - at - 1;
    at = end;
  }
  if (digits == 0) return false;
  if (at < text.size() && to_lower(text[at]) == 'e') {
    ++at;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    const std::size_t exponent = at;
    at = skip_digits(text, at);
    if (at == exponent) return false;
  }
  return at == text.size();
}

#if defined(__cpp_lib_to_chars)
// The power of ten of the first digit that is not 0, clamped: tells too large from too small.
bool is_at_least_one(std::string_view text) {
  const std::size_t e = std::min(text.find_first_of("eE"), text.size());
  const std::string_view mantissa = text.substr(0, e);
  const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
  const std::size_t first = mantissa.find_first_of("123456789");
  if (first == std::string_view::npos) return false;
  std::int64_t power = static_cast<std::int64_t>(point) - static_cast<std::int64_t>(first);
  if (e == text.size()) return power > 0;
  const bool negative = text[e + 1] == '-';
  const std::string_view digits = text.substr(e + (negative || text[e + 1] == '+' ? 2 : 1));
  constexpr std::int64_t huge = std::int64_t{1} << 40;
  const std::int64_t exponent = parse_integer(digits).value_or(huge);
  return (negative ? -std::min(exponent, huge) : std::min(exponent, huge)) + power > 0;
}

std::optional<double> to_double(std::string_view text) {
  double value = 0;
  const auto end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, value);
  if (result.ec == std::errc::result_out_of_range) {
    if (is_at_least_one(text)) return std::nullopt;
    return text[0] == '-' ? -0.0 : 0.0;
  }
  if (result.ec != std::errc() || result.ptr != end) return std::nullopt;
  return value;
}
#else
// libc++ 14 has no from_chars for doubles; emscripten's C library knows no other locale.
std::optional<double> to_double(std::string_view text) {
  const double value = std::strtod(std::string(text).c_str(), nullptr);
  if (value > 1.7976931348623157e308 || value < -1.7976931348623157e308) return std::nullopt;
  return value;
}
#endif

}  // namespace

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  return split(text, std::string_view(&separator, 1));
}

std::vector<std::string_view> split(std::string_view text, std::string_view separator) {
  std::vector<std::string_view> parts;
  std::size_t start = 0;
  while (!separator.empty()) {
    const std::size_t end = text.find(separator, start);
    if (end == std::string_view::npos) break;
    parts.push_back(text.substr(start, end - start));
    start = end + separator.size();
  }
  parts.push_back(text.substr(start));
  return parts;
}

std::vector<std::string_view> lines(std::string_view text) {
  std::vector<std::string_view> result;
  std::size_t start = 0;
  while (start < text.size()) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    std::string_view line = text.substr(start, end - start);
    if (ends_with(line, "\r")) line.remove_suffix(1);
    result.push_back(line);
    start = end + 1;
  }
  return result;
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), to_lower);
  return result;
}

std::string replace_all(std::string_view text, std::string_view from, std::string_view to) {
  if (from.empty()) return std::string(text);
  std::string result;
  std::size_t start = 0;
  for (;;) {
    const std::size_t found = text.find(from, start);
    result += text.substr(start, found - start);
    if (found == std::string_view::npos) return result;
    result += to;
    start = found + from.size();
  }
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool contains_ignoring_case(std::string_view text, std::string_view part) {
  return std::search(text.begin(), text.end(), part.begin(), part.end(), equal_letters) !=
             text.end() ||
         part.empty();
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), equal_letters);
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
  std::int64_t value = 0;
  const auto end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, value);
  if (result.ec != std::errc() || result.ptr != end) return std::nullopt;
  return value;
}

std::optional<double> parse_real(std::string_view text) {
  return is_real(text) ? to_double(text) : std::nullopt;
}

bool is_valid_utf8(std::string_view text) {
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {  // most texts are ASCII: eight bytes at a look
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, 8);
    if ((word & 0x8080'8080'8080'8080u) != 0) break;
  }
  while (at < text.size()) {
    const Utf8Character c = utf8_at(text, at);
    if (!c.valid) return false;
    at += c.length;
  }
  return true;
}

std::string to_valid_utf8(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const Utf8Character c = utf8_at(text, at);
    append_utf8(result, c.code);
    at += c.length;
  }
  return result;
}

}  // namespace trex

// Texts as a workbook may hold them.

// SPDX-License-Identifier: Apache-2.0
#include "trex/render/sheet_text.hpp"

#include <fmt/format.h>

#include "trex/base/text.hpp"
#include "trex/base/utf8.hpp"

namespace trex::render {
namespace {

// https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3
constexpr std::size_t longest_sheet_name = 31, longest_cell = 32767;

std::size_t units_of(char32_t code) { return code >= 0x10000 ? 2 : 1; }

std::string legal_characters(std::string_view text) {
  std::string result = printable(text);
  for (char& c : result) {
    if (std::string_view("[]:*?/\\").find(c) != std::string_view::npos) c = '_';
  }
  while (starts_with(result, "'")) result.erase(0, 1);
  while (ends_with(result, "'")) result.pop_back();
  return result;
}

// Its middle cut out: names of engines differ at either end.
std::string shortened(std::string_view text, std::size_t units) {
  const std::size_t have = utf16_units(text);
  if (have <= units) return std::string(text);
  if (units < 3) return std::string(utf16_head(text, units));
  const std::size_t tail_units = (units - 1) / 2;
  const std::string_view head = utf16_head(text, units - 1 - tail_units);
  const std::string_view before_tail = utf16_head(text, have - tail_units);
  return std::string(head) + "\u2026" + std::string(text.substr(before_tail.size()));
}

std::string joined_name(std::string_view group, std::string_view subject, std::string_view end) {
  const std::size_t room = longest_sheet_name - utf16_units(end);
  if (group.empty()) return shortened(subject, room) + std::string(end);
  const std::string tail = " " + shortened(subject, room / 2) + std::string(end);
  return shortened(group, longest_sheet_name - utf16_units(tail)) + tail;
}

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// ECMA-376, 22.4.2.4 (ST_Xstring): "_x", four hexadecimal digits and "_" stand for a character.
bool is_escape(std::string_view text) {
  if (text.size() < 7 || text[1] != 'x' || text[6] != '_') return false;
  return is_hex(text[2]) && is_hex(text[3]) && is_hex(text[4]) && is_hex(text[5]);
}

}  // namespace

std::string cell_text(std::string_view text) {
  static constexpr std::string_view mark = "\u2026 (cut)";
  // Nothing past the limit is looked at: four bytes at most are one character.
  const bool beyond = text.size() > 4 * longest_cell;
  const std::string visible = printable(beyond ? text.substr(0, 4 * longest_cell) : text);
  std::string result;
  result.reserve(visible.size());
  for (std::size_t at = 0; at < visible.size();) {
    const Utf8Character c = utf8_at(visible, at);
    const std::string_view rest = std::string_view(visible).substr(at);
    if (c.code == '_' && is_escape(rest)) {
      result += "_x005F_";
    } else if (c.code == 0xFFFE || c.code == 0xFFFF) {
      append_utf8(result, replacement_character);
    } else {
      result += rest.substr(0, c.length);
    }
    at += c.length;
  }
  if (!beyond && utf16_units(result) <= longest_cell) return result;
  return std::string(utf16_head(result, longest_cell - utf16_units(mark))) + std::string(mark);
}

std::size_t utf16_units(std::string_view utf8) {
  std::size_t units = 0;
  for (std::size_t at = 0; at < utf8.size();) {
    const Utf8Character c = utf8_at(utf8, at);
    units += units_of(c.code);
    at += c.length;
  }
  return units;
}

std::string_view utf16_head(std::string_view utf8, std::size_t units) {
  std::size_t at = 0;
  while (at < utf8.size()) {
    const Utf8Character c = utf8_at(utf8, at);
    if (units_of(c.code) > units) break;
    units -= units_of(c.code);
    at += c.length;
  }
  return utf8.substr(0, at);
}

std::string SheetNames::add(std::string_view group, std::string_view subject) {
  const std::string clean_group = legal_characters(group);
  std::string clean_subject = legal_characters(subject);
  if (clean_subject.empty() && clean_group.empty()) clean_subject = "Sheet";
  for (std::size_t number = 1;; ++number) {
    const std::string end = number == 1 ? "" : fmt::format(" ({})", number);
    const std::string name = joined_name(clean_group, clean_subject, end);
    const std::string key = lower(name);
    if (key != "history" && taken_.insert(key).second) return name;
  }
}

}  // namespace trex::render

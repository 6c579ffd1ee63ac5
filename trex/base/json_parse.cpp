// Strict JSON text (RFC 8259) -> Json, with the line and column of the first mistake.
//
// Written by hand rather than on simdjson: that gives no place for an error and refuses integers
// past 64 bits, so a second parser would be needed beside it. The hot loaders use simdjson.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "trex/base/error.hpp"
#include "trex/base/json.hpp"
#include "trex/base/text.hpp"
#include "trex/base/utf8.hpp"

namespace trex {
namespace {

constexpr int max_depth = 500;

class Parser {
 public:
  Parser(std::string_view text, std::string_view file) : text_(text), file_(file) {
    if (starts_with(text_, "\xEF\xBB\xBF")) at_ = 3;  // RFC 8259 8.1 allows to skip the mark
  }

  Json parse() {
    Json value = parse_value(0);
    skip_spaces();
    if (at_ < text_.size()) fail_here("text after the end of the JSON");
    return value;
  }

 private:
  [[noreturn]] void fail_here(std::string_view message) const { fail_there(at_, message); }
  [[noreturn]] void fail_there(std::size_t at, std::string_view message) const {
    const std::string_view before = text_.substr(0, at);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
    fail("{}: line {}, column {}: {}", printable(file_), line, at - line_start + 1, message);
  }

  bool at_end() const { return at_ >= text_.size(); }
  char peek() const { return at_end() ? '\0' : text_[at_]; }
  void skip_spaces() { at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size()); }
  bool skip(char c) {
    if (at_end() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  std::string what_is_here() const {
    if (at_end()) return "the end of the file";
    return fmt::format("'{}'", printable(text_.substr(at_, utf8_at(text_, at_).length)));
  }
  [[noreturn]] void fail_expecting(std::string_view what) const {
    fail_here(fmt::format("expected {}, got {}", what, what_is_here()));
  }

  Json parse_value(int depth) {
    skip_spaces();
    switch (peek()) {
      case '{':
        return parse_object(depth + 1);
      case '[':
        return parse_array(depth + 1);
      case '"':
        return Json(parse_string());
      case 't':
        return parse_word("true", Json(true));
      case 'f':
        return parse_word("false", Json(false));
      case 'n':
        return parse_word("null", Json());
      default:
        return parse_number();
    }
  }

  Json parse_word(std::string_view word, Json value) {
    if (!starts_with(text_.substr(at_), word)) fail_expecting("a value");
    at_ += word.size();
    return value;
  }

  void enter(int depth) {
    if (depth > max_depth) fail_here(fmt::format("nested deeper than {} levels", max_depth));
    ++at_;
    skip_spaces();
  }

  Json parse_object(int depth) {
    enter(depth);
    Json::Object members;
    while (!skip('}')) {
      if (!members.empty()) {
        if (!skip(',')) fail_expecting("',' or '}'");
        skip_spaces();
      }
      if (peek() != '"') fail_expecting("a name in double quotes");
      std::string name = parse_string();
      skip_spaces();
      if (!skip(':')) fail_expecting("':'");
      members.emplace_back(std::move(name), parse_value(depth));
      skip_spaces();
    }
    return Json(std::move(members));
  }

  Json parse_array(int depth) {
    enter(depth);
    Json::Array elements;
    while (!skip(']')) {
      if (!elements.empty() && !skip(',')) fail_expecting("',' or ']'");
      elements.push_back(parse_value(depth));
      skip_spaces();
    }
    return Json(std::move(elements));
  }

  std::string parse_string() {
    const std::size_t start = at_++;
    std::string result;
    for (;;) {
      std::size_t end = at_;
      while (end < text_.size() && is_plain(text_[end])) ++end;
      result += text_.substr(at_, end - at_);
      at_ = end;
      if (at_end()) fail_there(start, "a text that is not closed");
      if (skip('"')) return result;
      if (skip('\\')) {
        parse_escape(result);
      } else {
        parse_other(result);
      }
    }
  }

  static bool is_plain(char c) {
    return c != '"' && c != '\\' && static_cast<unsigned char>(c) >= 0x20 &&
           static_cast<unsigned char>(c) < 0x80;
  }

  // A character that is not ASCII, or a control byte.
  void parse_other(std::string& result) {
    const Utf8Character c = utf8_at(text_, at_);
    const auto byte = static_cast<unsigned char>(text_[at_]);
    if (!c.valid) fail_here(fmt::format("byte 0x{:02x} is not valid UTF-8", byte));
    if (c.code < 0x20) fail_here(fmt::format("control byte 0x{:02x} in a text", byte));
    result += text_.substr(at_, c.length);
    at_ += c.length;
  }

  void parse_escape(std::string& result) {
    constexpr std::string_view letters = "\"\\/bfnrt";
    constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    const std::size_t letter = at_end() ? std::string_view::npos : letters.find(text_[at_]);
    if (letter != std::string_view::npos) {
      result += meanings[letter];
      ++at_;
    } else if (skip('u')) {
      parse_unicode_escape(result);
    } else {
      fail_there(at_ - 1, "an escape that JSON does not know");
    }
  }

  // Two escapes may make one character (UTF-16); a surrogate that stands alone has no meaning.
  void parse_unicode_escape(std::string& result) {
    char32_t code = parse_hex4();
    if (code >= 0xD800 && code < 0xDC00 && starts_with(text_.substr(at_), "\\u")) {
      const std::size_t second_at = at_;
      at_ += 2;
      const char32_t second = parse_hex4();
      if (second >= 0xDC00 && second < 0xE000) {
        code = 0x10000 + ((code - 0xD800) << 10U) + (second - 0xDC00);
      } else {
        at_ = second_at;
      }
    }
    const bool lone = code >= 0xD800 && code < 0xE000;
    append_utf8(result, lone ? replacement_character : code);
  }

  char32_t parse_hex4() {
    char32_t code = 0;
    for (int i = 0; i < 4; ++i, ++at_) {
      const char c = peek();
      constexpr std::string_view digits = "0123456789abcdef";
      const auto digit = digits.find(c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c);
      if (at_end() || digit == std::string_view::npos) fail_expecting("four hexadecimal digits");
      code = code * 16 + static_cast<char32_t>(digit);
    }
    return code;
  }

  bool skip_digits() {
    const std::size_t start = at_;
    while (peek() >= '0' && peek() <= '9') ++at_;
    return at_ > start;
  }

  Json parse_number() {
    const std::size_t start = at_;
    skip('-');
    if (!(peek() >= '0' && peek() <= '9')) {
      at_ = start;
      fail_expecting("a value");
    }
    if (!skip('0')) skip_digits();
    bool whole = true;
    if (skip('.')) {
      whole = false;
      if (!skip_digits()) fail_expecting("a digit after the point");
    }
    if (skip('e') || skip('E')) {
      whole = false;
      if (!skip('-')) skip('+');
      if (!skip_digits()) fail_expecting("a digit of the exponent");
    }
    const std::string_view number = text_.substr(start, at_ - start);
    if (const auto integer = whole ? parse_integer(number) : std::nullopt) return Json(*integer);
    if (const auto real = parse_real(number)) return Json(*real);
    fail_there(start, "a number too large for a double");
  }

  std::string_view text_;
  std::string_view file_;
  std::size_t at_ = 0;
};

}  // namespace

Json parse_json(std::string_view text, std::string_view file) { return Parser(text, file).parse(); }

}  // namespace trex

// Mending strings: which quote ends one, and how what is inside must be written.
//
// A quote that nobody escaped is part of the string when what follows it could not follow a
// string's end: after a key stands a colon; after a member, a bracket or a comma with the next key
// behind it; after an element, a bracket or a comma with the next value. When that reading leads to
// the end of a line or of the text, it was wrong, and the first such quote ends the string.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "trex/base/utf8.hpp"
#include "trex/load/json_text.hpp"
#include "trex/load/lenient_mender.hpp"

namespace trex {
namespace {

// How far a key's end is looked for behind a comma. TensorRT's longest key has 33 bytes.
constexpr std::size_t far_for_a_key = 128;

// The value of 4 hex digits, or -1.
int hex_value(std::string_view digits) {
  if (digits.size() != 4) return -1;
  int value = 0;
  for (const char c : digits) {
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

bool is_plain(char c, char quote) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x20 && byte < 0x80 && c != quote && c != '\\' && c != '"';
}

}  // namespace

// At the opening quote. Writes the string; false: the text ends in it.
bool Mender::string(Place place) {
  const char quote = text_[at_];
  if (quote == '\'') note(JsonFlaw::other_quotes, at_, "single quotes around a string");
  out_ += '"';
  ++at_;
  InnerQuotes inner;
  while (true) {
    copy_plain(quote);
    if (at_end() || text_[at_] == '\n') {
      if (end_at_first(inner)) return true;
      if (at_end()) return false;
    }
    const char c = text_[at_];
    if (c == quote) {
      if (closes(at_, place)) break;
      if (inner.count++ == 0) {
        inner.first_at = at_;
        inner.out_at_first = out_.size();
      }
    }
    if (c == '"' || c == quote) {
      out_ += c == '"' ? "\\\"" : "'";
      ++at_;
    } else if (c == '\\') {
      escape(quote);
    } else {
      raw_byte();
    }
  }
  for (std::int64_t i = 0; i < inner.count; ++i) {
    note(JsonFlaw::unescaped_quote, inner.first_at, "a quote inside a string, not escaped; kept");
  }
  out_ += '"';
  ++at_;
  return true;
}

void Mender::copy_plain(char quote) {
  const std::size_t start = at_;
  while (!at_end() && is_plain(text_[at_], quote)) ++at_;
  out_ += text_.substr(start, at_ - start);
}

// Goes back to the first inner quote and ends the string there. False: there is none, or too much
// was gone back over already (which keeps the whole pass linear).
bool Mender::end_at_first(const InnerQuotes& inner) {
  if (inner.count == 0) return false;
  const std::size_t back = at_ - inner.first_at;
  if (read_again_ + back > 4 * text_.size()) return false;
  read_again_ += back;
  at_ = inner.first_at + 1;
  out_.resize(inner.out_at_first);
  out_ += '"';
  return true;
}

// At a control byte, or at a byte past ASCII.
void Mender::raw_byte() {
  const auto byte = static_cast<unsigned char>(text_[at_]);
  if (byte < 0x80) {
    note(JsonFlaw::control_byte, at_,
         fmt::format("a raw control byte (0x{:02x}) in a string; kept", byte));
    out_ += fmt::format("\\u{:04x}", byte);
    ++at_;
    return;
  }
  const Utf8Character character = utf8_at(text_, at_);
  if (!character.valid) {
    note(JsonFlaw::invalid_utf8, at_, "a byte that is no UTF-8; read as U+FFFD");
  }
  append_utf8(out_, character.code);
  at_ += character.length;
}

// At a backslash.
void Mender::escape(char quote) {
  const char c = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
  constexpr std::string_view known = "\"\\/bfnrt";
  if (known.find(c) != std::string_view::npos) {
    out_ += text_.substr(at_, 2);
    at_ += 2;
  } else if (c == '\'' && quote == '\'') {
    out_ += '\'';
    at_ += 2;
  } else if (c == 'u' && hex_value(text_.substr(at_ + 2, 4)) >= 0) {
    unicode_escape();
  } else if (c == 'x' && hex_value(fmt::format("00{}", text_.substr(at_ + 2, 2))) >= 0) {
    note(JsonFlaw::escape, at_, "an escape that JSON has not ('\\x'); read as C and Python do");
    out_ += fmt::format("\\u00{}", text_.substr(at_ + 2, 2));
    at_ += 4;
  } else {
    note(JsonFlaw::escape, at_, "a backslash that escapes nothing; kept");
    out_ += "\\\\";
    ++at_;
  }
}

// At a backslash, 'u' and four digits.
void Mender::unicode_escape() {
  const int code = hex_value(text_.substr(at_ + 2, 4));
  const bool is_high = code >= 0xD800 && code < 0xDC00;
  if (is_high && text_.substr(at_ + 6, 2) == "\\u") {
    const int low = text_.size() >= at_ + 12 ? hex_value(text_.substr(at_ + 8, 4)) : -1;
    if (low >= 0xDC00 && low < 0xE000) {
      out_ += text_.substr(at_, 12);
      at_ += 12;
      return;
    }
  }
  if (code >= 0xD800 && code < 0xE000) {
    note(JsonFlaw::lone_surrogate, at_, "half of a surrogate pair; read as U+FFFD");
    append_utf8(out_, replacement_character);
  } else {
    out_ += text_.substr(at_, 6);
  }
  at_ += 6;
}

std::size_t Mender::skip_spaces_from(std::size_t at) const {
  while (at < text_.size() && is_json_space(text_[at])) ++at;
  return at;
}

bool Mender::closes(std::size_t quote_at, Place place) const {
  const std::size_t after = skip_spaces_from(quote_at + 1);
  if (after == text_.size()) return true;
  const char c = text_[after];
  const char next = after + 1 < text_.size() ? text_[after + 1] : '\0';
  if (c == '/' && (next == '/' || next == '*')) return true;  // a comment
  switch (place) {
    case Place::key:
      return c == ':';
    case Place::member:
      return closes_member(after, after == quote_at + 1);
    case Place::element:
      return closes_element(after);
  }
  return true;
}

// `adjacent`: nothing stands between the quote and `after`.
bool Mender::closes_member(std::size_t after, bool adjacent) const {
  const char c = text_[after];
  if (c == '}') return ends_container(after);
  if (c != ',') return !adjacent && looks_like_key(after);  // a comma may be missing
  const std::size_t next = skip_spaces_from(after + 1);
  return next == text_.size() || text_[next] == '}' || looks_like_key(next);
}

bool Mender::closes_element(std::size_t after) const {
  const char c = text_[after];
  if (c == ']') return ends_container(after);
  if (c != ',') return false;
  const std::size_t next = skip_spaces_from(after + 1);
  if (next == text_.size()) return true;
  constexpr std::string_view begins_value = "\"'{[]-0123456789tfnNIT";
  return begins_value.find(text_[next]) != std::string_view::npos;
}

// Behind a closing bracket stand another, a comma, the next document, or the end of the text or
// of the line.
bool Mender::ends_container(std::size_t bracket_at) const {
  const std::size_t next = skip_spaces_from(bracket_at + 1);
  if (next == text_.size()) return true;
  const char c = text_[next];
  if (c == ',' || c == '}' || c == ']') return true;
  const std::string_view between = text_.substr(bracket_at, next - bracket_at);
  return between.find('\n') != std::string_view::npos || starts_document(next);
}

// A quote, some text, a quote and a colon. Text that goes on for long may be one, too.
bool Mender::looks_like_key(std::size_t at) const {
  const char quote = text_[at];
  if (quote != '"' && quote != '\'') return false;
  const std::size_t limit = std::min(text_.size(), at + far_for_a_key);
  for (std::size_t end = at + 1; end < limit; ++end) {
    if (text_[end] == '\n') return false;
    if (text_[end] == '\\') {
      ++end;
    } else if (text_[end] == quote) {
      const std::size_t colon = skip_spaces_from(end + 1);
      return colon == text_.size() || text_[colon] == ':';
    }
  }
  return true;
}

}  // namespace trex

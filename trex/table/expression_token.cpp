// A scanner by hand: one look ahead, one pass.

// SPDX-License-Identifier: Apache-2.0
#include "trex/table/expression_token.hpp"

#include <fmt/format.h>

#include "trex/base/error.hpp"
#include "trex/base/text.hpp"
#include "trex/base/utf8.hpp"

namespace trex {
namespace {

constexpr int shown_width = 60;  // columns of a user's own text in a message

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
// Any character past ASCII may stand in a name.
bool begins_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
// '-' too: nothing is subtracted here, and "time-ms" then gets its "did you mean".
bool continues_word(char c) { return begins_word(c) || is_digit(c) || c == '.' || c == '-'; }

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  std::vector<Token> scan() {
    std::vector<Token> tokens;
    for (;;) {
      while (at_ < text_.size() && is_space(text_[at_])) ++at_;
      tokens.push_back(next());
      if (tokens.back().kind == TokenKind::end) return tokens;
    }
  }

 private:
  Token next() {
    const std::size_t start = at_;
    if (start == text_.size()) return {TokenKind::end, "", start};
    const char c = text_[start];
    if (c == '"' || c == '\'') return {TokenKind::text, quoted(), start};
    if (c == '`') return {TokenKind::column, quoted(), start};
    if (begins_number()) return {TokenKind::number, number(), start};
    if (begins_word(c)) {
      while (at_ < text_.size() && continues_word(text_[at_])) ++at_;
      return {TokenKind::word, std::string(text_.substr(start, at_ - start)), start};
    }
    return {TokenKind::symbol, symbol(), start};
  }

  char ahead(std::size_t count) const {
    return at_ + count < text_.size() ? text_[at_ + count] : '\0';
  }

  bool begins_number() const {
    const std::size_t sign = ahead(0) == '-' ? 1 : 0;
    return is_digit(ahead(sign)) || (ahead(sign) == '.' && is_digit(ahead(sign + 1)));
  }

  // All that could belong to a number, so that "1.2.3" and "10ms" are one mistake and not two.
  std::string number() {
    const std::size_t start = at_++;
    while (at_ < text_.size()) {
      const char before = text_[at_ - 1];
      const bool sign_of_exponent =
          (text_[at_] == '-' || text_[at_] == '+') && (before == 'e' || before == 'E');
      if (!sign_of_exponent && (text_[at_] == '-' || !continues_word(text_[at_]))) break;
      ++at_;
    }
    return std::string(text_.substr(start, at_ - start));
  }

  // A backslash keeps its meaning for regular expressions, except before the quote and itself.
  std::string quoted() {
    const Place place{text_, at_};
    const char quote = text_[at_++];
    std::string result;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == quote) {
        ++at_;
        return result;
      }
      if (c == '\\' && (ahead(1) == quote || ahead(1) == '\\')) ++at_;
      result += text_[at_];
    }
    place.fail(fmt::format("the quote {} is not closed", quote));
  }

  std::string symbol() {
    for (const std::string_view known :
         {"==", "!=", "<=", ">=", "!~", "&&", "||", "=", "<", ">", "~", "!", "(", ")", ","}) {
      if (starts_with(text_.substr(at_), known)) {
        at_ += known.size();
        return std::string(known);
      }
    }
    const std::string_view character = text_.substr(at_, utf8_at(text_, at_).length);
    Place{text_, at_}.fail(
        fmt::format("'{}' means nothing here; known: == != < <= > >= ~ !~ ( ) , "
                    "and or not in is",
                    printable(character)));
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

void Place::fail(std::string_view message) const {
  std::size_t column = 1;
  for (std::size_t i = 0; i < at; i += utf8_at(expression, i).length) ++column;
  trex::fail("filter: column {}: {}", column, message);
}

bool Token::is_symbol(std::string_view symbol) const {
  return kind == TokenKind::symbol && text == symbol;
}

bool Token::is_keyword(std::string_view keyword) const {
  return kind == TokenKind::word && equals_ignoring_case(text, keyword);
}

std::string Token::shown() const {
  if (kind == TokenKind::end) return "the end";
  const std::string safe = shorten_middle(printable(text), shown_width);
  return kind == TokenKind::text ? fmt::format("the text \"{}\"", safe) : fmt::format("'{}'", safe);
}

std::vector<Token> tokens_of(std::string_view expression) { return Scanner(expression).scan(); }

}  // namespace trex

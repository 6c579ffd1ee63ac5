// The words of a filter expression, with their places.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace trex {

// Where in the expression something stands, for messages.
struct Place {
  std::string_view expression;
  std::size_t at = 0;  // byte; the column that messages state counts characters from 1

  [[noreturn]] void fail(std::string_view message) const;
};

enum class TokenKind : std::uint8_t { word, column, number, text, symbol, end };

struct Token {
  TokenKind kind = TokenKind::end;
  std::string text;  // of a text: without its quotes; of a column in backquotes: its name
  std::size_t at = 0;

  bool is_symbol(std::string_view symbol) const;
  bool is_keyword(std::string_view keyword) const;  // in any case
  std::string shown() const;                        // for messages: "'and'", "the end"
};

// The tokens, the last of kind `end`. Throws Error for what is no token.
std::vector<Token> tokens_of(std::string_view expression);

}  // namespace trex

// Recursive descent straight to predicates. The grammar is in the header.

// SPDX-License-Identifier: Apache-2.0
#include "trex/table/expression.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "trex/base/suggest.hpp"
#include "trex/base/text.hpp"
#include "trex/table/predicate.hpp"

namespace trex {
namespace {

constexpr int max_depth = 200;  // nested parentheses
constexpr std::size_t max_name_width = 80;

class Parser {
 public:
  Parser(const Table& table, std::string_view expression)
      : table_(table), expression_(expression), tokens_(tokens_of(expression)) {}

  Predicate parse() {
    Predicate result = parse_or(0);
    if (here().kind != TokenKind::end) {
      fail_here(fmt::format("expected 'and', 'or' or the end, got {}", here().shown()));
    }
    return result;
  }

 private:
  const Token& here() const { return tokens_[next_]; }
  Place place() const { return {expression_, here().at}; }
  [[noreturn]] void fail_here(std::string_view message) const { place().fail(message); }

  bool skip_symbol(std::string_view symbol) {
    if (!here().is_symbol(symbol)) return false;
    ++next_;
    return true;
  }
  bool skip_keyword(std::string_view keyword) {
    if (!here().is_keyword(keyword)) return false;
    ++next_;
    return true;
  }
  void expect_symbol(std::string_view symbol) {
    if (!skip_symbol(symbol)) {
      fail_here(fmt::format("expected '{}', got {}", symbol, here().shown()));
    }
  }

  Predicate parse_or(int depth) {
    std::vector<Predicate> terms;
    do {
      terms.push_back(parse_and(depth));
    } while (skip_keyword("or") || skip_symbol("||"));
    if (terms.size() == 1) return std::move(terms.front());
    return [terms = std::move(terms)](Row row) {
      return std::any_of(terms.begin(), terms.end(), [&](const auto& term) { return term(row); });
    };
  }

  Predicate parse_and(int depth) {
    std::vector<Predicate> terms;
    do {
      terms.push_back(parse_not(depth));
    } while (skip_keyword("and") || skip_symbol("&&"));
    if (terms.size() == 1) return std::move(terms.front());
    return [terms = std::move(terms)](Row row) {
      return std::all_of(terms.begin(), terms.end(), [&](const auto& term) { return term(row); });
    };
  }

  Predicate parse_not(int depth) {
    bool negated = false;
    while (skip_keyword("not") || skip_symbol("!")) negated = !negated;
    Predicate term = here().is_symbol("(") ? parse_group(depth) : parse_comparison();
    if (!negated) return term;
    return [term = std::move(term)](Row row) { return !term(row); };
  }

  Predicate parse_group(int depth) {
    if (depth == max_depth) {
      fail_here(fmt::format("parentheses nest deeper than {}", max_depth));
    }
    expect_symbol("(");
    Predicate inside = parse_or(depth + 1);
    expect_symbol(")");
    return inside;
  }

  Predicate parse_comparison() {
    const Column& column = parse_column();
    if (skip_keyword("is")) return parse_is_null(column);
    if (skip_keyword("in")) return parse_in(column);
    if (here().is_keyword("not") && tokens_[next_ + 1].is_keyword("in")) {
      next_ += 2;
      Predicate one_of = parse_in(column);
      return [one_of = std::move(one_of), &column](Row row) {
        return !column.is_null(row) && !one_of(row);
      };
    }
    if (const auto how = parse_comparison_sign()) return parse_compared(column, *how);
    if (column.type() == ColumnType::boolean) return is_true(column);
    fail_here(fmt::format("expected a comparison such as == after '{}', got {}",
                          shown(column.name()), here().shown()));
  }

  static std::string shown(std::string_view name) {
    return shorten_middle(printable(name), static_cast<int>(max_name_width));
  }

  const Column& parse_column() {
    const Token& token = here();
    if (token.kind != TokenKind::word && token.kind != TokenKind::column) {
      fail_here(fmt::format("expected a column's name, got {}", token.shown()));
    }
    const Column* column = table_.find(token.text);
    if (column == nullptr) {
      fail_here(fmt::format("no column '{}'{}", shown(token.text),
                            did_you_mean(token.text, table_.column_names())));
    }
    ++next_;
    return *column;
  }

  Predicate parse_is_null(const Column& column) {
    const bool negated = skip_keyword("not");
    if (!skip_keyword("null")) {
      fail_here(fmt::format("expected 'null' after 'is', got {}", here().shown()));
    }
    return [&column, negated](Row row) { return column.is_null(row) != negated; };
  }

  Predicate parse_in(const Column& column) {
    const Place start = place();
    expect_symbol("(");
    std::vector<Literal> literals;
    do {
      const auto literal = parse_literal();
      if (!literal) fail_here(fmt::format("expected a number or a text, got {}", here().shown()));
      literals.push_back(*literal);
    } while (skip_symbol(","));
    expect_symbol(")");
    return is_one_of(column, literals, start);
  }

  std::optional<Comparison> parse_comparison_sign() {
    struct Sign {
      std::string_view symbol;
      Comparison meaning;
    };
    constexpr Sign signs[] = {
        {"==", Comparison::equal},         {"=", Comparison::equal},
        {"!=", Comparison::not_equal},     {"<", Comparison::less},
        {"<=", Comparison::less_equal},    {">", Comparison::greater},
        {">=", Comparison::greater_equal}, {"~", Comparison::match},
        {"!~", Comparison::no_match},
    };
    for (const Sign& sign : signs) {
      if (skip_symbol(sign.symbol)) return sign.meaning;
    }
    return std::nullopt;
  }

  Predicate parse_compared(const Column& column, Comparison how) {
    const Place value = place();
    if (const auto literal = parse_literal()) return compare(column, how, *literal, value);
    const Token& token = here();
    if (token.is_keyword("null")) fail_here("nothing equals null; ask 'is null' or 'is not null'");
    if (token.kind != TokenKind::word && token.kind != TokenKind::column) {
      fail_here(fmt::format("expected a number, a text or a column, got {}", token.shown()));
    }
    const Column* other = table_.find(token.text);
    if (other == nullptr) {
      fail_here(
          fmt::format("no column '{0}'; a text stands in quotes: \"{0}\"", shown(token.text)));
    }
    ++next_;
    return compare(column, how, *other, value);
  }

  std::optional<Literal> parse_literal() {
    const Token& token = here();
    Literal literal;
    literal.text = token.text;
    if (token.kind == TokenKind::number) {
      const auto real = parse_real(token.text);
      if (!real) fail_here(fmt::format("'{}' is no number", shown(token.text)));
      literal.kind = Literal::Kind::number;
      literal.real = *real;
      literal.integer = parse_integer(token.text);
    } else if (token.is_keyword("true") || token.is_keyword("false")) {
      literal.kind = Literal::Kind::boolean;
      literal.boolean = token.is_keyword("true");
    } else if (token.kind != TokenKind::text) {
      return std::nullopt;
    }
    ++next_;
    return literal;
  }

  const Table& table_;
  std::string_view expression_;
  std::vector<Token> tokens_;
  std::size_t next_ = 0;
};

}  // namespace

std::vector<Row> rows_where(const Table& table, std::string_view expression) {
  const Predicate holds = Parser(table, expression).parse();
  std::vector<Row> rows;
  for (Row row = 0; row < table.row_count(); ++row) {
    if (holds(row)) rows.push_back(row);
  }
  return rows;
}

}  // namespace trex

// A lambda a comparison, with everything looked up beforehand: texts are compared by id, and a
// regular expression looks at each distinct text once.

// SPDX-License-Identifier: Apache-2.0
#include "trex/table/predicate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>

#include "trex/base/error.hpp"
#include "trex/base/regex.hpp"
#include "trex/base/text.hpp"

namespace trex {
namespace {

std::string quoted_name(const Column& column) { return "'" + printable(column.name()) + "'"; }

// Hands `make` the standard function object of an order comparison.
template <class Make>
Predicate with_order(Comparison how, Make make) {
  switch (how) {
    case Comparison::equal:
      return make(std::equal_to<>());
    case Comparison::not_equal:
      return make(std::not_equal_to<>());
    case Comparison::less:
      return make(std::less<>());
    case Comparison::less_equal:
      return make(std::less_equal<>());
    case Comparison::greater:
      return make(std::greater<>());
    default:
      return make(std::greater_equal<>());
  }
}

bool is_match(Comparison how) { return how == Comparison::match || how == Comparison::no_match; }
bool is_equality(Comparison how) {
  return how == Comparison::equal || how == Comparison::not_equal;
}
bool is_negative(Comparison how) {
  return how == Comparison::not_equal || how == Comparison::no_match;
}

// --- numbers ---

Predicate compare_integers(std::span<const std::int64_t> values, Comparison how,
                           std::int64_t literal) {
  return with_order(how, [&](auto holds) -> Predicate {
    return [=](Row row) { return values[row] != null_integer && holds(values[row], literal); };
  });
}

Predicate compare_reals(const Column& column, Comparison how, double literal) {
  return with_order(how, [&](auto holds) -> Predicate {
    return [=, &column](Row row) {
      const auto value = column.real(row);
      return value && holds(*value, literal);
    };
  });
}

Predicate compare_number(const Column& column, Comparison how, const Literal& literal,
                         const Place& place) {
  if (literal.kind != Literal::Kind::number) {
    place.fail(fmt::format("{} holds numbers; compare it with a number, such as 0.5",
                           quoted_name(column)));
  }
  if (is_match(how)) {
    place.fail(fmt::format("'~' looks into texts, and {} holds numbers", quoted_name(column)));
  }
  if (column.type() == ColumnType::integer && literal.integer) {
    return compare_integers(std::get<1>(column.data()), how, *literal.integer);
  }
  return compare_reals(column, how, literal.real);
}

// --- texts ---

// What a regular expression says of each text of a pool, asked at most once each.
class Matcher {
 public:
  Matcher(const Literal& literal, const StringPool& strings, const Place& place)
      : strings_(strings), answers_(strings.size(), unasked) {
    try {
      regex_ = std::make_unique<Regex>(literal.text);
    } catch (const Error& e) {
      place.fail(e.what());
    }
  }
  bool matches(StringId id) {
    std::uint8_t& answer = answers_[id];
    if (answer == unasked) answer = regex_->matches_part_of(strings_[id]) ? 1 : 0;
    return answer == 1;
  }

 private:
  static constexpr std::uint8_t unasked = 2;
  const StringPool& strings_;
  std::vector<std::uint8_t> answers_;
  std::unique_ptr<Regex> regex_;
};

void expect_text(const Column& column, const Literal& literal, const Place& place) {
  if (literal.kind == Literal::Kind::text) return;
  place.fail(fmt::format("{} holds text; compare it with a text in quotes: \"{}\"",
                         quoted_name(column), literal.text));
}

// Whether one text, by its id, is what the comparison looks for (less a negation).
std::function<bool(StringId)> text_test(const Column& column, Comparison how,
                                        const Literal& literal, const Place& place) {
  if (is_match(how)) {
    const auto matcher = std::make_shared<Matcher>(literal, *column.strings(), place);
    return [matcher](StringId id) { return matcher->matches(id); };
  }
  const StringId wanted = column.strings()->find(literal.text);
  return [wanted](StringId id) { return id == wanted; };
}

Predicate compare_text(const Column& column, Comparison how, const Literal& literal,
                       const Place& place) {
  expect_text(column, literal, place);
  const std::span<const StringId> ids = std::get<TextIds>(column.data()).values;
  if (is_match(how) || is_equality(how)) {
    const bool expected = !is_negative(how);
    return [=, test = text_test(column, how, literal, place)](Row row) {
      return ids[row] != null_string && test(ids[row]) == expected;
    };
  }
  const StringPool* strings = column.strings().get();
  return with_order(how, [&](auto holds) -> Predicate {
    return [=, text = literal.text](Row row) {
      return ids[row] != null_string && holds((*strings)[ids[row]].compare(text), 0);
    };
  });
}

Predicate compare_texts(const Column& column, Comparison how, const Literal& literal,
                        const Place& place) {
  expect_text(column, literal, place);
  if (!is_match(how) && !is_equality(how)) {
    place.fail(fmt::format("{} holds lists, which have no order; use == != ~ !~ or in",
                           quoted_name(column)));
  }
  const auto& lists = std::get<Lists<StringId>>(column.data());
  const bool expected = !is_negative(how);
  return [&lists, expected, test = text_test(column, how, literal, place)](Row row) {
    if (lists.is_null(row)) return false;
    const auto list = lists[row];
    return std::any_of(list.begin(), list.end(), test) == expected;
  };
}

// --- lists of integers ---

std::vector<std::int64_t> parse_dims(const Column& column, const Literal& literal,
                                     const Place& place) {
  std::vector<std::int64_t> dims;
  if (literal.text.empty()) return dims;
  for (const std::string_view part : split(literal.text, 'x')) {
    const auto value = parse_integer(trim(part));
    if (!value) {
      place.fail(
          fmt::format("{} holds lists of integers; compare it with a text such as "
                      "\"1x3x224x224\"",
                      quoted_name(column)));
    }
    dims.push_back(*value);
  }
  return dims;
}

Predicate compare_dims(const Column& column, Comparison how, const Literal& literal,
                       const Place& place) {
  const bool expected = !is_negative(how);
  if (is_match(how)) {
    expect_text(column, literal, place);
    std::shared_ptr<Regex> regex;
    try {
      regex = std::make_shared<Regex>(literal.text);
    } catch (const Error& e) {
      place.fail(e.what());
    }
    return [=, &column](Row row) {
      return !column.is_null(row) && regex->matches_part_of(column.cell(row)) == expected;
    };
  }
  if (!is_equality(how)) {
    place.fail(fmt::format("{} holds lists, which have no order; use == != ~ !~ or in",
                           quoted_name(column)));
  }
  return [&column, expected, dims = parse_dims(column, literal, place)](Row row) {
    const auto list = column.integers(row);
    return !column.is_null(row) &&
           std::equal(list.begin(), list.end(), dims.begin(), dims.end()) == expected;
  };
}

// --- booleans ---

Predicate compare_boolean(const Column& column, Comparison how, const Literal& literal,
                          const Place& place) {
  if (literal.kind != Literal::Kind::boolean || !is_equality(how)) {
    place.fail(fmt::format("{} is true or false; write it alone, or compare it by == or !=",
                           quoted_name(column)));
  }
  const std::uint8_t wanted = literal.boolean != is_negative(how) ? 1 : 0;
  const std::span<const std::uint8_t> values = std::get<Booleans>(column.data()).values;
  return [=](Row row) { return values[row] == wanted; };
}

// --- one of several ---

Predicate is_one_of_numbers(const Column& column, const std::vector<Literal>& literals,
                            const Place& place) {
  std::vector<std::int64_t> integers;
  std::vector<double> reals;
  for (const Literal& literal : literals) {
    if (literal.kind != Literal::Kind::number) {
      place.fail(fmt::format("{} holds numbers, not texts", quoted_name(column)));
    }
    if (column.type() == ColumnType::integer && literal.integer) {
      integers.push_back(*literal.integer);
    } else {
      reals.push_back(literal.real);
    }
  }
  std::sort(integers.begin(), integers.end());
  std::sort(reals.begin(), reals.end());
  return [&column, integers = std::move(integers), reals = std::move(reals)](Row row) {
    if (column.is_null(row)) return false;
    if (column.type() == ColumnType::integer &&
        std::binary_search(integers.begin(), integers.end(), *column.integer(row))) {
      return true;
    }
    return std::binary_search(reals.begin(), reals.end(), *column.real(row));
  };
}

Predicate is_one_of_texts(const Column& column, const std::vector<Literal>& literals,
                          const Place& place) {
  std::vector<StringId> wanted;
  for (const Literal& literal : literals) {
    expect_text(column, literal, place);
    const StringId id = column.strings()->find(literal.text);
    if (id != null_string) wanted.push_back(id);
  }
  std::sort(wanted.begin(), wanted.end());
  if (column.type() == ColumnType::text) {
    const std::span<const StringId> ids = std::get<TextIds>(column.data()).values;
    return [ids, wanted = std::move(wanted)](Row row) {
      return std::binary_search(wanted.begin(), wanted.end(), ids[row]);
    };
  }
  const auto& lists = std::get<Lists<StringId>>(column.data());
  return [&lists, wanted = std::move(wanted)](Row row) {
    const auto list = lists[row];  // empty when unknown
    return std::any_of(list.begin(), list.end(), [&](StringId id) {
      return std::binary_search(wanted.begin(), wanted.end(), id);
    });
  };
}

Predicate is_one_of_dims(const Column& column, const std::vector<Literal>& literals,
                         const Place& place) {
  std::vector<std::vector<std::int64_t>> wanted;
  wanted.reserve(literals.size());
  for (const Literal& literal : literals) wanted.push_back(parse_dims(column, literal, place));
  std::sort(wanted.begin(), wanted.end());
  return [&column, wanted = std::move(wanted)](Row row) {
    if (column.is_null(row)) return false;
    const auto list = column.integers(row);
    const auto at = std::lower_bound(
        wanted.begin(), wanted.end(), list, [](const auto& candidate, const auto& value) {
          return std::lexicographical_compare(candidate.begin(), candidate.end(), value.begin(),
                                              value.end());
        });
    return at != wanted.end() && std::equal(at->begin(), at->end(), list.begin(), list.end());
  };
}

bool holds_numbers(const Column& column) {
  return column.type() == ColumnType::integer || column.type() == ColumnType::real;
}

}  // namespace

Predicate compare(const Column& column, Comparison how, const Literal& literal,
                  const Place& place) {
  switch (column.type()) {
    case ColumnType::boolean:
      return compare_boolean(column, how, literal, place);
    case ColumnType::integer:
    case ColumnType::real:
      return compare_number(column, how, literal, place);
    case ColumnType::text:
      return compare_text(column, how, literal, place);
    case ColumnType::integers:
      return compare_dims(column, how, literal, place);
    case ColumnType::texts:
      return compare_texts(column, how, literal, place);
  }
  return {};
}

Predicate compare(const Column& a, Comparison how, const Column& b, const Place& place) {
  if (is_match(how)) place.fail("'~' needs a regular expression in quotes, not a column");
  if (a.type() == ColumnType::integer && b.type() == ColumnType::integer) {
    return with_order(how, [&](auto holds) -> Predicate {
      return [=, &a, &b](Row row) {
        const auto x = a.integer(row), y = b.integer(row);
        return x && y && holds(*x, *y);
      };
    });
  }
  if (holds_numbers(a) && holds_numbers(b)) {
    return with_order(how, [&](auto holds) -> Predicate {
      return [=, &a, &b](Row row) {
        const auto x = a.real(row), y = b.real(row);
        return x && y && holds(*x, *y);
      };
    });
  }
  if (a.type() == ColumnType::text && b.type() == ColumnType::text) {
    return with_order(how, [&](auto holds) -> Predicate {
      return [=, &a, &b](Row row) {
        const auto x = a.text(row), y = b.text(row);
        return x && y && holds(x->compare(*y), 0);
      };
    });
  }
  if (a.type() == ColumnType::boolean && b.type() == ColumnType::boolean && is_equality(how)) {
    return [&a, &b, expected = how == Comparison::equal](Row row) {
      const auto x = a.boolean(row), y = b.boolean(row);
      return x && y && (*x == *y) == expected;
    };
  }
  place.fail(fmt::format("{} ({}) and {} ({}) cannot be compared this way", quoted_name(a),
                         column_type_name(a.type()), quoted_name(b), column_type_name(b.type())));
}

Predicate is_one_of(const Column& column, const std::vector<Literal>& literals,
                    const Place& place) {
  switch (column.type()) {
    case ColumnType::integer:
    case ColumnType::real:
      return is_one_of_numbers(column, literals, place);
    case ColumnType::text:
    case ColumnType::texts:
      return is_one_of_texts(column, literals, place);
    case ColumnType::integers:
      return is_one_of_dims(column, literals, place);
    case ColumnType::boolean:
      break;
  }
  place.fail(fmt::format("{} is true or false; write it alone, or compare it by == or !=",
                         quoted_name(column)));
}

Predicate is_true(const Column& column) {
  const std::span<const std::uint8_t> values = std::get<Booleans>(column.data()).values;
  return [values](Row row) { return values[row] == 1; };
}

}  // namespace trex

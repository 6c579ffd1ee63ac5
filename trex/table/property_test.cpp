// What must hold for every table, tried on random ones: stable sorts, sums that add up, joins as
// the naive double loop makes them, and expressions that never crash.

// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <functional>
#include <numeric>
#include <sstream>

#include "trex/base/error.hpp"
#include "trex/table/expression.hpp"
#include "trex/table/table.hpp"

namespace trex {
namespace {

constexpr Key<std::int64_t> number{"number", Unit::none, ""};
constexpr Key<double> real{"real", Unit::none, ""};
constexpr Key<std::string_view> text{"text", Unit::none, ""};
constexpr Key<Texts> words{"words", Unit::none, ""};

// Few distinct values, so that equal ones meet; about one in six is unknown.
rc::Gen<std::int64_t> any_number() {
  return rc::gen::map(rc::gen::inRange(-3, 4),
                      [](int value) { return value == 3 ? null_integer : std::int64_t{value}; });
}
rc::Gen<std::string> any_text() {
  return rc::gen::container<std::string>(rc::gen::element('a', 'b', '\0', '\xff'));
}

Table any_table(std::size_t rows) {
  Table table;
  const auto numbers = *rc::gen::container<std::vector<std::int64_t>>(rows, any_number());
  table.add(number, numbers);
  std::vector<double> reals;
  for (const std::int64_t value :
       *rc::gen::container<std::vector<std::int64_t>>(rows, any_number())) {
    reals.push_back(value == null_integer ? null_real : static_cast<double>(value) / 4);
  }
  table.add(real, reals);
  std::vector<StringId> ids;
  Lists<StringId> lists;
  for (std::size_t row = 0; row < rows; ++row) {
    const std::string value = *any_text();
    ids.push_back(value == "a" ? null_string : table.strings()->intern(value));
    std::vector<StringId> list;
    for (const auto& word : *rc::gen::container<std::vector<std::string>>(any_text())) {
      list.push_back(table.strings()->intern(word.substr(0, 1)));
    }
    if (list.size() > 8) {
      lists.push_null();
    } else {
      lists.push(list);
    }
  }
  table.add(text, std::move(ids));
  table.add(words, std::move(lists));
  return table;
}

std::size_t any_size() { return static_cast<std::size_t>(*rc::gen::inRange(0, 40)); }

// Whether cell `a` comes before cell `b` in ascending order; unknown ones are equal.
int compare_cells(const Column& column, Row a, Row b) {
  if (column.is_null(a) || column.is_null(b)) return 0;
  if (column.type() == ColumnType::text) return column.text(a)->compare(*column.text(b));
  if (column.type() == ColumnType::texts) {
    for (std::size_t i = 0; i < std::min(column.list_size(a), column.list_size(b)); ++i) {
      const int compared = column.text_at(a, i).compare(column.text_at(b, i));
      if (compared != 0) return compared;
    }
    return static_cast<int>(column.list_size(a)) - static_cast<int>(column.list_size(b));
  }
  return (*column.real(a) > *column.real(b)) - (*column.real(a) < *column.real(b));
}

// With a fixed seed: a failure is the same on every machine.
void check(const std::function<void()>& property) {
  rc::detail::TestParams params;
  params.seed = 1;
  const auto result = rc::detail::checkTestable(property, rc::detail::TestMetadata(), params);
  std::ostringstream shown;
  rc::detail::printResultMessage(result, shown);
  EXPECT_TRUE(result.is<rc::detail::SuccessResult>()) << shown.str();
}

TEST(Property, SortsAreStableWithUnknownLast) {
  check([] {
    const Table table = any_table(any_size());
    for (const char* name : {"number", "real", "text", "words"}) {
      const Column& column = table.at(name);
      for (const Order order : {Order::ascending, Order::descending}) {
        std::vector<Row> expected(table.row_count());
        std::iota(expected.begin(), expected.end(), Row{0});
        std::stable_sort(expected.begin(), expected.end(), [&](Row a, Row b) {
          if (column.is_null(a) != column.is_null(b)) return column.is_null(b);
          const int compared = compare_cells(column, a, b);
          return order == Order::ascending ? compared < 0 : compared > 0;
        });
        RC_ASSERT(table.order_by(name, order) == expected);
        if (order == Order::ascending) continue;
        const std::size_t count = any_size();
        expected.resize(std::min(count, expected.size()));
        Table numbered = table;
        std::vector<std::int64_t> rows(table.row_count());
        std::iota(rows.begin(), rows.end(), 0);
        const Table top =
            numbered.add(Key<std::int64_t>{"row", Unit::none, ""}, rows).top(count, name);
        for (Row i = 0; i < expected.size(); ++i)
          RC_ASSERT(*top.at("row").integer(i) == expected[i]);
      }
    }
  });
}

TEST(Property, GroupsAddUpToTheWhole) {
  check([] {
    const Table table = any_table(any_size());
    for (const std::vector<std::string>& by :
         {std::vector<std::string>{"number"}, {"text"}, {"real", "text"}}) {
      const Table groups = table.group_by(by, {{Aggregate::sum, "number", "sum"},
                                               {Aggregate::count, "real", "known"},
                                               {Aggregate::max, "number", "largest"}});
      RC_ASSERT(total(View<std::int64_t>(groups.at("sum"))) == total(table[number]));
      const auto count = total(groups[group_size]);
      RC_ASSERT(count.value_or(0) == static_cast<std::int64_t>(table.row_count()));
      std::int64_t known = 0;
      for (Row row = 0; row < table.row_count(); ++row)
        known += table.at("real").is_null(row) ? 0 : 1;
      RC_ASSERT(total(View<std::int64_t>(groups.at("known"))).value_or(0) == known);
      RC_ASSERT(groups.group_by(by, {}).row_count() == groups.row_count());
    }
  });
}

TEST(Property, AListsGroupsHoldEachRowOnce) {
  check([] {
    const Table table = any_table(any_size());
    const Table groups = table.group_by(words, {sum(number)});
    for (Row group = 0; group < groups.row_count(); ++group) {
      const auto word = groups.at("words").text(group);
      std::int64_t rows = 0;
      for (Row row = 0; row < table.row_count(); ++row) {
        const TextList list = table[words][row];
        bool holds = !word && list.empty();
        for (std::size_t i = 0; i < list.size(); ++i) holds = holds || (word && list[i] == *word);
        rows += holds ? 1 : 0;
      }
      RC_ASSERT(groups[group_size][group] == rows);
    }
  });
}

TEST(Property, JoinsAsTheDoubleLoopDoes) {
  check([] {
    const Table left = any_table(any_size()).select({"number", "text", "real"});
    const Table right = any_table(any_size()).select({"number", "text", "real"});
    for (const char* name : {"number", "text", "real"}) {
      const Column& a = left.at(name);
      const Column& b = right.at(name);
      std::vector<std::string> expected;
      for (Row i = 0; i < left.row_count(); ++i) {
        bool found = false;
        for (Row j = 0; j < right.row_count(); ++j) {
          if (a.is_null(i) || b.is_null(j) || a.cell(i) != b.cell(j)) continue;
          expected.push_back(left.at("number").cell(i) + "|" + right.at("real").cell(j));
          found = true;
        }
        if (!found) expected.push_back(left.at("number").cell(i) + "|");
      }
      const Table joined = left.join(right, name, Join::left);
      const Column* reals = joined.find("real_right");
      RC_ASSERT(joined.row_count() == expected.size());
      for (Row row = 0; row < joined.row_count(); ++row) {
        if (reals == nullptr) continue;  // real is the key itself
        RC_ASSERT(joined.at("number").cell(row) + "|" + reals->cell(row) == expected[row]);
      }
    }
  });
}

TEST(Property, ConcatKeepsEveryCell) {
  check([] {
    const Table a = any_table(any_size()).select({"number", "text", "words"});
    const Table b = any_table(any_size()).select({"words", "real", "text"});
    const Table both = a.concat(b);
    RC_ASSERT(both.row_count() == a.row_count() + b.row_count());
    for (Row row = 0; row < both.row_count() && both.column_count() > 0; ++row) {
      for (std::size_t i = 0; i < both.column_count(); ++i) {
        const Column& column = both.column(i);
        const bool above = row < a.row_count();
        const Column* source = (above ? a : b).find(column.name());
        const Row place = above ? row : static_cast<Row>(row - a.row_count());
        RC_ASSERT(column.cell(row) == (source == nullptr ? "" : source->cell(place)));
        RC_ASSERT(column.is_null(row) == (source == nullptr || source->is_null(place)));
      }
    }
  });
}

TEST(Property, ExpressionsGiveRowsOrOneClearError) {
  check([] {
    const Table table = any_table(any_size());
    const auto tokens = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
        "number", "real", "text", "words", "(", ")", ",", "and", "or", "not", "in", "is", "null",
        "==", "!=", "<", ">=", "~", "!~", "1", "-2.5", "'a'", "\"b\"", "true", "'('", "`text`",
        "\xff", "'", "1x", "!", "&&"));
    std::string expression;
    for (const std::string& token : tokens) expression += token + " ";
    try {
      const std::vector<Row> rows = rows_where(table, expression);
      RC_ASSERT(std::is_sorted(rows.begin(), rows.end()));
      const std::vector<Row> others = rows_where(table, "not (" + expression + ")");
      RC_ASSERT(rows.size() + others.size() == table.row_count());
    } catch (const Error& e) {
      RC_ASSERT(std::string(e.what()).rfind("filter: column ", 0) == 0);
    }
  });
}

}  // namespace
}  // namespace trex

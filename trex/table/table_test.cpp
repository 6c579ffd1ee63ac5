// SPDX-License-Identifier: Apache-2.0
#include "trex/table/table.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "trex/base/error.hpp"

namespace trex::table_test {
namespace {

constexpr Key<std::string_view> name{"name", Unit::none, "name"};
constexpr Key<std::string_view> type{"type", Unit::none, "type"};
constexpr Key<double> time_ms{"time_ms", Unit::milliseconds, "time"};
constexpr Key<std::int64_t> bytes{"bytes", Unit::bytes, "bytes"};
constexpr Key<bool> hidden{"hidden", Unit::none, "hidden"};
constexpr Key<Integers> dims{"dims", Unit::none, "dims"};
constexpr Key<Texts> ops{"ops", Unit::none, "ops"};
constexpr double nan = null_real;
constexpr std::int64_t none = null_integer;

template <class F>
std::string error_of(F f) {
  try {
    f();
  } catch (const Error& e) {
    return e.what();
  }
  return "no error";
}

// Each row as its cells, separated by '|'.
std::vector<std::string> rows_of(const Table& table) {
  std::vector<std::string> rows;
  for (Row row = 0; row < table.row_count(); ++row) {
    std::string text;
    for (std::size_t i = 0; i < table.column_count(); ++i) {
      text += (i == 0 ? "" : "|") + table.column(i).cell(row);
    }
    rows.push_back(text);
  }
  return rows;
}
using Rows = std::vector<std::string>;

Table layers() {
  Table table;
  table.add(name, std::vector<std::string>{"a", "b", "c", "d", "e"});
  table.add(type, std::vector<std::string>{"Conv", "Pool", "Conv", "Reformat", "Conv"});
  table.add(time_ms, {0.5, 0.25, nan, 0.125, 1.0});
  table.add(bytes, {10, none, 30, 40, 50});
  table.add(hidden, {0, 1, null_boolean, 0, 0});
  Lists<std::int64_t> shapes;
  for (const std::vector<std::int64_t>& shape :
       {std::vector<std::int64_t>{1, 3}, {1, 20}, {1}, {1, 3}}) {
    shapes.push(shape);
  }
  shapes.push_null();
  table.add(dims, std::move(shapes));
  Lists<StringId> nodes;
  const StringId x = table.strings()->intern("x"), y = table.strings()->intern("y");
  nodes.push(std::vector<StringId>{x, y});
  nodes.push(std::vector<StringId>{x, x});
  nodes.push({});
  nodes.push_null();
  nodes.push(std::vector<StringId>{y});
  table.add(ops, std::move(nodes));
  return table;
}

TEST(Table, ShowsItsCells) {
  EXPECT_EQ(rows_of(layers()),
            (Rows{"a|Conv|0.5|10|false|1x3|x, y", "b|Pool|0.25||true|1x20|x, x", "c|Conv||30||1|",
                  "d|Reformat|0.125|40|false|1x3|", "e|Conv|1|50|false||y"}));
}

TEST(Table, ReadsByKey) {
  const Table table = layers();
  EXPECT_EQ(table[time_ms][0], 0.5);
  EXPECT_EQ(table[time_ms][2], std::nullopt);
  EXPECT_EQ(table[bytes][1], std::nullopt);
  EXPECT_EQ(table[hidden][1], true);
  EXPECT_EQ(table[hidden][2], std::nullopt);
  EXPECT_EQ(table[type][1], "Pool");
  EXPECT_EQ(table[ops][1][1], "x");
  EXPECT_TRUE(table[ops].is_null(3));
  EXPECT_FALSE(table[ops].is_null(2));
  EXPECT_EQ(table[dims][1][1], 20);
  EXPECT_TRUE(table[dims].is_null(4));
  EXPECT_TRUE(table.has(time_ms));
  EXPECT_FALSE(table.has(Key<double>{"no", Unit::none, ""}));
}

TEST(Table, AnUnknownColumnSaysWhatWasMeant) {
  const Table table = layers();
  EXPECT_EQ(error_of([&] { table.at("tiem_ms"); }), "no column 'tiem_ms', did you mean 'time_ms'?");
  EXPECT_EQ(error_of([&] { table.sorted_by("zzz", Order::ascending); }),
            "no column 'zzz'; known: name, type, time_ms, bytes, hidden, dims, ops");
  EXPECT_EQ(error_of([&] {
              table.select({"name", "Type_"});
            }),
            "no column 'Type_', did you mean 'type'?");
}

TEST(Table, SortsWithUnknownLast) {
  struct Case {
    const char* column;
    Order order;
    std::vector<Row> expected;
  };
  const Case cases[] = {
      {"time_ms", Order::ascending, {3, 1, 0, 4, 2}},
      {"time_ms", Order::descending, {4, 0, 1, 3, 2}},
      {"bytes", Order::ascending, {0, 2, 3, 4, 1}},
      {"bytes", Order::descending, {4, 3, 2, 0, 1}},
      {"type", Order::ascending, {0, 2, 4, 1, 3}},
      {"type", Order::descending, {3, 1, 0, 2, 4}},
      {"hidden", Order::ascending, {0, 3, 4, 1, 2}},
      {"hidden", Order::descending, {1, 0, 3, 4, 2}},
      {"dims", Order::ascending, {2, 0, 3, 1, 4}},  // 1 < 1x3 = 1x3 < 1x20
      {"dims", Order::descending, {1, 0, 3, 2, 4}},
      {"ops", Order::ascending, {2, 1, 0, 4, 3}},  // empty < x,x < x,y < y < unknown
      {"ops", Order::descending, {4, 0, 1, 2, 3}},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.column);
    EXPECT_EQ(layers().order_by(c.column, c.order), c.expected);
  }
}

TEST(Table, SortsRealsAcrossZeroAndInfinity) {
  const double infinity = std::numeric_limits<double>::infinity();
  Table table;
  table.add(time_ms, {0.0, -1.0, infinity, -0.0, nan, -infinity, 5e-324, 1e308, -2.0});
  EXPECT_EQ(table.order_by("time_ms", Order::ascending),
            (std::vector<Row>{5, 8, 1, 0, 3, 6, 7, 2, 4}));
}

TEST(Table, SortsIntegersAtTheirLimits) {
  Table table;
  table.add(bytes, {INT64_MAX, -1, none, 0, INT64_MIN + 1, 1});
  EXPECT_EQ(table.order_by("bytes", Order::ascending), (std::vector<Row>{4, 1, 3, 5, 0, 2}));
}

TEST(Table, SortsTextsByBytes) {
  Table table;
  const std::string zero("ab\0", 3);
  table.add(name, std::vector<std::string>{"layer.b", "", "ab", zero, "layer.a", "\xff", "é", "Z",
                                           "layer.aaaaaaaab", "layer.aaaaaaaaa"});
  EXPECT_EQ(table.order_by("name", Order::ascending),
            (std::vector<Row>{1, 7, 2, 3, 4, 9, 8, 0, 6, 5}));
  EXPECT_EQ(table.order_by("name", Order::descending),
            (std::vector<Row>{5, 6, 0, 8, 9, 4, 3, 2, 7, 1}));
}

TEST(Table, TakesTheTop) {
  EXPECT_EQ(rows_of(layers().top(2, "time_ms").select({"name", "time_ms"})),
            (Rows{"e|1", "a|0.5"}));
  EXPECT_EQ(rows_of(layers().top(9, "bytes").select({"name"})), (Rows{"e", "d", "c", "a", "b"}));
  EXPECT_EQ(layers().top(0, "bytes").row_count(), 0u);
  EXPECT_EQ(rows_of(layers().head(2).select({"name"})), (Rows{"a", "b"}));
  EXPECT_EQ(layers().head(99).row_count(), 5u);
}

TEST(Table, FiltersAndTakes) {
  const Table table = layers();
  const auto times = table[time_ms];
  const Table slow = table.filter([&](Row row) { return times[row].value_or(0) > 0.2; });
  EXPECT_EQ(rows_of(slow.select({"name"})), (Rows{"a", "b", "e"}));
  const std::vector<Row> rows = {4, no_row, 0, 0};
  EXPECT_EQ(rows_of(table.take(rows)),
            (Rows{"e|Conv|1|50|false||y", "||||||", "a|Conv|0.5|10|false|1x3|x, y",
                  "a|Conv|0.5|10|false|1x3|x, y"}));
  EXPECT_EQ(table.without("name").column_count(), 6u);
  EXPECT_EQ(table.column_count(), 7u);
}

TEST(Table, AddReplacesTheColumnOfThatName) {
  Table table = layers();
  table.add(time_ms, {1, 2, 3, 4, 5});
  EXPECT_EQ(table.column_count(), 7u);
  EXPECT_EQ(table[time_ms][2], 3.0);
}

TEST(GroupBy, ComputesOverTheKnown) {
  const Table groups =
      layers().group_by(type, {sum(time_ms), mean(bytes), median(bytes), min(time_ms), max(bytes),
                               count_known(time_ms), any(name)});
  EXPECT_EQ(groups.column_names(),
            (std::vector<std::string>{"type", "count", "time_ms", "bytes", "median_bytes",
                                      "min_time_ms", "max_bytes", "count_time_ms", "name"}));
  EXPECT_EQ(rows_of(groups), (Rows{"Conv|3|1.5|30|30|0.5|50|2|a", "Pool|1|0.25|||0.25||1|b",
                                   "Reformat|1|0.125|40|40|0.125|40|1|d"}));
}

TEST(GroupBy, UnknownIsAGroup) {
  EXPECT_EQ(rows_of(layers().group_by(hidden, {sum(bytes)})),
            (Rows{"false|3|100", "true|1|", "|1|30"}));
  EXPECT_EQ(rows_of(layers().group_by(dims, {sum(bytes)})),
            (Rows{"1x3|2|50", "1x20|1|", "1|1|30", "|1|50"}));
}

TEST(GroupBy, AListCountsInEachOfItsElements) {
  // Row b names x twice and counts once; c (no element) and d (unknown) are the unknown group.
  EXPECT_EQ(rows_of(layers().group_by(ops, {sum(time_ms)})),
            (Rows{"x|2|0.75", "y|2|1.5", "|2|0.125"}));
}

TEST(GroupBy, SeveralColumnsAndNone) {
  EXPECT_EQ(rows_of(layers().group_by({"hidden", "type"}, {})),
            (Rows{"false|Conv|2", "true|Pool|1", "|Conv|1", "false|Reformat|1"}));
  EXPECT_EQ(rows_of(layers().group_by({"type", "ops"}, {sum(bytes)})),
            (Rows{"Conv|x|1|10", "Conv|y|2|60", "Pool|x|1|", "Conv||1|30", "Reformat||1|40"}));
  EXPECT_EQ(rows_of(layers().group_by(std::vector<std::string>{}, {sum(bytes)})), (Rows{"5|130"}));
  EXPECT_EQ(layers().head(0).group_by(type, {sum(bytes)}).row_count(), 0u);
}

TEST(GroupBy, ZeroAndMinusZeroAreOne) {
  Table table;
  table.add(time_ms, {0.0, -0.0, nan, nan});
  EXPECT_EQ(rows_of(table.group_by(time_ms, {})), (Rows{"0|2", "|2"}));
}

TEST(GroupBy, SumsThatOverflowAreUnknown) {
  Table table;
  table.add(type, std::vector<std::string>{"up", "up", "back", "back", "back"});
  table.add(bytes, {INT64_MAX, 1, INT64_MAX, 1, -1});
  table.add(time_ms, {1e308, 1e308, 1e308, 1e308, -1e308});
  // "back" ends inside int64, whatever the order; doubles have left for good.
  EXPECT_EQ(rows_of(table.group_by(type, {sum(bytes), sum(time_ms)})),
            (Rows{"up|2||", "back|3|9223372036854775807|"}));
}

TEST(GroupBy, RefusesWhatItCannotDo) {
  EXPECT_EQ(error_of([] { layers().group_by(type, {sum(name)}); }),
            "the sum of column 'name' needs numbers, and it holds text; count and any work on it");
  EXPECT_EQ(error_of([] {
              layers().group_by(type, {{Aggregate::mean, "tim_ms", ""}});
            }),
            "no column 'tim_ms', did you mean 'time_ms'?");
  EXPECT_EQ(error_of([] {
              layers().group_by(type, {sum(bytes), sum(bytes), sum(bytes)});
            }),
            "two result columns are named 'sum_bytes'");
  EXPECT_EQ(error_of([] { find_aggregate("avg"); }),
            "no aggregate 'avg'; known: sum, mean, median, min, max, count, any");
  EXPECT_EQ(find_aggregate("median"), Aggregate::median);
}

Table costs() {
  Table table;  // its own pool
  table.add(type, std::vector<std::string>{"Pool", "Conv", "None", "Conv"});
  table.add(time_ms, {7, 8, 9, nan});
  table.add(Key<std::string_view>{"note", Unit::none, ""},
            std::vector<std::string>{"p", "c", "n", "c2"});
  return table;
}

TEST(Join, PutsMatchingRowsBeside) {
  const Table left = layers().select({"name", "type", "time_ms"});
  EXPECT_EQ(rows_of(left.join(costs(), "type", Join::inner)),
            (Rows{"a|Conv|0.5|8|c", "a|Conv|0.5||c2", "b|Pool|0.25|7|p", "c|Conv||8|c",
                  "c|Conv|||c2", "e|Conv|1|8|c", "e|Conv|1||c2"}));
  const Table all = left.join(costs(), "type", Join::left);
  EXPECT_EQ(all.row_count(), 8u);
  EXPECT_EQ(rows_of(all)[5], "d|Reformat|0.125||");
  EXPECT_EQ(all.column_names(),
            (std::vector<std::string>{"name", "type", "time_ms", "time_ms_right", "note"}));
}

TEST(Join, UnknownKeysJoinNothing) {
  Table a, b;
  a.add(bytes, {1, none, 3});
  b.add(bytes, {none, 3, 1}).add(hidden, {1, 1, 0});
  EXPECT_EQ(rows_of(a.join(b, "bytes", Join::inner)), (Rows{"1|false", "3|true"}));
  EXPECT_EQ(rows_of(a.join(b, "bytes", Join::left)), (Rows{"1|false", "|", "3|true"}));
}

TEST(Join, IntegersMeetReals) {
  Table a, b;
  a.add(Key<std::int64_t>{"k", Unit::none, ""}, {1, 2, 3});
  b.add(Key<double>{"k", Unit::none, ""}, {2.0, 2.5, 3.0}).add(bytes, {20, 25, 30});
  EXPECT_EQ(rows_of(a.join(b, "k", Join::inner)), (Rows{"2|20", "3|30"}));
}

TEST(Join, RefusesWhatItCannotDo) {
  Table other;
  other.add(Key<std::int64_t>{"name", Unit::none, ""}, {1});
  EXPECT_EQ(
      error_of([&] { layers().join(other, "name", Join::inner); }),
      "column 'name' holds text in one table and integer in the other: they cannot be joined");
  EXPECT_EQ(error_of([&] { layers().join(layers(), "ops", Join::inner); }),
            "column 'ops' holds lists and cannot join tables");
  EXPECT_EQ(error_of([&] { layers().join(other, "bytes", Join::inner); }),
            "no column 'bytes'; known: name");
  Table same;
  same.add(bytes, std::vector<std::int64_t>(10000, 5));
  EXPECT_EQ(error_of([&] { same.join(same, "bytes", Join::inner); }),
            "joining by 'bytes' would give up to 100000000 rows: its values repeat on both sides");
}

TEST(Concat, PutsRowsBelowByName) {
  const Table below = costs();
  const Table both = layers().select({"name", "type", "time_ms"}).head(2).concat(below.head(2));
  EXPECT_EQ(rows_of(both), (Rows{"a|Conv|0.5|", "b|Pool|0.25|", "|Pool|7|p", "|Conv|8|c"}));
  EXPECT_EQ(rows_of(layers().concat(layers())).size(), 10u);
  EXPECT_EQ(rows_of(layers().concat(layers()))[5], "a|Conv|0.5|10|false|1x3|x, y");
  EXPECT_EQ(rows_of(layers().concat(layers()))[8], "d|Reformat|0.125|40|false|1x3|");
}

TEST(Concat, IntegersMeetReals) {
  Table a, b, c;
  a.add(Key<std::int64_t>{"k", Unit::bytes, ""}, {1, none});
  b.add(Key<double>{"k", Unit::none, ""}, {2.5});
  c.add(Key<std::string_view>{"k", Unit::none, ""}, std::vector<std::string>{"x"});
  EXPECT_EQ(rows_of(a.concat(b)), (Rows{"1", "", "2.5"}));
  EXPECT_EQ(rows_of(b.concat(a)), (Rows{"2.5", "1", ""}));
  EXPECT_EQ(error_of([&] { a.concat(c); }),
            "column 'k' holds integer in one table and text in the other");
}

TEST(Describe, GivesARowForEachNumericColumn) {
  Table table;
  table.add(name, std::vector<std::string>{"a", "b", "c", "d", "e"});
  table.add(time_ms, {4, 1, nan, 3, 2});
  table.add(bytes, {none, none, 7, none, none});
  // 1 2 3 4: mean 2.5, deviation sqrt(5 / 3), quartiles 1.75 and 3.25.
  EXPECT_EQ(rows_of(table.describe()),
            (Rows{"time_ms|ms|4|1|10|2.5|1.2909944487358056|1|1.75|2.5|3.25|4",
                  "bytes|B|1|4|7|7||7|7|7|7|7"}));
}

TEST(Statistics, TotalsAndPercentiles) {
  EXPECT_EQ(total(layers()[time_ms]), 1.875);
  EXPECT_EQ(total(layers()[bytes]), 130);
  Table empty;
  empty.add(time_ms, {nan}).add(bytes, {none});
  EXPECT_EQ(total(empty[time_ms]), std::nullopt);
  EXPECT_EQ(total(empty[bytes]), std::nullopt);
  const std::vector<double> values = {1, 2, 4, 8};
  EXPECT_EQ(percentile_linear(values, 0), 1);
  EXPECT_EQ(percentile_linear(values, 50), 3);
  EXPECT_EQ(percentile_linear(values, 75), 5);      // place 2.25: 4 + 4 * 0.25
  EXPECT_EQ(percentile_linear(values, 87.5), 6.5);  // place 2.625: 8 - 4 * 0.375
  EXPECT_EQ(percentile_linear(values, 100), 8);
  EXPECT_EQ(percentile_linear(values, 400), 8);
  EXPECT_TRUE(std::isnan(percentile_linear({}, 50)));
}

}  // namespace
}  // namespace trex::table_test

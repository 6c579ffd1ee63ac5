// SPDX-License-Identifier: Apache-2.0
#include "trex/table/expression.hpp"

#include <gtest/gtest.h>

#include "trex/base/error.hpp"

namespace trex {
namespace {

// Rows 0 to 4; row 4 is unknown everywhere but in its name.
Table layers() {
  Table table;
  table.add(Key<std::string_view>{"name", Unit::none, ""},
            std::vector<std::string>{"conv1", "attn.q", "attn.k", "it's \"x\"", "end"});
  const StringId conv = table.strings()->intern("Convolution");
  const StringId gemm = table.strings()->intern("gemm");
  table.add(Key<std::string_view>{"type", Unit::none, ""},
            std::vector<StringId>{conv, gemm, gemm, conv, null_string});
  table.add(Key<std::string_view>{"subtype", Unit::none, ""},
            std::vector<StringId>{conv, conv, gemm, gemm, null_string});
  table.add(Key<double>{"time_ms", Unit::milliseconds, ""}, {0.5, 0.01, -1, 0, null_real});
  table.add(Key<std::int64_t>{"bytes", Unit::bytes, ""},
            {9007199254740993, 9007199254740992, 3, 0, null_integer});  // 2^53 + 1, 2^53
  table.add(Key<std::int64_t>{"limit", Unit::bytes, ""}, {9007199254740992, 3, 3, 1, 1});
  table.add(Key<bool>{"hidden", Unit::none, ""}, {0, 1, 0, 1, null_boolean});
  table.add(Key<bool>{"is_hidden", Unit::none, ""}, {1, 1, 0, 0, 1});
  Lists<std::int64_t> dims;
  dims.push(std::vector<std::int64_t>{1, 3, 224, 224});
  dims.push(std::vector<std::int64_t>{-1, 8});
  dims.push(std::vector<std::int64_t>{8});
  dims.push({});
  dims.push_null();
  table.add(Key<Integers>{"dims", Unit::none, ""}, std::move(dims));
  Lists<StringId> ops;
  ops.push(std::vector<StringId>{conv, gemm});
  ops.push(std::vector<StringId>{gemm});
  ops.push({});
  ops.push(std::vector<StringId>{conv});
  ops.push_null();
  table.add(Key<Texts>{"source_ops", Unit::none, ""}, std::move(ops));
  return table;
}

TEST(Expression, ChoosesRows) {
  using Rows = std::vector<Row>;
  struct Case {
    const char* expression;
    Rows expected;
  };
  const Case cases[] = {
      {"time_ms > 0", {0, 1}},
      {"time_ms >= 0", {0, 1, 3}},
      {"time_ms < 1e-2", {2, 3}},
      {"time_ms <= 0.01", {1, 2, 3}},
      {"time_ms == 0.5", {0}},
      {"time_ms = .5", {0}},
      {"time_ms != 0.5", {1, 2, 3}},
      {"time_ms == -1", {2}},
      {"time_ms>-1", {0, 1, 3}},
      {"bytes == 9007199254740993", {0}},
      {"bytes == 9007199254740992", {1}},
      {"bytes > 2.5", {0, 1, 2}},
      {"bytes > 99999999999999999999", {}},
      {"bytes > limit", {0, 1}},
      {"bytes == limit", {2}},
      {"time_ms < bytes", {0, 1, 2}},
      {"type == \"Convolution\"", {0, 3}},
      {"type != 'Convolution'", {1, 2}},
      {"type == 'absent'", {}},
      {"type != 'absent'", {0, 1, 2, 3}},
      {"type < 'D'", {0, 3}},
      {"type >= 'gemm'", {1, 2}},
      {"type == subtype", {0, 2}},
      {"type != subtype", {1, 3}},
      {"name ~ 'attn'", {1, 2}},
      {"name ~ \"^attn\\.[k-p]$\"", {2}},
      {"name !~ 'attn'", {0, 3, 4}},
      {"type !~ 'Conv'", {1, 2}},
      {"name == \"it's \\\"x\\\"\"", {3}},
      {"name == 'it\\'s \"x\"'", {3}},
      {"hidden", {1, 3}},
      {"not hidden", {0, 2, 4}},
      {"hidden == false", {0, 2}},
      {"hidden != TRUE", {0, 2}},
      {"hidden == is_hidden", {1, 2}},
      {"hidden != is_hidden", {0, 3}},
      {"hidden is null", {4}},
      {"time_ms is not null", {0, 1, 2, 3}},
      {"dims is null", {4}},
      {"source_ops IS NULL", {4}},
      {"dims == \"1x3x224x224\"", {0}},
      {"dims == '-1x8'", {1}},
      {"dims == 8", {2}},
      {"dims == ''", {3}},
      {"dims != '8'", {0, 1, 3}},
      {"dims ~ '224$'", {0}},
      {"dims !~ '8'", {0, 3}},
      {"dims in ('8', '1x3x224x224', '7')", {0, 2}},
      {"source_ops == 'gemm'", {0, 1}},
      {"source_ops != 'gemm'", {2, 3}},
      {"source_ops ~ '^C'", {0, 3}},
      {"source_ops !~ '^C'", {1, 2}},
      {"source_ops in ('gemm', 'x')", {0, 1}},
      {"source_ops not in ('gemm', 'x')", {2, 3}},
      {"type in ('gemm')", {1, 2}},
      {"type in ('gemm', 'Convolution', 'absent')", {0, 1, 2, 3}},
      {"type not in ('gemm')", {0, 3}},
      {"bytes in (3, 0.0, 9007199254740993)", {0, 2, 3}},
      {"time_ms in (0.5, 0)", {0, 3}},
      {"time_ms not in (0.5, 0)", {1, 2}},
      {"type == 'gemm' and time_ms > 0 or hidden", {1, 3}},
      {"type == 'gemm' and (time_ms > 0 or hidden)", {1}},
      {"type == 'gemm' && time_ms > 0 || hidden", {1, 3}},
      {"hidden or time_ms > 0 and type == 'gemm'", {1, 3}},
      {"not time_ms > 0", {2, 3, 4}},
      {"not not time_ms > 0", {0, 1}},
      {"!(time_ms > 0)", {2, 3, 4}},
      {"! ! hidden", {1, 3}},
      {"`time_ms` > 0", {0, 1}},
      {" \t\n time_ms\n>\t0 ", {0, 1}},
      {"((((hidden))))", {1, 3}},
  };
  const Table table = layers();
  for (const Case& c : cases) {
    SCOPED_TRACE(c.expression);
    try {
      EXPECT_EQ(rows_where(table, c.expression), c.expected);
    } catch (const Error& e) {
      ADD_FAILURE() << e.what();
    }
  }
}

TEST(Expression, SaysWhatIsWrongAndWhere) {
  struct Case {
    std::string expression;
    std::string expected;  // after "filter: "
  };
  const Case cases[] = {
      {"", "column 1: expected a column's name, got the end"},
      {"  ", "column 3: expected a column's name, got the end"},
      {"tiem_ms > 1", "column 1: no column 'tiem_ms', did you mean 'time_ms'?"},
      {"hidden and time-ms > 1", "column 12: no column 'time-ms', did you mean 'time_ms'?"},
      {"zzzzzz == 1",
       "column 1: no column 'zzzzzz'; known: name, type, subtype, time_ms, bytes, limit, hidden, "
       "is_hidden, dims, source_ops"},
      {"type", "column 5: expected a comparison such as == after 'type', got the end"},
      {"type ==", "column 8: expected a number, a text or a column, got the end"},
      {"type == Convolution",
       "column 9: no column 'Convolution'; a text stands in quotes: \"Convolution\""},
      {"type == 3", "column 9: 'type' holds text; compare it with a text in quotes: \"3\""},
      {"type == true", "column 9: 'type' holds text; compare it with a text in quotes: \"true\""},
      {"type == null", "column 9: nothing equals null; ask 'is null' or 'is not null'"},
      {"type is nul", "column 9: expected 'null' after 'is', got 'nul'"},
      {"time_ms == 'x'",
       "column 12: 'time_ms' holds numbers; compare it with a number, such as 0.5"},
      {"time_ms ~ 5", "column 11: '~' looks into texts, and 'time_ms' holds numbers"},
      {"time_ms > nan", "column 11: no column 'nan'; a text stands in quotes: \"nan\""},
      {"time_ms > 1.2.3", "column 11: '1.2.3' is no number"},
      {"time_ms > 10ms", "column 11: '10ms' is no number"},
      {"time_ms > 1e999", "column 11: '1e999' is no number"},
      {"time_ms == type",
       "column 12: 'time_ms' (real) and 'type' (text) cannot be compared this way"},
      {"name ~ type", "column 8: '~' needs a regular expression in quotes, not a column"},
      {"hidden == 1",
       "column 11: 'hidden' is true or false; write it alone, or compare it by == or !="},
      {"hidden < true",
       "column 10: 'hidden' is true or false; write it alone, or compare it by == or !="},
      {"hidden in (true)",
       "column 11: 'hidden' is true or false; write it alone, or compare it by == or !="},
      {"dims == 'big'",
       "column 9: 'dims' holds lists of integers; compare it with a text such as \"1x3x224x224\""},
      {"dims < '8'", "column 8: 'dims' holds lists, which have no order; use == != ~ !~ or in"},
      {"source_ops > 'a'",
       "column 14: 'source_ops' holds lists, which have no order; use == != ~ !~ or in"},
      {"type in ()", "column 10: expected a number or a text, got ')'"},
      {"type in ('a' 'b')", "column 14: expected ')', got the text \"b\""},
      {"type in 'a'", "column 9: expected '(', got the text \"a\""},
      {"time_ms in ('a')", "column 12: 'time_ms' holds numbers, not texts"},
      {"(hidden", "column 8: expected ')', got the end"},
      {"hidden)", "column 7: expected 'and', 'or' or the end, got ')'"},
      {"hidden hidden", "column 8: expected 'and', 'or' or the end, got 'hidden'"},
      {"0.5 < time_ms", "column 1: expected a column's name, got '0.5'"},
      {"'a' == type", "column 1: expected a column's name, got the text \"a\""},
      {"type == \"a", "column 9: the quote \" is not closed"},
      {"type == 'a\\'", "column 9: the quote ' is not closed"},
      {"time_ms + 1 > 2",
       "column 9: '+' means nothing here; known: == != < <= > >= ~ !~ ( ) , and or not in is"},
      {"name == 'é' & hidden",
       "column 13: '&' means nothing here; known: == != < <= > >= ~ !~ ( ) , and or not in is"},
      {"\x1b[31m",
       "column 1: '\\x1b' means nothing here; known: == != < <= > >= ~ !~ ( ) , and or not in is"},
      {"name ~ '('", "column 8: regular expression '(': missing ): ("},
      {"dims ~ '['", "column 8: regular expression '[': missing ]: ["},
      {std::string(201, '(') + "hidden", "column 201: parentheses nest deeper than 200"},
      {std::string(1000000, '('), "column 201: parentheses nest deeper than 200"},
  };
  const Table table = layers();
  for (const Case& c : cases) {
    SCOPED_TRACE(c.expression.substr(0, 80));
    try {
      rows_where(table, c.expression);
      ADD_FAILURE() << "no error";
    } catch (const Error& e) {
      EXPECT_EQ(e.what(), "filter: " + c.expected);
    }
  }
}

TEST(Expression, LongAndDeepOnesAreFine) {
  const Table table = layers();
  const std::string deep = std::string(200, '(') + "hidden" + std::string(200, ')');
  EXPECT_EQ(rows_where(table, deep), (std::vector<Row>{1, 3}));
  std::string nots, ors = "hidden";
  for (int i = 0; i < 100000; ++i) {
    nots += "not ";
    ors += " or hidden";
  }
  EXPECT_EQ(rows_where(table, nots + "hidden"), (std::vector<Row>{1, 3}));
  EXPECT_EQ(rows_where(table, ors), (std::vector<Row>{1, 3}));
}

TEST(Expression, WorksOnATableWithoutRows) {
  EXPECT_TRUE(rows_where(layers().head(0), "time_ms > 0").empty());
}

}  // namespace
}  // namespace trex

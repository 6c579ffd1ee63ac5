// DuckDB over tables of every type: what goes in comes out, and SQL reaches nothing else.

// SPDX-License-Identifier: Apache-2.0
#include "trex/store/database.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"

namespace trex::store::database_test {
namespace {

// Without DuckDB nothing here can run; where the build found one, it must load.
class DatabaseTest : public testing::Test {
 protected:
  void SetUp() override {
    if (std::string_view(TREX_DUCKDB_LIBRARY).empty() && !has_duckdb()) {
      GTEST_SKIP() << "this machine has no DuckDB (tools/duckdb.sh fetches it)";
    }
  }
};

struct TestFolder {
  TestFolder() {
    char name[] = "/tmp/trex-store-XXXXXX";
    path = std::filesystem::canonical(mkdtemp(name)).string();
  }
  ~TestFolder() { std::filesystem::remove_all(path); }
  std::string path;
};

constexpr Key<bool> flag{"flag", Unit::none, ""};
constexpr Key<std::int64_t> number{"number", Unit::bytes, ""};
constexpr Key<double> real{"real", Unit::milliseconds, ""};
constexpr Key<std::string_view> word{"word", Unit::none, ""};
constexpr Key<Integers> dims{"dims", Unit::none, ""};
constexpr Key<Texts> words{"words", Unit::none, ""};

// Three rows: all known, all unknown, all known.
Table every_type() {
  Table table;
  table.add(flag, {1, null_boolean, 0});
  table.add(number, {9'007'199'254'740'993, null_integer, -1});
  table.add(real, {0.1, null_real, 1e308});
  table.add(word, std::vector<StringId>{table.strings()->intern("a text of more than 12 bytes"),
                                        null_string, table.strings()->intern("short")});
  Lists<std::int64_t> lists;
  lists.push(std::vector<std::int64_t>{1, 3, 224});
  lists.push_null();
  lists.push(std::vector<std::int64_t>{});
  table.add(dims, lists);
  Lists<StringId> texts;
  texts.push(std::vector<StringId>{table.strings()->intern("conv1"),
                                   table.strings()->intern("a long name of a node")});
  texts.push_null();
  texts.push(std::vector<StringId>{});
  table.add(words, texts);
  return table;
}

// Every cell as text, rows apart by ';', cells by '|'; unknown as '-'.
std::string cells(const Table& table) {
  std::string text;
  for (Row row = 0; row < table.row_count(); ++row) {
    for (std::size_t c = 0; c < table.column_count(); ++c) {
      if (c > 0) text += '|';
      text += table.column(c).is_null(row) ? "-" : table.column(c).cell(row);
    }
    text += ';';
  }
  return text;
}

std::string message_of(Database& database, const std::string& sql, const SqlParameters& p = {}) {
  try {
    database.query(sql, p);
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

TEST_F(DatabaseTest, GivesBackEveryTypeAndItsUnknowns) {
  Database database;
  database.add_view("t", every_type());
  const Table back = database.query("SELECT * FROM t");
  EXPECT_EQ(back.column_names(),
            (std::vector<std::string>{"flag", "number", "real", "word", "dims", "words"}));
  const ColumnType types[] = {ColumnType::boolean, ColumnType::integer,  ColumnType::real,
                              ColumnType::text,    ColumnType::integers, ColumnType::texts};
  for (std::size_t c = 0; c < 6; ++c) EXPECT_EQ(back.column(c).type(), types[c]) << c;
  EXPECT_EQ(cells(back), cells(every_type()));
}

TEST_F(DatabaseTest, MapsTheTypesThatATableHasNot) {
  struct Case {
    const char* sql;
    const char* expected;
    ColumnType type;
  };
  const Case cases[] = {
      {"CAST(1 AS HUGEINT)", "1;", ColumnType::integer},
      {"CAST(-9223372036854775807 AS HUGEINT)", "-9223372036854775807;", ColumnType::integer},
      // 2^64, past an integer: real, and exact as a power of two.
      {"CAST('18446744073709551616' AS HUGEINT)", "1.8446744073709552e+19;", ColumnType::real},
      {"CAST('18446744073709551615' AS UBIGINT)", "1.8446744073709552e+19;", ColumnType::real},
      {"CAST(7 AS UTINYINT)", "7;", ColumnType::integer},
      {"CAST(12.34 AS DECIMAL(9, 2))", "12.34;", ColumnType::real},
      {"CAST(-0.001 AS DECIMAL(38, 3))", "-0.001;", ColumnType::real},
      {"CAST(0.5 AS FLOAT)", "0.5;", ColumnType::real},
      {"'NaN'::DOUBLE", "-;", ColumnType::real},
      {"DATE '2026-11-23'", "2026-11-23;", ColumnType::text},
      {"DATE '1969-12-31'", "1969-12-31;", ColumnType::text},
      {"TIMESTAMP '2026-11-23 01:02:03.5'", "2026-11-23 01:02:03.5;", ColumnType::text},
      {"TIMESTAMP '1969-12-31 23:59:59'", "1969-12-31 23:59:59;", ColumnType::text},
      {"TIMESTAMP_S '2026-11-23 01:02:03'", "2026-11-23 01:02:03;", ColumnType::text},
      {"TIME '13:45:00'", "13:45:00;", ColumnType::text},
      {"INTERVAL 14 MONTH", "1 year 2 months;", ColumnType::text},
      {"UUID '00112233-4455-6677-8899-aabbccddeeff'", "00112233-4455-6677-8899-aabbccddeeff;",
       ColumnType::text},
      {"CAST('b' AS ENUM ('a', 'b'))", "b;", ColumnType::text},
      {"[0.5, NULL, 1.0]::DOUBLE[]", "[0.5, null, 1.0];", ColumnType::text},
      {"[1, 2]::INTEGER[2]", "[1, 2];", ColumnType::text},
      {"{'a': 1, 'b': 'x\"y'}", "{\"a\": 1, \"b\": \"x\\\"y\"};", ColumnType::text},
      {"MAP {'k': [true]}", "[{\"key\": \"k\", \"value\": [true]}];", ColumnType::text},
      {"NULL", "-;", ColumnType::integer},
      {"['a', NULL]", "a, ;", ColumnType::texts},
  };
  Database database;
  for (const Case& c : cases) {
    SCOPED_TRACE(c.sql);
    const Table table = database.query(std::string("SELECT ") + c.sql + " AS x");
    EXPECT_EQ(cells(table), c.expected);
    EXPECT_EQ(table.column(0).type(), c.type);
  }
}

TEST_F(DatabaseTest, PutsTablesOneAfterTheOther) {
  Table second;
  second.add(real, {2.0});
  second.add(word, std::vector<std::string>{"only"});
  Table third;
  third.add(Key<std::int64_t>{"real", Unit::none, ""}, {3});
  Database database;
  database.add_view("t", {every_type(), second, Table(), third});
  EXPECT_EQ(cells(database.query("SELECT word, real, number, dims FROM t")),
            "a text of more than 12 bytes|0.1|9007199254740993|1x3x224;-|-|-|-;short|1e+308|-1|;"
            "only|2|-|-;-|3|-|-;");
  EXPECT_EQ(cells(database.query("SELECT count(*), count(real), sum(number) FROM t")),
            "5|4|9007199254740992;");
}

TEST_F(DatabaseTest, AsksForRowsOnceAndOnlyWhenNamed) {
  Database database;
  int asked = 0, others = 0;
  database.add_view("t", every_type(), [&] {
    ++asked;
    return std::vector<Table>{every_type()};
  });
  database.add_view("u", every_type(), [&] {
    ++others;
    return std::vector<Table>{};
  });
  EXPECT_EQ(asked, 0);
  EXPECT_EQ(cells(database.query("SELECT count(*) FROM t WHERE word IN (SELECT word FROM t)")),
            "2;");
  database.query("SELECT 1 FROM t; SELECT 2 FROM t");
  EXPECT_EQ(asked, 1);
  EXPECT_EQ(others, 0);
  EXPECT_EQ(cells(database.query("SELECT count(*) FROM u")), "0;");
}

TEST_F(DatabaseTest, HandsOnWhatTheRowsThrow) {
  Database database;
  database.add_view("t", every_type(), []() -> std::vector<Table> { fail("a.json: is gone"); });
  EXPECT_EQ(message_of(database, "SELECT * FROM t"), "a.json: is gone");
  EXPECT_EQ(message_of(database, "SELECT * FROM t"), "a.json: is gone");
}

TEST_F(DatabaseTest, SurvivesHostileTexts) {
  const std::vector<std::string> hostile = {
      "a'b\"c`d",     "=HYPERLINK(1)",          "two\nlines", "", std::string("zero\0byte", 9),
      "\xff\xfe bad", std::string(1 << 20, 'x')};
  Table table;
  table.add(word, hostile);
  Database database;
  database.add_view("odd \"name\"", table);
  const Table back = database.query("SELECT word FROM \"odd \"\"name\"\"\"");
  ASSERT_EQ(back.row_count(), hostile.size());
  for (Row row = 0; row < hostile.size(); ++row) {
    const std::string expected = row == 5 ? "\xEF\xBF\xBD\xEF\xBF\xBD bad" : hostile[row];
    EXPECT_EQ(back.column(0).text(row), expected) << row;
  }
}

TEST_F(DatabaseTest, BindsParameters) {
  Database database;
  database.add_view("t", every_type());
  EXPECT_EQ(
      cells(database.query("SELECT ?, ?", {.positional = {std::int64_t{4}, std::string("x'y")}})),
      "4|x'y;");
  EXPECT_EQ(cells(database.query("SELECT number FROM t WHERE word = $w AND flag = $f",
                                 {.named = {{"f", false}, {"W", std::string("short")}}})),
            "-1;");
  EXPECT_EQ(cells(database.query("SELECT $x", {.named = {{"x", SqlValue{}}}})), "-;");
  EXPECT_EQ(message_of(database, "SELECT $x"), "query: no value for the parameter '$x'");
  EXPECT_EQ(message_of(database, "SELECT ?, ?", {.positional = {1.5}}),
            "query: no value for parameter 2 of 2");
  EXPECT_EQ(message_of(database, "SELECT 1", {.named = {{"x", 1.5}}}),
            "query: no statement has the parameter '$x'");
}

TEST_F(DatabaseTest, SaysWhatIsWrongInOneLine) {
  Database database;
  database.add_view("layers", every_type());
  struct Case {
    const char* sql;
    const char* expected;
  };
  const Case cases[] = {

      {"SELECT nmber FROM layers",
       "query: line 1, column 8: referenced column 'nmber' not found in FROM clause, did you mean "
       "'number'?"},
      {"SELECT *\nFROM layrs",
       "query: line 2, column 6: table 'layrs' does not exist, did you mean 'layers'?"},
      {"SELEC 1", "query: line 1, column 1: syntax error at or near 'SELEC'"},
      {"SELECT sume(number) FROM layers",
       "query: line 1, column 8: scalar Function 'sume' does not exist, did you mean 'sum'?"},
      {"SELECT 'abc'::INTEGER",
       "query: line 1, column 13: could not convert string 'abc' to INT32"},
      {"SELECT", "query: SELECT clause without selection list"},
      {"", "query: the SQL holds no statement"},
      {"-- nothing", "query: the SQL holds no statement"},
      {"SELECT * FROM '/etc/passwd'",
       "query: line 1, column 15: table '/etc/passwd' does not exist"},
      {"SELECT * FROM read_csv('/etc/passwd')",
       "query: line 1, column 15: cannot access file '/etc/passwd': SQL reaches no files here"},
      {"SET threads = 4",
       "query: cannot change configuration option 'threads' - the configuration has been locked"},
      {"LOAD httpfs", "query: loading external extensions is disabled through configuration"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.sql);
    EXPECT_EQ(message_of(database, c.sql), c.expected);
  }
}

TEST_F(DatabaseTest, ReachesOnlyWhatIsAllowed) {
  const TestFolder scratch;
  const std::string allowed = scratch.path + "/a'b", other = scratch.path + "/other";
  make_directories(allowed);
  make_directories(other);
  Database database({.allowed_folders = {allowed}, .allowed_files = {other + "/one.csv"}});
  database.add_view("t", every_type());
  const auto copy = [&](const std::string& path) {
    return message_of(database, "COPY t TO " + quoted_literal(path));
  };
  EXPECT_EQ(copy(allowed + "/t.parquet"), "no error");
  EXPECT_EQ(copy(other + "/one.csv"), "no error");
  EXPECT_NE(copy(other + "/two.csv").find("SQL reaches no files here"), std::string::npos);
  EXPECT_NE(copy(allowed + "/../other/two.csv").find("SQL reaches no files here"),
            std::string::npos);
  EXPECT_FALSE(file_exists(other + "/two.csv"));
  const Table back =
      database.query("FROM read_parquet(" + quoted_literal(allowed + "/t.parquet") + ")");
  EXPECT_EQ(cells(back), cells(every_type()));
}

TEST_F(DatabaseTest, ReadOnlyRefusesStatementsThatWrite) {
  const TestFolder scratch;
  Database database({.allowed_folders = {scratch.path}, .read_only = true});
  database.add_view("t", every_type());
  const std::string to = " TO " + quoted_literal(scratch.path + "/x.csv");
  const std::string refused[] = {"COPY t" + to,
                                 "EXPLAIN ANALYZE COPY t" + to,
                                 "PREPARE p AS COPY t" + to,
                                 "SELECT 1; COPY t" + to,
                                 "EXPORT DATABASE " + quoted_literal(scratch.path),
                                 "ATTACH " + quoted_literal(scratch.path + "/x.db"),
                                 "INSTALL httpfs"};
  for (const std::string& sql : refused) {
    EXPECT_EQ(message_of(database, sql).substr(0, 43),
              "query: only statements that read are run he")
        << sql;
  }
  EXPECT_TRUE(list_directory(scratch.path).empty());
  EXPECT_EQ(cells(database.query("CREATE TABLE m AS SELECT number FROM t; UPDATE m SET number = 3;"
                                 "SELECT sum(number) FROM m")),
            "9;");
}

TEST_F(DatabaseTest, RunsSeveralStatements) {
  Database database;
  const std::vector<Table> tables = database.query_all(
      "SELECT 1 AS a; CREATE TABLE m (x INTEGER); SELECT 2 AS a, 3 AS a, 4 AS a");
  ASSERT_EQ(tables.size(), 2u);
  EXPECT_EQ(cells(tables[0]), "1;");
  EXPECT_EQ(tables[1].column_names(), (std::vector<std::string>{"a", "a_1", "a_2"}));
}

TEST_F(DatabaseTest, StopsWhenAsked) {
  int asked = 0;
  Database database({.threads = 2, .may_go_on = [&](double) { return ++asked < 2; }});
  EXPECT_EQ(message_of(database, "SELECT count(*) FROM range(1000000000) a, range(1000000000) b"),
            "the query was stopped");
  EXPECT_EQ(cells(database.query("SELECT 1")), "1;");
}

TEST_F(DatabaseTest, ScansManyRowsOnSeveralThreads) {
  constexpr std::int64_t rows = 1'500'000;
  std::vector<std::int64_t> values(rows);
  for (std::int64_t i = 0; i < rows; ++i) values[std::size_t(i)] = i;
  Table table;
  table.add(number, values);
  Database database({.threads = 3});
  database.add_view("t", {table, every_type().head(0), table});
  // Twice the sum of 0 to n - 1 is n (n - 1).
  EXPECT_EQ(cells(database.query("SELECT count(*), sum(number), count(DISTINCT number) FROM t")),
            "3000000|2249998500000|1500000;");
  EXPECT_EQ(cells(database.query("SELECT number FROM t LIMIT 2 OFFSET 1499999")), "1499999;0;");
}

}  // namespace
}  // namespace trex::store::database_test

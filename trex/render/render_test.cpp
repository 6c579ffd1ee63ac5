// What reaches a reader: escapes, alignment, widths, and the JSON and CSV that programs rely on.

// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "trex/base/error.hpp"
#include "trex/base/json.hpp"
#include "trex/base/text.hpp"
#include "trex/document/document.hpp"
#include "trex/render/formats.hpp"
#include "trex/render/text_table.hpp"
#include "trex/render/wrap.hpp"

namespace trex::render {
namespace {

using Text = Key<std::string_view>;
constexpr Text name{"name", Unit::none, ""};
constexpr Text type{"type", Unit::none, ""};
constexpr Key<double> time_ms{"time_ms", Unit::milliseconds, ""};
constexpr Key<double> share{"share", Unit::fraction, ""};
constexpr Key<std::int64_t> size_bytes{"bytes", Unit::bytes, ""};
constexpr Key<std::int64_t> macs{"macs", Unit::macs, ""};

Document names_document(const std::vector<std::string>& names) {
  Table table;
  table.add(name, names);
  return {.title = "",
          .blocks = {TableBlock{.key = "rows", .title = "", .table = table}},
          .json_root = "rows"};
}

std::string rendered(const Document& document, std::string_view format, Style style = {}) {
  return find_format(format).render({&document, 1}, style);
}

// The second line of a one-column table: the cell.
std::string cell(std::string_view text, std::string_view format) {
  const std::string out = rendered(names_document({std::string(text)}), format);
  const std::vector<std::string_view> all = lines(out);
  const std::size_t line = format == "markdown" ? 2 : 1;
  return line < all.size() ? std::string(all[line]) : "";
}

TEST(Escapes, OfUntrustedNamesInEveryFormat) {
  struct Case {
    const char* what;
    std::string name;
    std::string text, csv, markdown;
  };
  const Case cases[] = {
      {"plain", "conv1", "conv1", "conv1", "| conv1 |"},
      {"control bytes",
       "a\x1e"
       "b\x1b[31m",
       R"(a\x1eb\x1b[31m)", R"(a\x1eb\x1b[31m)", R"(| a\\x1eb\\x1b\[31m |)"},
      {"line break", "a\nb", R"(a\x0ab)", R"(a\x0ab)", R"(| a\\x0ab |)"},
      {"formula", "=1+2", "=1+2", "'=1+2", "| =1+2 |"},
      {"formula by minus", "-2+3", "-2+3", "'-2+3", "| -2+3 |"},
      {"formula by plus", "+2", "+2", "'+2", "| +2 |"},
      {"formula by at", "@SUM(A1)", "@SUM(A1)", "'@SUM(A1)", "| @<!-- -->SUM(A1) |"},
      {"formula after a tab", "\t=1", R"(\x09=1)", R"('\x09=1)", R"(| \\x09=1 |)"},
      {"comma and quote", "a,\"b\"", "a,\"b\"", "\"a,\"\"b\"\"\"", "| a,\"b\" |"},
      {"pipe and backtick", "a|b`c", "a|b`c", "a|b`c", R"(| a\|b\`c |)"},
      {"script", "</script><script>", "</script><script>", "</script><script>",
       "| &lt;/script&gt;&lt;script&gt; |"},
      {"link and stress", "[x](y)*_~#1", "[x](y)*_~#1", "[x](y)*_~#1", R"(| \[x\](y)\*\_\~\#1 |)"},
      {"ampersand", "a&lt;b", "a&lt;b", "a&lt;b", "| a&amp;lt;b |"},
      {"backslash before a pipe", R"(a\|b)", R"(a\|b)", R"(a\|b)", R"(| a\\\|b |)"},
      {"invalid UTF-8",
       "a\xff"
       "b",
       "a\uFFFDb", "a\uFFFDb", "| a\uFFFDb |"},
      {"empty", "", "-", "", "| - |"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    EXPECT_EQ(cell(c.name, "text"), c.text);
    EXPECT_EQ(cell(c.name, "csv"), c.csv);
    EXPECT_EQ(cell(c.name, "markdown"), c.markdown);
  }
}

TEST(Json, KeepsEveryByteOfAName) {
  for (const std::string text : {"a\x1e"
                                 "b",
                                 "</script>", "quote\"back\\slash", "=1+2", "日本", ""}) {
    SCOPED_TRACE(text);
    const Json parsed = parse_json(rendered(names_document({text}), "json"), "test");
    ASSERT_NE(parsed.array(), nullptr);
    ASSERT_EQ(parsed.array()->size(), 1u);
    EXPECT_EQ(*(*parsed.array())[0].find("name")->text(), text);
  }
}

TEST(Json, UnknownIsNullAndDocumentsAreObjects) {
  Table table;
  table.add(time_ms, {0.5, null_real});
  table.add(size_bytes, {null_integer, 9007199254740993});  // past what a double holds
  Lists<std::int64_t> dims;
  dims.push(std::vector<std::int64_t>{1, -1, 224});
  dims.push_null();
  table.add(Key<Integers>{"dims", Unit::none, ""}, dims);
  Document document{.title = "engine", .blocks = {}};
  document.blocks.emplace_back(
      FactsBlock{.key = "",
                 .title = "",
                 .facts = {{.key = "name", .label = "name", .value = "x"},
                           {.key = "", .label = "for people", .value = 1},
                           {.key = "time", .label = "", .value = null_real}}});
  document.blocks.emplace_back(
      FactsBlock{.key = "nested", .title = "", .facts = {{.key = "a", .label = "", .value = {}}}});
  document.blocks.emplace_back(ParagraphBlock{"for people"});
  document.blocks.emplace_back(TableBlock{.key = "rows", .title = "", .table = table});
  document.blocks.emplace_back(
      TableBlock{.key = "hidden", .title = "", .table = table, .audience = Audience::people});
  const std::string expected = R"({
  "name": "x",
  "time": null,
  "nested": {
    "a": null
  },
  "rows": [
    {
      "time_ms": 0.5,
      "bytes": null,
      "dims": [1, -1, 224]
    },
    {
      "time_ms": null,
      "bytes": 9007199254740993,
      "dims": null
    }
  ]
}
)";
  EXPECT_EQ(rendered(document, "json"), expected);
}

TEST(Json, SeveralDocumentsAreAnArrayAndEmptyTablesAreEmptyArrays) {
  const std::vector<Document> documents{names_document({}), names_document({"a"})};
  EXPECT_EQ(json(documents, {}), "[\n  [],\n  [\n    {\n      \"name\": \"a\"\n    }\n  ]\n]\n");
  EXPECT_EQ(json({}, {}), "[]\n");
}

Document two_columns() {
  Table table;
  table.add(name, std::vector<std::string>{"features.0.conv.relu", "b"});
  table.add(time_ms, {0.0047485, 0.1});
  table.add(share, {0.5, null_real});
  table.add(size_bytes, {602112, 864});
  table.add(macs, {118013952, 12});
  return {.title = "",
          .blocks = {TableBlock{.key = "rows", .title = "", .table = table}},
          .json_root = "rows"};
}

TEST(TextTable, UnitsLineUpSoThatRowsCompare) {
  EXPECT_EQ(rendered(two_columns(), "text"),
            "name                  time_ms  share %      bytes     macs\n"
            "features.0.conv.relu   0.0047     50.0  588.0 KiB  118.0 M\n"
            "b                      0.1000        -    864 B       12\n");
}

TEST(TextTable, CutsTheMiddleOfTheWidestText) {
  EXPECT_EQ(rendered(two_columns(), "text", {.width = 50}),
            "name          time_ms  share %      bytes     macs\n"
            "featur….relu   0.0047     50.0  588.0 KiB  118.0 M\n"
            "b              0.1000        -    864 B       12\n");
}

TEST(TextTable, OptionalColumnsGoFirst) {
  Document document = two_columns();
  auto& block = std::get<TableBlock>(document.blocks[0]);
  block.text_columns = {"name", "time_ms", "share", "bytes"};
  block.optional_columns = {"share", "bytes"};
  EXPECT_EQ(lines(rendered(document, "text", {.width = 40}))[0],
            "name                  time_ms  share %");
  EXPECT_EQ(lines(rendered(document, "text", {.width = 30}))[0], "name                  time_ms");
}

TEST(TextTable, BarsAreAgainstTheLargest) {
  Table table;
  table.add(name, std::vector<std::string>{"a", "b", "c"});
  table.add(share, {0.5, 0.25, 0});
  Document document{
      .title = "",
      .blocks = {TableBlock{.key = "rows", .title = "", .table = table, .bar_columns = {"share"}}}};
  EXPECT_EQ(rendered(document, "text", {.width = 23}),
            "name  share %\n"
            "a        50.0  ████████\n"
            "b        25.0  ████\n"
            "c         0.0\n");
}

TEST(TextTable, PeopleSeeTheFirstRowsAndAreTold) {
  Document document = names_document({"a", "b", "c"});
  std::get<TableBlock>(document.blocks[0]).people_rows = 1;
  EXPECT_EQ(rendered(document, "text"), "name\na\n2 more\n");
  EXPECT_EQ(lines(rendered(document, "csv")).size(), 4u);
}

TEST(FittedWidths, TakesFromTheWidestFirst) {
  struct Case {
    const char* what;
    std::vector<int> widths;
    std::vector<bool> can_shrink;
    int available;
    std::vector<int> expected;
  };
  const Case cases[] = {
      {"fits", {10, 20}, {true, true}, 30, {10, 20}},
      {"one wide", {10, 50}, {true, true}, 40, {10, 30}},
      {"two wide come down together", {40, 50, 10}, {true, true, true}, 60, {25, 25, 10}},
      {"numbers stay", {40, 30}, {false, true}, 50, {40, 10}},
      {"never below the least", {40, 30}, {false, true}, 10, {40, 8}},
      {"an odd rest", {21, 21}, {true, true}, 41, {20, 21}},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    EXPECT_EQ(fitted_widths(c.widths, c.can_shrink, c.available, 8), c.expected);
  }
}

TEST(Bar, SaysEighthsAndNeverNothingForSomething) {
  EXPECT_EQ(bar(1, 3), "███");
  EXPECT_EQ(bar(0.5, 3), "█▌");
  EXPECT_EQ(bar(1e-9, 3), "▏");
  EXPECT_EQ(bar(0, 3), "");
  EXPECT_EQ(bar(7, 2), "██");
  EXPECT_EQ(bar(null_real, 2), "");
}

TEST(Wrap, BreaksAtSpacesAndInsideWordsThatNoLineHolds) {
  using Lines = std::vector<std::string>;
  EXPECT_EQ(wrap("aa bb cc", 5), (Lines{"aa bb", "cc"}));
  EXPECT_EQ(wrap("aa bb cc", 0), (Lines{"aa bb cc"}));
  EXPECT_EQ(wrap("abcdefgh x", 3), (Lines{"abc", "def", "gh", "x"}));
  EXPECT_EQ(wrap("aaa/bbb/cc", 6), (Lines{"aaa/", "bbb/cc"}));
  EXPECT_EQ(wrap("a/bbbbbbbb", 6), (Lines{"a/bbbb", "bbbb"}));
  EXPECT_EQ(wrap("日本語", 4), (Lines{"日本", "語"}));
  EXPECT_EQ(wrap("", 4), (Lines{""}));
}

TEST(Text, FactsShareOneLabelColumnAndHang) {
  Document document{.title = "engine", .blocks = {}};
  document.blocks.emplace_back(FactsBlock{.key = "",
                                          .title = "",
                                          .facts = {{.key = "a",
                                                     .label = "layers",
                                                     .value = 72,
                                                     .unit = Unit::count,
                                                     .remark = "73 in the file"},
                                                    {.key = "secret", .label = "", .value = 1}}});
  document.blocks.emplace_back(FactsBlock{
      .key = "b",
      .title = "end to end",
      .facts = {{.key = "p50", .label = "median", .value = 0.5, .unit = Unit::milliseconds},
                {.key = "p99", .label = "p99", .value = {}}},
      .one_line = true,
      .remark = "timing file"});
  EXPECT_EQ(rendered(document, "text", {.width = 32}),
            "engine\n\n"
            "layers      72 (73 in the file)\n"
            "end to end  median 0.5000 ms,\n"
            "            p99 unknown (timing\n"
            "            file)\n");
  EXPECT_EQ(rendered(document, "markdown"),
            "## engine\n\n"
            "- **layers**: 72 (73 in the file)\n"
            "- **end to end**: median 0.5000 ms, p99 unknown (timing file)\n");
}

TEST(Text, ColourOnlyWhenAsked) {
  Document document = two_columns();
  document.title = "title";
  EXPECT_EQ(rendered(document, "text").find('\x1b'), std::string::npos);
  EXPECT_NE(rendered(document, "text", {.color = true}).find("\x1b[1mtitle\x1b[0m"),
            std::string::npos);
}

TEST(Csv, OneRowADocumentWhenNoTableIsNamed) {
  std::vector<Document> documents(2);
  documents[0].blocks.emplace_back(
      FactsBlock{.key = "",
                 .title = "",
                 .facts = {{.key = "name", .label = "", .value = "=a"},
                           {.key = "time", .label = "", .value = 0.5}}});
  documents[0].blocks.emplace_back(FactsBlock{
      .key = "latency", .title = "", .facts = {{.key = "p99", .label = "", .value = {}}}});
  documents[1].blocks.emplace_back(
      FactsBlock{.key = "", .title = "", .facts = {{.key = "name", .label = "", .value = "b"}}});
  documents[1].blocks.emplace_back(
      JsonBlock{"device", "", parse_json(R"({"name": "T4", "sms": 40})", "test")});
  EXPECT_EQ(csv(documents, {}),
            "name,time,latency.p99,device.name,device.sms\r\n"
            "'=a,0.5,,,\r\n"
            "b,,,T4,40\r\n");
}

TEST(Csv, NumbersAreExactAndNegativeOnesNoFormula) {
  Table table;
  table.add(time_ms, {-0.1, 0.30000000000000004});
  const Document document{.title = "",
                          .blocks = {TableBlock{.key = "rows", .title = "", .table = table}},
                          .json_root = "rows"};
  EXPECT_EQ(rendered(document, "csv"), "time_ms\r\n-0.1\r\n0.30000000000000004\r\n");
  EXPECT_EQ(rendered(document, "tsv"), "time_ms\n-0.1\n0.30000000000000004\n");
}

TEST(Html, ALineChartHasTheTablesValuesAndNoForeignMarkup) {
  Table table;
  table.add(name, std::vector<std::string>{"a\"><script>", "b", "c"});
  table.add(time_ms, std::vector<double>{1, null_real, 3});
  TableBlock block{.key = "rows", .title = "", .table = table};
  block.charts.push_back({.title = "times </svg>",
                          .kind = ChartKind::line,
                          .label_column = "name",
                          .value_columns = {"time_ms"}});
  Document document{.title = "", .blocks = {block}};
  const std::string out = rendered(document, "html");
  EXPECT_FALSE(contains(out, "<script>"));
  EXPECT_TRUE(contains(out, "aria-label=\"times &lt;/svg&gt;\""));
  // 1 and 3 with a twentieth of their range on either side, in 200 units from 12 to 212: 3 lies at
  // 12 + 200 / 22, 1 at 212 - 200 / 22; the unknown value parts the line.
  EXPECT_TRUE(contains(out, "d=\"M80.0 202.9M884.0 21.1\""));
  EXPECT_TRUE(contains(out, "<title>c: 3 ms</title>") ||
              contains(out, "<title>c: 3.000 ms</title>"));
  block.charts[0].value_columns = {"name"};
  EXPECT_FALSE(contains(rendered({.title = "", .blocks = {block}}, "html"), "<svg"));
  block.charts[0].value_columns = {"gone"};
  EXPECT_FALSE(contains(rendered({.title = "", .blocks = {block}}, "html"), "<svg"));
}

TEST(Formats, UnknownNamesAreAnsweredWithTheNearest) {
  try {
    find_format("jsn");
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "unknown format 'jsn', did you mean 'json'?");
  }
}

}  // namespace
}  // namespace trex::render

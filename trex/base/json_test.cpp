// SPDX-License-Identifier: Apache-2.0
#include "trex/base/json.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "trex/base/error.hpp"

namespace trex::json_test {
namespace {

std::string error_of(std::string_view text) {
  try {
    parse_json(text, "f.json");
  } catch (const Error& e) {
    return e.what();
  }
  return "no error";
}

TEST(Json, ReadsBackWhatItReads) {
  const char* const texts[] = {
      "null",
      "true",
      "false",
      "0",
      "-1",
      "9223372036854775807",
      "-9223372036854775808",
      "0.1",
      "3.0",
      "1e+300",
      "-2.5e-08",
      "\"\"",
      "\"a\\\"b\\\\c\\n\\t\\u0001é€😀\"",
      "[]",
      "{}",
      "[1,[2,[]],{\"a\":null}]",
      "{\"b\":1,\"a\":2,\"b\":3}",
  };
  for (const char* text : texts) {
    SCOPED_TRACE(text);
    EXPECT_EQ(parse_json(text, "f").dump(), text);
  }
}

TEST(Json, TakesEveryFormOfTheGrammar) {
  struct Case {
    const char* text;
    const char* expected;
  };
  const Case cases[] = {
      {" \t\r\n1 ", "1"},
      {"\xEF\xBB\xBF[1]", "[1]"},
      {"[ 1 , 2 ]", "[1,2]"},
      {"{ \"a\" : 1 }", "{\"a\":1}"},
      {"1E2", "100.0"},
      {"1e-2", "0.01"},
      {"-0", "0"},
      {"-0.0", "-0.0"},
      {"9223372036854775808", "9.223372036854776e+18"},    // 2^63
      {"18446744073709551616", "1.8446744073709552e+19"},  // 2^64
      {"1e-400", "0.0"},
      {"\"\\u00e9\\/\\b\\f\\r\"", "\"é/\\b\\f\\r\""},
      {"\"\\ud83d\\ude00\"", "\"😀\""},
      {"\"\\ud83d\"", "\"\xEF\xBF\xBD\""},  // half a pair
      {"\"\\ud83dx\\ude00\"", "\"\xEF\xBF\xBDx\xEF\xBF\xBD\""},
      {"\"\\ud83d\\u0041\"",
       "\"\xEF\xBF\xBD"
       "A\""},
      {"\"\\u0000\"", "\"\\u0000\""},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.text);
    EXPECT_EQ(parse_json(c.text, "f").dump(), c.expected);
  }
}

TEST(Json, ErrorsNameThePlace) {
  struct Case {
    const char* what;
    std::string text;
    std::string expected;  // after "f.json: "
  };
  const Case cases[] = {
      {"empty", "", "line 1, column 1: expected a value, got the end of the file"},
      {"spaces only", " \n ", "line 2, column 2: expected a value, got the end of the file"},
      {"cut in an array", "[1,", "line 1, column 4: expected a value, got the end of the file"},
      {"cut after a value", "[1", "line 1, column 3: expected ',' or ']', got the end of the file"},
      {"cut in an object", "{\"a\":1",
       "line 1, column 7: expected ',' or '}', got the end of the file"},
      {"cut in a text", "[\n  \"abc", "line 2, column 3: a text that is not closed"},
      {"cut in an escape", "\"a\\", "line 1, column 3: an escape that JSON does not know"},
      {"trailing comma", "[1,]", "line 1, column 4: expected a value, got ']'"},
      {"trailing comma in an object", "{\"a\":1,}",
       "line 1, column 8: expected a name in double quotes, got '}'"},
      {"comma first", "{,\"a\":1}", "line 1, column 2: expected a name in double quotes, got ','"},
      {"no colon", "{\"a\" 1}", "line 1, column 6: expected ':', got '1'"},
      {"single quotes", "{'a':1}", "line 1, column 2: expected a name in double quotes, got '''"},
      {"nan", "[nan]", "line 1, column 2: expected a value, got 'n'"},
      {"NaN", "[NaN]", "line 1, column 2: expected a value, got 'N'"},
      {"leading zero", "01", "line 1, column 2: text after the end of the JSON"},
      {"plus", "+1", "line 1, column 1: expected a value, got '+'"},
      {"no digit after the point", "1.",
       "line 1, column 3: expected a digit after the point, got the end of the file"},
      {"no whole part", ".5", "line 1, column 1: expected a value, got '.'"},
      {"no exponent", "1e+",
       "line 1, column 4: expected a digit of the exponent, got the end of the file"},
      {"too large", "[1e999]", "line 1, column 2: a number too large for a double"},
      {"two documents", "{}\n{}", "line 2, column 1: text after the end of the JSON"},
      {"control byte", "\"a\nb\"", "line 1, column 3: control byte 0x0a in a text"},
      {"invalid UTF-8", "\"\xff\"", "line 1, column 2: byte 0xff is not valid UTF-8"},
      {"overlong UTF-8", "\"\xc0\xaf\"", "line 1, column 2: byte 0xc0 is not valid UTF-8"},
      {"bad escape", "\"\\x\"", "line 1, column 2: an escape that JSON does not know"},
      {"bad hex", "\"\\u12g4\"", "line 1, column 6: expected four hexadecimal digits, got 'g'"},
      {"misspelt word", "[tru]", "line 1, column 2: expected a value, got 't'"},
      {"control byte outside", std::string("\x01", 1),
       "line 1, column 1: expected a value, got '\\x01'"},
      {"deep", std::string(501, '['), "line 1, column 501: nested deeper than 500 levels"},
      {"very deep", std::string(1000000, '['), "line 1, column 501: nested deeper than 500 levels"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    EXPECT_EQ(error_of(c.text), "f.json: " + c.expected);
  }
}

TEST(Json, FiveHundredLevelsAreFine) {
  const std::string text = std::string(500, '[') + std::string(500, ']');
  EXPECT_EQ(parse_json(text, "f").dump(), text);
}

TEST(Json, FindsTheFirstOfADuplicate) {
  const Json json = parse_json(R"({"a": 1, "b": "x", "a": 2})", "f");
  ASSERT_NE(json.find("a"), nullptr);
  EXPECT_EQ(*json.find("a")->integer(), 1);
  EXPECT_EQ(*json.find("b")->text(), "x");
  EXPECT_EQ(json.find("c"), nullptr);
  EXPECT_EQ(json.find("a")->find("a"), nullptr);
  EXPECT_EQ(json.object()->size(), 3u);
}

TEST(Json, MakesValuesOfWhatCppHas) {
  EXPECT_EQ(Json(true).dump(), "true");
  EXPECT_EQ(Json(std::size_t{7}).dump(), "7");
  EXPECT_EQ(Json(std::int8_t{-7}).dump(), "-7");
  EXPECT_EQ(Json(std::numeric_limits<std::uint64_t>::max()).dump(), "1.8446744073709552e+19");
  EXPECT_EQ(Json("x").dump(), "\"x\"");
  EXPECT_EQ(Json(std::optional<double>()).dump(), "null");
  EXPECT_EQ(Json(std::optional<std::int64_t>(4)).dump(), "4");
  EXPECT_EQ(Json(1.5F).dump(), "1.5");
  EXPECT_EQ(*Json(3).number(), 3.0);
  EXPECT_EQ(Json("x").number(), std::nullopt);
  EXPECT_STREQ(Json(Json::Object()).type_name(), "object");
  EXPECT_STREQ(Json(2.0).type_name(), "number");
}

TEST(Json, NumbersKeepTheirValueAndType) {
  struct Case {
    double value;
    const char* expected;
  };
  const Case cases[] = {
      {3, "3.0"},
      {-0.0, "-0.0"},
      {0.1, "0.1"},
      {1.0 / 3, "0.3333333333333333"},
      {1e22, "1e+22"},
      {1e-7, "1e-07"},
      {123456789.125, "123456789.125"},
      {5e-324, "5e-324"},
      {1.7976931348623157e308, "1.7976931348623157e+308"},
      {std::nan(""), "null"},
      {std::numeric_limits<double>::infinity(), "null"},
      {-std::numeric_limits<double>::infinity(), "null"},
  };
  for (const Case& c : cases) {
    std::string out = "x";
    append_json_number(out, c.value);
    EXPECT_EQ(out, std::string("x") + c.expected);
  }
}

TEST(Json, StringsStayValidWhateverTheyHold) {
  struct Case {
    std::string text;
    const char* expected;
  };
  const Case cases[] = {
      {"</script>", "\"</script>\""},
      {"a\x1e"
       "b",
       "\"a\\u001eb\""},
      {"\x7f", "\"\\u007f\""},
      {std::string("\0", 1), "\"\\u0000\""},
      {"\xff\xc3", "\"\xEF\xBF\xBD\xEF\xBF\xBD\""},
      {"\xed\xa0\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},  // a surrogate
      {"\xE2\x80\xA8", "\"\\u2028\""},
  };
  for (const Case& c : cases) {
    std::string out;
    append_json_string(out, c.text);
    EXPECT_EQ(out, c.expected);
    EXPECT_NO_THROW(parse_json(out, "f"));
  }
}

TEST(Json, IndentsAndKeepsShortArraysOnOneLine) {
  const Json json =
      parse_json(R"({"dims":[1,3,224,224],"names":[],"o":{},"rows":[{"a":1},[2]]})", "f");
  EXPECT_EQ(json.dump(2), R"({
  "dims": [1, 3, 224, 224],
  "names": [],
  "o": {},
  "rows": [
    {
      "a": 1
    },
    [2]
  ]
})");
}

}  // namespace
}  // namespace trex::json_test

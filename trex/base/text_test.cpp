// SPDX-License-Identifier: Apache-2.0
#include "trex/base/text.hpp"

#include <gtest/gtest.h>

#include <clocale>
#include <cmath>

#include "trex/base/utf8.hpp"

namespace trex::text_test {
namespace {

using Parts = std::vector<std::string_view>;

TEST(Text, Trims) {
  EXPECT_EQ(trim(" \t\r\n\v\fa b \n"), "a b");
  EXPECT_EQ(trim("  "), "");
  EXPECT_EQ(trim(""), "");
  EXPECT_EQ(trim("\xC2\xA0x"), "\xC2\xA0x");  // a no-break space is text
}

TEST(Text, Splits) {
  EXPECT_EQ(split("a,b,,c", ','), (Parts{"a", "b", "", "c"}));
  EXPECT_EQ(split("", ','), (Parts{""}));
  EXPECT_EQ(split(",", ','), (Parts{"", ""}));
  EXPECT_EQ(split("a + b+c", " + "), (Parts{"a", "b+c"}));
  EXPECT_EQ(split("aaa", "aa"), (Parts{"", "a"}));
  EXPECT_EQ(split("abc", ""), (Parts{"abc"}));
  EXPECT_EQ(split(std::string_view("a\0b", 3), '\0'), (Parts{"a", "b"}));
}

TEST(Text, SplitsLines) {
  EXPECT_EQ(lines(""), Parts{});
  EXPECT_EQ(lines("a\nb\r\n\nc"), (Parts{"a", "b", "", "c"}));
  EXPECT_EQ(lines("a\n"), (Parts{"a"}));
  EXPECT_EQ(lines("\n"), (Parts{""}));
  EXPECT_EQ(lines("a\r"), (Parts{"a"}));
  EXPECT_EQ(lines("a\rb\n"), (Parts{"a\rb"}));
}

TEST(Text, ReplacesAndSearches) {
  EXPECT_EQ(replace_all("aXbXX", "X", "--"), "a--b----");
  EXPECT_EQ(replace_all("aaa", "aa", "b"), "ba");
  EXPECT_EQ(replace_all("abc", "", "x"), "abc");
  EXPECT_EQ(replace_all("abc", "abc", ""), "");
  EXPECT_TRUE(contains("abc", "bc"));
  EXPECT_TRUE(contains("abc", ""));
  EXPECT_FALSE(contains("abc", "cb"));
  EXPECT_TRUE(contains_ignoring_case("a CONV b", "conv"));
  EXPECT_FALSE(contains_ignoring_case("É", "é"));  // ASCII only
  EXPECT_TRUE(equals_ignoring_case("FP16", "fp16"));
  EXPECT_FALSE(equals_ignoring_case("fp16", "fp1"));
  EXPECT_EQ(lower("AbZ[É"), "abz[É");
  EXPECT_TRUE(starts_with("abc", "ab"));
  EXPECT_FALSE(starts_with("a", "ab"));
  EXPECT_TRUE(ends_with("abc", "bc"));
  EXPECT_FALSE(ends_with("c", "bc"));
  EXPECT_EQ(join(Parts{"a", "", "b"}, ", "), "a, , b");
  EXPECT_EQ(join(Parts{}, ", "), "");
}

TEST(Text, ParsesIntegersWhole) {
  struct Case {
    const char* text;
    std::optional<std::int64_t> expected;
  };
  const Case cases[] = {
      {"12", 12},
      {"-3", -3},
      {"007", 7},
      {"9223372036854775807", INT64_MAX},
      {"-9223372036854775808", INT64_MIN},
      {"9223372036854775808", std::nullopt},
      {"99999999999999999999999", std::nullopt},
      {"", std::nullopt},
      {"-", std::nullopt},
      {"+1", std::nullopt},
      {"12 ", std::nullopt},
      {" 12", std::nullopt},
      {"0x1", std::nullopt},
      {"1.0", std::nullopt},
      {"1e3", std::nullopt},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.text);
    EXPECT_EQ(parse_integer(c.text), c.expected);
  }
}

TEST(Text, ParsesRealsWhole) {
  struct Case {
    std::string text;
    std::optional<double> expected;
  };
  const Case cases[] = {
      {"0.5", 0.5},
      {"-2", -2},
      {"1e-3", 1e-3},
      {"1E+3", 1000},
      {".5", 0.5},
      {"5.", 5},
      {"0.1", 0.1},
      {"1.7976931348623157e308", 1.7976931348623157e308},
      {"5e-324", 5e-324},
      {"9007199254740993", 9007199254740992.0},  // 2^53 + 1 rounds to even
      {"1e309", std::nullopt},
      {"-1e309", std::nullopt},
      {std::string(400, '9'), std::nullopt},
      {"1e99999999999999999999", std::nullopt},
      {"0e99999999999999999999", 0.0},
      {"1e-400", 0.0},
      {"0." + std::string(400, '0') + "1", 0.0},
      {"0." + std::string(400, '0') + "1e401", 1.0},
      {"1e-99999999999999999999", 0.0},
      {"", std::nullopt},
      {".", std::nullopt},
      {"-", std::nullopt},
      {"e5", std::nullopt},
      {"1e", std::nullopt},
      {"1e+", std::nullopt},
      {"+1", std::nullopt},
      {"1 ", std::nullopt},
      {"1,5", std::nullopt},
      {"nan", std::nullopt},
      {"inf", std::nullopt},
      {"-inf", std::nullopt},
      {"infinity", std::nullopt},
      {"0x1p3", std::nullopt},
      {"1.2.3", std::nullopt},
      {"1_000", std::nullopt},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.text.substr(0, 40));
    EXPECT_EQ(parse_real(c.text), c.expected);
  }
  EXPECT_TRUE(std::signbit(*parse_real("-1e-400")));
}

TEST(Utf8, TakesOnlyWellFormedCharacters) {
  struct Case {
    const char* what;
    std::string text;
    bool valid;
    std::string repaired;
  };
  const std::string bad = "\xEF\xBF\xBD";  // U+FFFD
  const Case cases[] = {
      {"ASCII", "abc\x7f", true, "abc\x7f"},
      {"two, three and four bytes", "é€😀", true, "é€😀"},
      {"the last character", "\xF4\x8F\xBF\xBF", true, "\xF4\x8F\xBF\xBF"},
      {"past the last", "\xF4\x90\x80\x80", false, bad + bad + bad + bad},
      {"lone continuation", "a\x80z", false, "a" + bad + "z"},
      {"cut", "\xE2\x82", false, bad + bad},
      {"cut before a letter", "\xE2\x82z", false, bad + bad + "z"},
      {"overlong slash", "\xC0\xAF", false, bad + bad},
      {"overlong in three", "\xE0\x80\xAF", false, bad + bad + bad},
      {"surrogate", "\xED\xA0\x80", false, bad + bad + bad},
      {"not a first byte", "\xFF\xFE", false, bad + bad},
      {"byte 0", std::string("a\0b", 3), true, std::string("a\0b", 3)},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    EXPECT_EQ(is_valid_utf8(c.text), c.valid);
    EXPECT_EQ(to_valid_utf8(c.text), c.repaired);
  }
}

TEST(Utf8, EveryCodeReadsBack) {
  for (char32_t code = 0; code <= 0x10FFFF; ++code) {
    if (code >= 0xD800 && code < 0xE000) continue;
    std::string text;
    append_utf8(text, code);
    const Utf8Character c = utf8_at(text, 0);
    ASSERT_TRUE(c.valid) << static_cast<unsigned>(code);
    ASSERT_EQ(c.code, code);
    ASSERT_EQ(c.length, text.size());
  }
}

TEST(Text, MeasuresColumns) {
  struct Case {
    std::string text;
    int expected;
  };
  const Case cases[] = {
      {"", 0},         {"abc", 3},
      {"é", 1},        {"e\u0301", 1},             // a letter and a combining acute accent
      {"漢字", 4},     {"ｆｕｌｌ", 8},            // fullwidth letters
      {"ﾊﾝｶｸ", 4},                                 // halfwidth kana
      {"한", 2},       {"\u1112\u1161\u11ab", 2},  // the same syllable as three parts
      {"😀", 2},        {"a\u200Bb", 2},            // zero width space
      {"\u00AD", 1},                               // a soft hyphen that a terminal shows
      {"…", 1},        {"a\tb\x1b", 2},            // control bytes have no width of their own
      {"\xff\xfe", 2},                             // shown as two U+FFFD
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.text);
    EXPECT_EQ(display_width(c.text), c.expected);
  }
}

TEST(Text, ShortensTheMiddle) {
  struct Case {
    std::string text;
    int width;
    std::string expected;
  };
  const Case cases[] = {
      {"features.0.conv.relu", 20, "features.0.conv.relu"},
      {"features.0.conv.relu", 11, "featu….relu"},
      {"features.0.conv.relu", 10, "featu…relu"},
      {"abcdef", 3, "a…f"},
      {"abcdef", 2, "a…"},
      {"abcdef", 1, "…"},
      {"abcdef", 0, ""},
      {"abcdef", -5, ""},
      {"", 5, ""},
      {"漢字漢字", 8, "漢字漢字"},
      {"漢字漢字", 7, "漢…字"},  // 2 + 1 + 2: half a character does not fit
      {"漢字漢字", 3, "…"},      // neither side has room for one
      {"éééééé", 5, "éé…éé"},
      {"abce\u0301f", 4, "ab…f"},
      {"ae\u0301bcd", 4, "ae\u0301…d"},  // a mark stays with its letter
      {"abcde\u0301", 3, "a…e\u0301"},
      {"abc\u0301", 1, "…"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.text);
    const std::string result = shorten_middle(c.text, c.width);
    EXPECT_EQ(result, c.expected);
    EXPECT_LE(display_width(result), std::max(c.width, 0));
  }
}

TEST(Text, MakesTextSafeToPrint) {
  struct Case {
    std::string text;
    std::string expected;
  };
  const Case cases[] = {
      {"plain é 漢", "plain é 漢"},
      {"\x1b[31mred", "\\x1b[31mred"},
      {"a\nb\r\t", "a\\x0ab\\x0d\\x09"},
      {"a\x1e"
       "b\x1f"
       "c",
       "a\\x1eb\\x1fc"},
      {std::string("\0", 1), "\\x00"},
      {"\x7f", "\\x7f"},
      {"\u0085\u009b", "\\x85\\x9b"},            // C1: next line, CSI
      {"\u202Eabc\u202C", "\\u202eabc\\u202c"},  // bidi override
      {"\u2066\u2069\u200E\u200F\u061C", "\\u2066\\u2069\\u200e\\u200f\\u061c"},
      {"\u2028\u2029", "\\u2028\\u2029"},  // line and paragraph separators
      {"\xff", "\xEF\xBF\xBD"},
      {"\x9b", "\xEF\xBF\xBD"},  // a raw CSI byte, invalid as UTF-8
      {"</script>\"'\\", "</script>\"'\\"},
  };
  for (const Case& c : cases) EXPECT_EQ(printable(c.text), c.expected);
}

}  // namespace
}  // namespace trex::text_test

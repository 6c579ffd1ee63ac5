// SPDX-License-Identifier: Apache-2.0
#include "trex/base/regex.hpp"

#include <gtest/gtest.h>

#include "trex/base/error.hpp"

namespace trex {
namespace {

TEST(Regex, MatchesAnyPart) {
  struct Case {
    const char* pattern;
    std::string text;
    bool expected;
  };
  const Case cases[] = {
      {"attn", "layers.0.attn.q", true},
      {"^attn", "layers.0.attn.q", false},
      {"[0-9]+\\.attn", "layers.0.attn.q", true},
      {"ATTN", "layers.0.attn.q", false},
      {"", "", true},
      {"a.c", "a\nc", true},  // names may hold line breaks
      {"漢", "a漢b", true},
      {"^.$", "漢", true},
      {"\\x1e",
       "a\x1e"
       "b",
       true},
      {"b", std::string("a\0b", 3), true},
      {"b",
       "\xff\xff"
       "b",
       true},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.pattern);
    EXPECT_EQ(Regex(c.pattern).matches_part_of(c.text), c.expected);
  }
  EXPECT_TRUE(Regex("ATTN", true).matches_part_of("attn"));
}

TEST(Regex, CanBeMoved) {
  Regex a("a");
  Regex b = std::move(a);
  EXPECT_TRUE(b.matches_part_of("xax"));
  b = Regex("b");
  EXPECT_FALSE(b.matches_part_of("xax"));
}

TEST(Regex, SaysWhatIsWrong) {
  struct Case {
    std::string pattern;
    const char* expected;
  };
  const Case cases[] = {
      {"(", "regular expression '(': missing ): ("},
      {"[a", "regular expression '[a': missing ]: [a"},
      {"*", "regular expression '*': no argument for repetition operator: *"},
      {"a{1001}", "regular expression 'a{1001}': invalid repetition size: {1001}"},
      {"(?=a)", "regular expression '(?=a)': invalid perl operator: (?="},
      {"(\\w)\\1", "regular expression '(\\w)\\1': invalid escape sequence: \\1"},
      {"\x1b(", "regular expression '\\x1b(': missing ): \\x1b("},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.pattern);
    try {
      Regex{c.pattern};
      ADD_FAILURE() << "no error";
    } catch (const Error& e) {
      EXPECT_STREQ(e.what(), c.expected);
    }
  }
}

TEST(Regex, StaysSmallAndLinear) {
  // A million states are refused; (a*)*b on a long text takes exponential time where backtracking.
  EXPECT_THROW(Regex("((((a{100}){100}){100}){100})"), Error);
  EXPECT_FALSE(Regex("^(a*)*b$").matches_part_of(std::string(100000, 'a')));
}

}  // namespace
}  // namespace trex

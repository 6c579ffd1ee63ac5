// SPDX-License-Identifier: Apache-2.0
#include "trex/base/suggest.hpp"

#include <gtest/gtest.h>

namespace trex {
namespace {

const std::vector<std::string> columns = {"name",     "type",      "subtype",         "time_ms",
                                          "total_ms", "precision", "input_precision", "io_bytes"};

TEST(Suggest, FindsTheNearestName) {
  struct Case {
    const char* word;
    std::optional<std::string> expected;
  };
  const Case cases[] = {
      {"time_ms", "time_ms"},  {"tiem_ms", "time_ms"},  // a swap of neighbours
      {"time-ms", "time_ms"},  {"Time_MS", "time_ms"},
      {"timems", "time_ms"},   {"nmae", "name"},
      {"tpe", "type"},         {"precison", "precision"},
      {"time", "time_ms"},  // a beginning
      {"prec", "precision"},   {"inputprecision", "input_precision"},
      {"layer", std::nullopt}, {"x", std::nullopt},
      {"", std::nullopt},      {"xyzzy", std::nullopt},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.word);
    EXPECT_EQ(nearest(c.word, columns), c.expected);
  }
}

TEST(Suggest, TheFirstOfEquallyNearWins) {
  EXPECT_EQ(nearest("abcx", {"abcd", "abce"}), "abcd");
  EXPECT_EQ(nearest("abcx", {"abce", "abcd"}), "abce");
}

TEST(Suggest, LongWordsCostNothing) {
  EXPECT_EQ(nearest(std::string(1000000, 'a'), columns), std::nullopt);
  EXPECT_EQ(nearest("name", {std::string(1000000, 'n')}), std::nullopt);
}

TEST(Suggest, MakesTheEndOfAMessage) {
  EXPECT_EQ(did_you_mean("tiem_ms", columns), ", did you mean 'time_ms'?");
  EXPECT_EQ(did_you_mean("zzz", {"a", "b"}), "; known: a, b");
  EXPECT_EQ(did_you_mean("zzz", {}), "");
  std::vector<std::string> many;
  for (int i = 0; i < 25; ++i) many.push_back(std::to_string(i));
  EXPECT_EQ(did_you_mean("zzz", many),
            "; known: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, ...");
}

}  // namespace
}  // namespace trex

// SPDX-License-Identifier: Apache-2.0
#include "trex/document/font.hpp"

#include <gtest/gtest.h>

#include "trex/base/text.hpp"

namespace trex {
namespace {

TEST(Font, Widths) {
  struct Case {
    const char* text;
    bool bold;
    double thousandths;  // of the size; from Arial's published metrics
  };
  const Case cases[] = {
      {"", false, 0},
      {"A", false, 667},
      {"AA", false, 1334},
      {"Wi", false, 944 + 222},
      {"A", true, 722},
      {"é", false, 556},
      {"–", false, 556},          // a dash, of the second table
      {"漢", false, 1000},        // wide: one em
      {"e\xcc\x81", false, 556},  // a combining accent takes no room
      {"\xff", false, 600},       // U+FFFD: an average
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.text);
    EXPECT_NEAR(text_width(c.text, 1000, c.bold), c.thousandths, 1e-9);
  }
}

TEST(Font, FitLosesTheMiddle) {
  const std::string name = "/model/layers.17/self_attn/q_proj/MatMul";
  EXPECT_EQ(fit_width(name, 1000, 10, false), name);
  for (const double width : {20.0, 60.0, 120.0}) {
    const std::string fitted = fit_width(name, width, 10, false);
    EXPECT_LE(text_width(fitted, 10, false), width);
    EXPECT_GT(text_width(fitted, 10, false), width - 20);
    EXPECT_TRUE(contains(fitted, "…"));
    EXPECT_EQ(fitted[0], '/');
    EXPECT_EQ(fitted.back(), 'l');
  }
  EXPECT_EQ(fit_width("abc", 0, 10, false), "…");
  EXPECT_TRUE(is_valid_utf8(fit_width("éééééééééééééééé", 30, 10, false)));
  EXPECT_LT(fit_width(std::string(1000000, 'x'), 100, 10, false).size(), 40u);
}

}  // namespace
}  // namespace trex

// SPDX-License-Identifier: Apache-2.0
#include "trex/base/units.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace trex {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

TEST(Units, Bytes) {
  struct Case {
    std::int64_t bytes;
    const char* expected;
  };
  const Case cases[] = {
      {0, "0 B"},           {1023, "1023 B"},     {1024, "1.0 KiB"},      {-1024, "-1.0 KiB"},
      {1536, "1.5 KiB"},    {1048575, "1.0 MiB"},  // not "1024.0 KiB"
      {1048576, "1.0 MiB"}, {3460300, "3.3 MiB"}, {INT64_MAX, "8.0 EiB"}, {INT64_MIN, "-8.0 EiB"},
  };
  for (const Case& c : cases) EXPECT_EQ(human_bytes(c.bytes), c.expected);
}

TEST(Units, Milliseconds) {
  struct Case {
    double ms;
    const char* expected;
  };
  const Case cases[] = {
      {0, "0"},
      {0.012344, "0.01234"},
      {0.5, "0.5000"},
      {1, "1.000"},
      {12.345, "12.35"},
      {9.99996, "10.00"},
      {999.96, "1000"},
      {1234.56, "1235"},
      {123456.7, "123457"},
      {0.00001234, "0.00001234"},
      {1e-9, "1.000e-09"},
      {1e12, "1.000e+12"},
      {-12.344, "-12.34"},
      {infinity, "inf"},
      {-infinity, "-inf"},
      {std::nan(""), ""},
      {1e308, "1.000e+308"},
  };
  for (const Case& c : cases) EXPECT_EQ(human_ms(c.ms), c.expected);
}

TEST(Units, Counts) {
  struct Case {
    double count;
    const char* expected;
  };
  const Case cases[] = {
      {0, "0"},           {950, "950"},       {1.5, "1.5"},       {999.4, "999.4"},
      {999.5, "1.0 k"},   {1234, "1.2 k"},    {999950, "1.0 M"},  {1.2e9, "1.2 G"},
      {3e12, "3.0 T"},    {-4.5e6, "-4.5 M"}, {1e21, "1000.0 E"}, {infinity, "inf"},
      {std::nan(""), ""},
  };
  for (const Case& c : cases) EXPECT_EQ(human_count(c.count), c.expected);
}

TEST(Units, Percent) {
  EXPECT_EQ(human_percent(0.1234), "12.3%");
  EXPECT_EQ(human_percent(1), "100.0%");
  EXPECT_EQ(human_percent(std::nan("")), "");
}

}  // namespace
}  // namespace trex

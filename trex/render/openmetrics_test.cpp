// What a scraper reads: families, escapes, and samples that may not be written.

// SPDX-License-Identifier: Apache-2.0
#include "trex/render/openmetrics.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace trex::render {
namespace {

TEST(OpenMetrics, WritesWhatTheFormatAllows) {
  const double infinity = std::numeric_limits<double>::infinity();
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const MetricFamily families[] = {
      {.name = "e", .unit = "", .help = "a \"b\" \\", .is_info = true, .samples = {{{}, 1}}},
      {.name = "t_seconds",
       .unit = "seconds",
       .help = "times",
       .samples = {{{{"name", "a\"b\\c\nd\x01"}, {"k", ""}}, 0.25},
                   {{{"name", "x"}}, nan},
                   {{{"name", "x"}}, 2},
                   {{{"name", "x"}}, 3}}},
      {.name = "nothing_bytes", .unit = "bytes", .help = "", .samples = {{{}, infinity}}},
  };
  EXPECT_EQ(openmetrics(families),
            "# TYPE e info\n"
            "# HELP e a \\\"b\\\" \\\\\n"
            "e_info 1.0\n"
            "# TYPE t_seconds gauge\n"
            "# UNIT t_seconds seconds\n"
            "# HELP t_seconds times\n"
            // A line break is shown as "\x0a", whose backslash is escaped.
            "t_seconds{name=\"a\\\"b\\\\c\\\\x0ad\\\\x01\",k=\"\"} 0.25\n"
            "t_seconds{name=\"x\"} 2.0\n"
            "# EOF\n");
  EXPECT_EQ(openmetrics({}), "# EOF\n");
}

}  // namespace
}  // namespace trex::render

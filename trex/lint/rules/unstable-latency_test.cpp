// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/lint_messages.hpp"

namespace trex::lint::unstable_latency_test {
namespace {

using test::messages;
using test::Messages;
using test::timed;

// Ten inferences each: halves of five.
TEST(UnstableLatency, TellsScatterFromDrift) {
  struct Case {
    const char* what;
    std::vector<double> latency;
    Messages expected;
  };
  const Case cases[] = {
      {"steady", {1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, {}},
      // four of 0.9 and six of 1.1: mean 1.02, deviation sqrt(0.096 / 9) = 0.1033; medians 1.1
      {"scatter, no drift",
       {0.9, 1.1, 0.9, 1.1, 1.1, 0.9, 1.1, 0.9, 1.1, 1.1},
       {"the latency scatters by 10.1 % (standard deviation over mean; quiet runs stay below 3 "
        "%)"}},
      // 1 to 1.025: drift 2.5 %, variation 1.3 %
      {"drift, little scatter",
       {1, 1, 1, 1, 1, 1.025, 1.025, 1.025, 1.025, 1.025},
       {"the latency drifted: the second half's median is 2.5 % higher than the first's"}},
      {"too few to say", {1, 2, 1}, {}},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    EXPECT_EQ(messages("unstable-latency", timed({{timing::latency_ms, c.latency}})), c.expected);
  }
}

}  // namespace
}  // namespace trex::lint::unstable_latency_test

// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/lint_messages.hpp"

namespace trex::lint::transfers_in_latency_test {
namespace {

using test::messages;
using test::Messages;
using test::timed;

TEST(TransfersInLatency, FiresFromATenthOfTheLatency) {
  const auto run = [](double h2d, double d2h) {
    return timed(
        {{timing::latency_ms, {1, 1}}, {timing::h2d_ms, {h2d, h2d}}, {timing::d2h_ms, {d2h, d2h}}});
  };
  EXPECT_EQ(messages("transfers-in-latency", run(0.25, 0.25)),
            Messages{"50 % of the latency is copies between host and device (0.5 ms of 1 ms)"});
  EXPECT_TRUE(messages("transfers-in-latency", run(0.04, 0.05)).empty());
  // A file that does not state the copies says nothing of them.
  EXPECT_TRUE(messages("transfers-in-latency", timed({{timing::latency_ms, {1, 1}}})).empty());
}

}  // namespace
}  // namespace trex::lint::transfers_in_latency_test

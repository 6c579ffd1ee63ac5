// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/lint_messages.hpp"

namespace trex::lint::inflated_layer_times_test {
namespace {

using test::messages;
using test::Messages;
using test::timed;

TEST(InflatedLayerTimes, ComparesTheSumWithTheGpusTime) {
  const auto run = [](double sum) {
    Engine engine = timed({{timing::compute_ms, {1, 1, 1}}});
    engine.profile.present = true;
    engine.profile.layer_time_ms = sum;
    return messages("inflated-layer-times", engine);
  };
  EXPECT_EQ(run(1.5),
            Messages{"the layers sum to 1.5 ms, 50 % above the GPU's 1 ms: timing each layer costs "
                     "time, most for small ones; trust shares more than sums"});
  EXPECT_TRUE(run(1.15).empty());  // not above the threshold
  EXPECT_TRUE(run(0.5).empty());   // host gaps: not this rule's
}

}  // namespace
}  // namespace trex::lint::inflated_layer_times_test

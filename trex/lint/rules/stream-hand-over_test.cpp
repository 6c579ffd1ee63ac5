// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/lint_messages.hpp"

namespace trex::lint::stream_hand_over_test {
namespace {

using test::messages;
using test::Messages;

std::string hand_overs(int count) {
  std::string text = "c Convolution x:Half[1x8x4x4] -> y:Half[1x8x4x4] @1\n";
  for (int i = 0; i < count; ++i) text += "s" + std::to_string(i) + " signal @0.25\n";
  return text;
}

TEST(StreamHandOver, FiresOnTwentySignalsOrTinySideLayers) {
  EXPECT_EQ(messages("stream-hand-over", engine_text(hand_overs(20))),
            Messages{"20 signals and waits for 0 layers on side streams"});
  EXPECT_TRUE(messages("stream-hand-over", engine_text(hand_overs(19))).empty());
  const auto side = [](const char* ms) {
    return engine_text(
        "a Convolution x:Half[8] -> y:Half[8] @1\n"
        "b Convolution x:Half[8] -> z:Half[8] stream=1 @" +
        std::string(ms) + "\n");
  };
  EXPECT_EQ(messages("stream-hand-over", side("0.004")),
            Messages{"0 signals and waits for 1 layers on side streams"});
  EXPECT_TRUE(messages("stream-hand-over", side("0.5")).empty());
}

}  // namespace
}  // namespace trex::lint::stream_hand_over_test

// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/lint_messages.hpp"

namespace trex::lint::control_flow_test {
namespace {

using test::messages;
using test::Messages;

TEST(ControlFlow, KnowsTensorRTsWords) {
  EXPECT_EQ(messages("control-flow", engine_text("r Recurrence x:Half[8] -> y:Half[8]\n"
                                                 "l LoopOutput y:Half[8] -> z:Half[8]\n")),
            Messages{"2 layers are conditions or loops, such as 'r'"});
  EXPECT_TRUE(
      messages("control-flow", engine_text("Loop Convolution x:Half[8] -> y:Half[8]\n")).empty());
}

}  // namespace
}  // namespace trex::lint::control_flow_test

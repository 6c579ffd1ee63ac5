// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/lint_messages.hpp"
#include "trex/lint/rules/test_gpu.hpp"

namespace trex::lint::small_groups_test {
namespace {

using test::messages;
using test::Messages;
using test::on_gpu;

Engine grouped(const std::string& groups, const char* rest) {
  return on_gpu(
      "d Convolution x:fp16:hwc8[1x64x64x64] -> y:fp16:hwc8[1x64x64x64] kernel=3x3 "
      "pre=1x1 post=1x1 stride=1x1 maps=64 weights=Half*576 groups=" +
      groups + " @0.1\nr PluginV2 y:Half -> z:Half @" + rest);
}

TEST(SmallGroups, FindsNarrowGroups) {
  EXPECT_EQ(messages("small-groups", grouped("8", "0.1")),
            Messages{"1 convolution with narrow groups, 'd' first: 8 input channels a group at the "
                     "least"});
  // Without a profile too.
  EXPECT_EQ(messages("small-groups",
                     engine_text("d Convolution x:Half[1x64x8x8] -> y:Half[1x64x8x8] groups=32"))
                .size(),
            1u);
}

TEST(SmallGroups, LeavesDenseWideDepthwiseAndCheapOnesAlone) {
  EXPECT_TRUE(messages("small-groups", grouped("1", "0.1")).empty());
  EXPECT_TRUE(messages("small-groups", grouped("4", "0.1")).empty());   // 16 channels
  EXPECT_TRUE(messages("small-groups", grouped("64", "0.1")).empty());  // depthwise
  EXPECT_TRUE(messages("small-groups", grouped("8", "10")).empty());    // 0.99 %
}

}  // namespace
}  // namespace trex::lint::small_groups_test

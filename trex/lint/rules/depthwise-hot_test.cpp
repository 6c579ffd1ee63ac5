// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/lint_messages.hpp"
#include "trex/lint/rules/test_gpu.hpp"

namespace trex::lint::depthwise_hot_test {
namespace {

using test::messages;
using test::Messages;
using test::on_gpu;

// A depthwise 3x3 over 64 channels beside a dense 1x1 over 512 channels, all at 64x64.
Engine beside_dense(const std::string& groups, const char* ms) {
  return on_gpu(
      "d Convolution x:fp16:hwc8[1x64x64x64] -> y:fp16:hwc8[1x64x64x64] kernel=3x3 "
      "pre=1x1 post=1x1 stride=1x1 maps=64 weights=Half*576 groups=" +
      groups + " @" + ms +
      "\n"
      "p Convolution z:fp16:hwc8[1x512x64x64] -> w:fp16:hwc8[1x512x64x64] kernel=1x1 "
      "stride=1x1 maps=512 weights=Half*262144 @0.9\n");
}

TEST(DepthwiseHot, FindsTimeWithoutArithmetic) {
  // MACs: 4096 * 64 * 9 = 2359296 beside 4096 * 512 * 512 = 1073741824: 0.2 %; time 0.1 of 1.
  EXPECT_EQ(messages("depthwise-hot", beside_dense("64", "0.1")),
            Messages{"1 depthwise convolution: 0.1 ms, 10.0 % of the time for 0.2 % of the known "
                     "FLOPs"});
}

TEST(DepthwiseHot, LeavesCheapAndGroupedOnesAlone) {
  EXPECT_TRUE(messages("depthwise-hot", beside_dense("64", "0.04")).empty());  // 4.3 %
  EXPECT_TRUE(messages("depthwise-hot", beside_dense("32", "0.1")).empty());
  // All the arithmetic there is.
  EXPECT_TRUE(messages("depthwise-hot",
                       on_gpu("d Convolution x:fp16:hwc8[1x64x64x64] -> y:fp16:hwc8[1x64x64x64] "
                              "kernel=3x3 pre=1x1 post=1x1 stride=1x1 maps=64 groups=64 "
                              "weights=Half*576 @0.1"))
                  .empty());
}

}  // namespace
}  // namespace trex::lint::depthwise_hot_test

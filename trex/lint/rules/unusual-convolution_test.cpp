// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/lint_messages.hpp"
#include "trex/lint/rules/test_gpu.hpp"

namespace trex::lint::unusual_convolution_test {
namespace {

using test::messages;
using test::Messages;

// 64 channels to 64 over 64 x 64 positions; 3x3: 64 x 64 x 9 x 4096 x 2 = 0.302 GFLOP. At 204.8
// TFLOP/s 1.5 us; the tensors are 2 x 0.52 MB at 1000 GB/s: 1.05 us and 0.07 us of weights.
Messages of_convolution(const char* attributes, int kernel_values, const char* time = "0.1",
                        int channels = 64, const char* space = "64x64") {
  return messages(
      "unusual-convolution",
      test::on_gpu(fmt::format("c Convolution x:Half[1x{0}x{1}] -> y:Half[1x64x{1}] {2} maps=64 "
                               "weights=Half*{3} @{4}\n",
                               channels, space, attributes, channels * 64 * kernel_values, time)));
}

TEST(UnusualConvolution, FiresOnEachOfTheThreeKinds) {
  // 1.475 us of 100 us.
  EXPECT_EQ(of_convolution("kernel=3x3 pre=2x2 post=2x2 dilation=2x2", 9),
            Messages{"1 dilated convolution at 1.5 % of the GPU's peak: 'c'"});
  // 7x7: 49 / 9 of that.
  EXPECT_EQ(of_convolution("kernel=7x7 pre=3x3 post=3x3 dilation=1x1", 49),
            Messages{"1 convolution of a large kernel at 8.0 % of the GPU's peak: 'c'"});
  EXPECT_EQ(
      of_convolution("kernel=3x3x3 pre=1x1x1 post=1x1x1 dilation=1x1x1", 27, "1", 64, "16x16x16")
          .size(),
      1u);
}

TEST(UnusualConvolution, LeavesOthersAlone) {
  EXPECT_TRUE(of_convolution("kernel=3x3 pre=1x1 post=1x1 dilation=1x1", 9).empty());
  EXPECT_TRUE(of_convolution("kernel=7x7 pre=3x3 post=3x3", 49, "0.1", 3).empty());  // a stem
  EXPECT_TRUE(of_convolution("kernel=7x7 pre=3x3 post=3x3", 49, "0.02").empty());    // 40 %
  // Too short to judge; depthwise.
  EXPECT_TRUE(of_convolution("kernel=3x3 pre=2x2 post=2x2 dilation=2x2", 9, "0.009").empty());
  EXPECT_TRUE(of_convolution("kernel=7x7 pre=3x3 post=3x3 groups=64", 1, "0.1").empty());
}

}  // namespace
}  // namespace trex::lint::unusual_convolution_test

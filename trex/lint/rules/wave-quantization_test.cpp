// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/lint_messages.hpp"
#include "trex/lint/rules/test_gpu.hpp"

namespace trex::lint::wave_quantization_test {
namespace {

using test::convolution_of;
using test::findings;
using test::messages;
using test::Messages;

TEST(WaveQuantization, FindsANearlyEmptyLastWave) {
  // 11 x 10 tiles of 128x128 on 100 SMs: 1.1 waves, 55 % busy.
  const auto found = findings("wave-quantization", convolution_of(1408, 1280, "128x128"));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].message,
            "'c' has 110 tiles for 100 SMs: 1.10 waves take as long as 2, 55.0 % busy");
  EXPECT_DOUBLE_EQ(*found[0].recoverable_ms, 0.45);
}

TEST(WaveQuantization, LeavesGoodFitsAlone) {
  EXPECT_TRUE(messages("wave-quantization", convolution_of(1280, 1280, "128x128")).empty());
  EXPECT_TRUE(messages("wave-quantization", convolution_of(640, 1280, "128x128")).empty());
  // 170 tiles are 85 % of two waves.
  EXPECT_TRUE(messages("wave-quantization", convolution_of(2176, 1280, "128x128")).empty());
  EXPECT_TRUE(
      messages("wave-quantization", convolution_of(1408, 1280, "128x128", "streamk_")).empty());
}

TEST(WaveQuantization, FiresOnlyWhereBothOrientationsAgree) {
  // 256x64: 6 x 20 = 120 tiles, 60 % busy; turned 22 x 5 = 110, 55 %. Both are bad: the better one.
  EXPECT_EQ(messages("wave-quantization", convolution_of(1408, 1280, "256x64")),
            Messages{"'c' has 120 tiles for 100 SMs: 1.20 waves take as long as 2, 60.0 % busy"});
  // 256x64 over 1280 x 1408: turned 20 x 6 = 120 again; over 2560 x 1152: 10 x 18 = 180, 90 %.
  EXPECT_TRUE(messages("wave-quantization", convolution_of(2560, 1152, "256x64")).empty());
}

}  // namespace
}  // namespace trex::lint::wave_quantization_test

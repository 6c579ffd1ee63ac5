// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/lint_messages.hpp"
#include "trex/lint/rules/test_gpu.hpp"

namespace trex::lint::under_filled_gpu_test {
namespace {

using test::convolution_of;
using test::findings;
using test::messages;
using test::Messages;
using test::on_gpu;

TEST(UnderFilledGpu, FindsFewTiles) {
  // 4 x 10 tiles on 100 SMs.
  EXPECT_EQ(messages("under-filled-gpu", convolution_of(512, 1280, "128x128")),
            Messages{"'c' has 40 tiles for 100 SMs: 40.0 % of the GPU works (1 ms)"});
}

TEST(UnderFilledGpu, TellsAlikeOnesTogetherTheLongestFirst) {
  const char* conv =
      "{0} Convolution x:fp16:hwc8[1x4096x512x1] -> {0}:fp16:hwc8[1x1280x512x1] kernel=1x1 "
      "stride=1x1 maps=1280 weights=Half*5242880 "
      "tactic=ampere_fp16_s16816gemm_fp16_128x128_ldg8_nhwc_tn @{1}\n";
  const auto found =
      findings("under-filled-gpu", on_gpu(fmt::format(fmt::runtime(conv), "a", "0.5") +
                                          fmt::format(fmt::runtime(conv), "b", "1")));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].message,
            "2 kernels with too few tiles take 1.5 ms; 'b' has 40 tiles for 100 SMs: 40.0 % of the "
            "GPU works (1 ms)");
  EXPECT_EQ(found[0].layers, (std::vector<Row>{1, 0}));
  // Nearly all of the time could be won, but the tiles are read from a name: no error.
  EXPECT_GT(*found[0].recoverable_ms, 1.4);
  EXPECT_EQ(found[0].confidence, Confidence::low);
  EXPECT_EQ(found[0].severity, Severity::warning);
}

TEST(UnderFilledGpu, LeavesFilledOnesAlone) {
  EXPECT_TRUE(messages("under-filled-gpu", convolution_of(640, 1280, "128x128")).empty());
  // Of either orientation: 128x256 gives 4 x 20 or 8 x 10 tiles over 512 x 5120 and so on.
  EXPECT_TRUE(messages("under-filled-gpu", convolution_of(1024, 1280, "128x256")).size() == 1u);
  EXPECT_TRUE(
      messages("under-filled-gpu", convolution_of(512, 1280, "128x128", "splitK_")).empty());
}

}  // namespace
}  // namespace trex::lint::under_filled_gpu_test

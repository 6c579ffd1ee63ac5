// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/lint_messages.hpp"
#include "trex/lint/rules/test_gpu.hpp"

namespace trex::lint::low_bandwidth_test {
namespace {

using test::findings;
using test::messages;
using test::Messages;
using test::on_gpu;

// 1 x 64 x 500 x 500 in FP16 = 32 MB, read and written: 64 MB; at 1000 GB/s 0.064 ms.
TEST(LowBandwidth, FindsSlowMovers) {
  const auto engine = [](const char* type, const char* ms) {
    return on_gpu(std::string("a ") + type +
                  " x:fp16:chw[1x64x500x500] -> y:fp16:chw[1x64x500x500] @" + ms);
  };
  const auto found = findings("low-bandwidth", engine("Pooling", "0.256"));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].message,
            "'a' moves 64 MB in 0.256 ms: 250 GB/s, 25.0 % of the GPU's 1000 GB/s");
  EXPECT_DOUBLE_EQ(*found[0].recoverable_ms, 0.256 - 0.064);
  EXPECT_TRUE(messages("low-bandwidth", engine("Pooling", "0.12")).empty());  // 53 %
  EXPECT_TRUE(messages("low-bandwidth", engine("PluginV2", "0.256")).empty());
  EXPECT_TRUE(messages("low-bandwidth", engine("Myelin", "0.256")).empty());
}

TEST(LowBandwidth, LeavesUnderFilledKernelsToTheirOwnRule) {
  // 64 x 64 of K = 4096: one tile of 64 x 64, 1 MB in 1 ms.
  const auto engine = [](const std::string& tactic) {
    return on_gpu(
        "c Convolution x:fp16:hwc8[1x4096x64x1] -> y:fp16:hwc8[1x64x64x1] kernel=1x1 "
        "stride=1x1 maps=64 weights=Half*262144 tactic=" +
        tactic + " @1");
  };
  EXPECT_EQ(messages("low-bandwidth", engine("ampere_h16816_no_tile")).size(), 1u);
  EXPECT_TRUE(messages("low-bandwidth", engine("ampere_fp16_s16816gemm_fp16_64x64_ldg8")).empty());
}

TEST(LowBandwidth, LeavesSmallLayersAlone) {
  // 9 us, though slow; and slow, but 1 % of the time.
  EXPECT_TRUE(messages("low-bandwidth",
                       on_gpu("a Pooling x:fp16:chw[1x8x8x8] -> y:fp16:chw[1x8x8x8] @0.009"))
                  .empty());
  EXPECT_TRUE(messages("low-bandwidth",
                       on_gpu("a Pooling x:fp16:chw[1x8x8x8] -> y:fp16:chw[1x8x8x8] @0.02\n"
                              "b PluginV2 y:fp16:chw[1x8x8x8] -> z:fp16:chw[1x8x8x8] @1.98"))
                  .empty());
}

TEST(LowBandwidth, DoesNotJudgeProductsHiddenInAKernel) {
  const auto engine = [](const std::string& name) {
    return on_gpu(name + " kgen x:fp16:chw[1x64x500x500] -> y:fp16:chw[1x64x500x500] @0.256");
  };
  EXPECT_EQ(messages("low-bandwidth", engine("__myl_Tran_myl0_1")).size(), 1u);
  EXPECT_TRUE(messages("low-bandwidth", engine("{ForeignNode[a...b]}")).empty());
}

}  // namespace
}  // namespace trex::lint::low_bandwidth_test

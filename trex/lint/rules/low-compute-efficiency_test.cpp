// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/lint_messages.hpp"
#include "trex/lint/rules/test_gpu.hpp"

namespace trex::lint::low_compute_efficiency_test {
namespace {

using test::findings;
using test::messages;
using test::Messages;
using test::on_gpu;

// 512 channels, 3x3, 64x64 positions: 4096 x 512 x 4608 MACs = 9.664e9; 19.33 GFLOP at 204.8
// TFLOP/s: 0.09437 ms.
TEST(LowComputeEfficiency, FindsSlowConvolutions) {
  const auto engine = [](const char* ms, const char* tactic) {
    return on_gpu(std::string("c Convolution x:fp16:hwc8[1x512x64x64] -> y:fp16:hwc8[1x512x64x64] "
                              "kernel=3x3 pre=1x1 post=1x1 stride=1x1 maps=512 "
                              "weights=Half*2359296 tactic=") +
                  tactic + " @" + ms);
  };
  const auto found = findings("low-compute-efficiency", engine("0.9437184", "x_ffma_y"));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].message,
            "'c' runs 19.33 GFLOP in 0.9437 ms: 20.48 TFLOP/s, 10.0 % of the GPU's 204.8 for FP16; "
            "its kernel uses no Tensor Cores");
  EXPECT_NEAR(*found[0].recoverable_ms, 0.9437184 * 0.9, 1e-12);
  EXPECT_TRUE(messages("low-compute-efficiency", engine("0.3", "x_ffma_y")).empty());  // 31 %
}

TEST(LowComputeEfficiency, LeavesMemoryBoundLayersToOthers) {
  // A 1x1 of 8 channels: 16 FLOPs a value, far below the ridge.
  EXPECT_TRUE(messages("low-compute-efficiency",
                       on_gpu("c Convolution x:fp16:hwc8[1x8x500x500] -> y:fp16:hwc8[1x8x500x500] "
                              "kernel=1x1 stride=1x1 maps=8 weights=Half*64 @5"))
                  .empty());
}

}  // namespace
}  // namespace trex::lint::low_compute_efficiency_test

// SPDX-License-Identifier: Apache-2.0

#include "tests/support/lint_cases.hpp"

namespace trex::lint::fp8_not_used_test {
namespace {

TEST(Fp8NotUsed, Cases) {
  test::check_cases(
      "fp8-not-used",
      {
          {.name = "widened before it",
           .engine = "d Reformat x:FP8[8x64x14x14] -> y:Half[8x64x14x14] @0.1\n"
                     "c Convolution y:Half[8x64x14x14] -> z:Half[8x64x14x14] kernel=1x1 "
                     "tactic=sm89_xmma_fprop_implicit_gemm_f16f16_f16f16_f16_nhwckrsc_nhwc_"
                     "tilesize64x64x64_stage4_warpsize2x2x1_tensor16x8x16 maps=64 @0.4\n",
           .layers = "c",
           .message = "computed in FP16",
           .recoverable_ms = 0.2},
          {.name = "FP8 goes in",
           .engine = "c Convolution x:FP8[8x64x14x14] -> z:Half[8x64x14x14] kernel=1x1 "
                     "tactic=sm89_xmma_fprop_implicit_gemm_f16f16_f16f16_f16_nhwckrsc_nhwc_"
                     "tilesize64x64x64_stage4_warpsize2x2x1_tensor16x8x16 maps=64\n",
           .layers = "c"},
          {.name = "FP8 kernel",
           .engine = "c Convolution x:FP8[8x64x14x14] -> z:Half[8x64x14x14] kernel=1x1 "
                     "tactic=sm89_xmma_fprop_implicit_gemm_e4m3f16_e4m3f32_f32_nhwckrsc_nhwc_"
                     "tilesize64x64x64_stage4_warpsize2x2x1_tensor16x8x32 maps=64\n",
           .layers = ""},
          {.name = "a stem that nobody quantized",
           .engine = "s Convolution v:Half[8x64x14x14] -> x:FP8[8x64x14x14] kernel=1x1 "
                     "tactic=sm89_xmma_fprop_implicit_gemm_f16f16_f16f16_f16_nhwckrsc_nhwc_"
                     "tilesize64x64x64_stage4_warpsize2x2x1_tensor16x8x16 maps=64\n"
                     "c Convolution x:FP8[8x64x14x14] -> z:Half[8x64x14x14] kernel=1x1 "
                     "tactic=sm89_xmma_fprop_implicit_gemm_e4m3f16_e4m3f32_f32_nhwckrsc_nhwc_"
                     "tilesize64x64x64_stage4_warpsize2x2x1_tensor16x8x32 maps=64\n",
           .layers = ""},
          {.name = "no FP8 at all",
           .engine = "c Convolution x:Int8:chw32[8x64x14x14] -> z:Half[8x64x14x14] kernel=1x1 "
                     "tactic=sm89_xmma_fprop_implicit_gemm_f16f16_f16f16_f16_nhwckrsc_nhwc_"
                     "tilesize64x64x64_stage4_warpsize2x2x1_tensor16x8x16 maps=64\n",
           .layers = ""},
      });
}

}  // namespace
}  // namespace trex::lint::fp8_not_used_test

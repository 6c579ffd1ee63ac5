// SPDX-License-Identifier: Apache-2.0

#include "tests/support/lint_cases.hpp"

namespace trex::lint::bf16_computed_as_fp32_test {
namespace {

TEST(Bf16ComputedAsFp32, Cases) {
  test::check_cases(
      "bf16-computed-as-fp32",
      {
          {.name = "widened before it",
           .engine = "w Reformat x:BFloat16[8x64x14x14] -> y:Float[8x64x14x14] @0.1\n"
                     "c Convolution y:Float[8x64x14x14] -> z:Float[8x64x14x14] kernel=1x1 "
                     "tactic=sm80_xmma_fprop_implicit_gemm_f32f32_tf32f32_f32_nhwckrsc_nhwc_"
                     "tilesize64x64x32_stage4_warpsize2x2x1_tensor16x8x8 maps=64 @0.4\n",
           .layers = "c",
           .message = "in TF32",
           .recoverable_ms = 0.2},
          {.name = "BF16 goes in",
           .engine = "c Convolution x:BFloat16[8x64x14x14] -> z:BFloat16[8x64x14x14] kernel=1x1 "
                     "tactic=sm80_xmma_fprop_implicit_gemm_f32f32_tf32f32_f32_nhwckrsc_nhwc_"
                     "tilesize64x64x32_stage4_warpsize2x2x1_tensor16x8x8 maps=64\n",
           .layers = "c"},
          {.name = "BF16 kernel",
           .engine = "c Convolution x:BFloat16[8x64x14x14] -> z:BFloat16[8x64x14x14] kernel=1x1 "
                     "tactic=sm80_xmma_fprop_implicit_gemm_bf16bf16_bf16f32_f32_nhwckrsc_nhwc_"
                     "tilesize64x64x32_stage4_warpsize2x2x1_tensor16x8x16 maps=64\n",
           .layers = ""},
          {.name = "BF16 elsewhere",
           .engine = "a Convolution u:BFloat16[8x64x14x14] -> v:BFloat16[8x64x14x14] kernel=1x1 "
                     "tactic=sm80_xmma_fprop_implicit_gemm_bf16bf16_bf16f32_f32_nhwckrsc_nhwc_"
                     "tilesize64x64x32_stage4_warpsize2x2x1_tensor16x8x16 maps=64\n"
                     "c Convolution x:Float[8x64x14x14] -> z:Float[8x64x14x14] kernel=1x1 "
                     "tactic=sm80_xmma_fprop_implicit_gemm_f32f32_tf32f32_f32_nhwckrsc_nhwc_"
                     "tilesize64x64x32_stage4_warpsize2x2x1_tensor16x8x8 maps=64\n",
           .layers = ""},
      });
}

}  // namespace
}  // namespace trex::lint::bf16_computed_as_fp32_test

// SPDX-License-Identifier: Apache-2.0

#include "tests/support/lint_cases.hpp"

namespace trex::lint::gemm_misaligned_test {
namespace {

TEST(GemmMisaligned, Cases) {
  test::check_cases("gemm-misaligned",
                    {
                        {.name = "K of 200 bytes is off 16",
                         .engine = "g gemm a:Half[1x128x100] b:Half[1x100x64] -> y:Half[1x128x64] "
                                   "tactic=sm80_xmma_gemm_f16f16_f16f16_f16_nn_n_tilesize128x64x64_"
                                   "stage3_warpsize2x2x1_tensor16x8x16\n",
                         .layers = "g",
                         .message = "off 16 bytes"},
                        {.name = "K of 144 bytes is off 128",
                         .engine = "g gemm a:Half[1x128x72] b:Half[1x72x64] -> y:Half[1x128x64] "
                                   "tactic=sm80_xmma_gemm_f16f16_f16f16_f16_nn_n_tilesize128x64x64_"
                                   "stage3_warpsize2x2x1_tensor16x8x16\n",
                         .layers = "g",
                         .message = "off 128 bytes"},
                        {.name = "the kernel loads pairs",
                         .engine = "g gemm a:Half[1x128x128] b:Half[1x128x64] -> y:Half[1x128x64] "
                                   "tactic=sm80_xmma_gemm_f16f16_f16f16_f16_nn_n_tilesize128x64x64_"
                                   "stage3_warpsize2x2x1_tensor16x8x16_aligna2_alignb2_alignc2\n",
                         .layers = "g",
                         .message = "off 16 bytes"},
                        {.name = "aligned",
                         .engine = "g gemm a:Half[1x128x128] b:Half[1x128x64] -> y:Half[1x128x64] "
                                   "tactic=sm80_xmma_gemm_f16f16_f16f16_f16_nn_n_tilesize128x64x64_"
                                   "stage3_warpsize2x2x1_tensor16x8x16\n",
                         .layers = ""},
                        {.name = "aligned, wide loads",
                         .engine = "g gemm a:Half[1x128x128] b:Half[1x128x64] -> y:Half[1x128x64] "
                                   "tactic=sm80_xmma_gemm_f16f16_f16f16_f16_nn_n_tilesize128x64x64_"
                                   "stage3_warpsize2x2x1_tensor16x8x16_aligna8_alignb8_alignc8\n",
                         .layers = ""},
                        {.name = "matrix by vector",
                         .engine = "g gemm a:Half[1x128x100] b:Half[1x100x64] -> y:Half[1x128x64] "
                                   "tactic=sm50_xmma_cublas_gemvx_f16f16_f32_f32_tn_n\n",
                         .layers = ""},
                        {.name = "Turing",
                         .engine = "g gemm a:Half[1x128x100] b:Half[1x100x64] -> y:Half[1x128x64] "
                                   "tactic=turing_h1688gemm_128x64_ldg8_nn_v1\n",
                         .layers = "",
                         .capability = "7.5"},
                    });
}

}  // namespace
}  // namespace trex::lint::gemm_misaligned_test

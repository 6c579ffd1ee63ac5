// SPDX-License-Identifier: Apache-2.0

#include "tests/support/lint_cases.hpp"

namespace trex::lint::fp32_without_tf32_test {
namespace {

TEST(Fp32WithoutTf32, Cases) {
  test::check_cases(
      "fp32-without-tf32",
      {
          {.name = "on a GPU with TF32",
           .engine = "b Convolution y:Float[8x64x14x14] -> z:Float[8x64x14x14] kernel=1x1 "
                     "tactic=volta_scudnn_128x64_relu_small_nn_v1 maps=64\n",
           .layers = "b",
           .message = "FP32 on CUDA cores",
           .capability = "8.0"},
          {.name = "an Ampere kernel tells the GPU",
           .engine = "a Convolution x:Half[8x64x14x14] -> y:Half[8x64x14x14] kernel=1x1 "
                     "tactic=ampere_h16816gemm_128x64_ldg8_relu_stages_32x6_nn_v1 maps=64 \n"
                     "b Convolution v:Float[8x64x14x14] -> z:Float[8x64x14x14] kernel=1x1 "
                     "tactic=volta_scudnn_128x64_relu_small_nn_v1 maps=64\n",
           .layers = "b"},
          {.name = "K off 4 is said",
           .engine = "b Convolution y:Float[8x62x14x14] -> z:Float[8x64x14x14] kernel=1x1 "
                     "tactic=volta_scudnn_128x64_relu_small_nn_v1 maps=64\n",
           .layers = "b",
           .message = "is no multiple of 4",
           .capability = "8.6"},
          {.name = "Turing has no TF32",
           .engine = "b Convolution y:Float[8x64x14x14] -> z:Float[8x64x14x14] kernel=1x1 "
                     "tactic=volta_scudnn_128x64_relu_small_nn_v1 maps=64\n",
           .layers = "",
           .capability = "7.5"},
          {.name = "GPU not known",
           .engine = "b Convolution y:Float[8x64x14x14] -> z:Float[8x64x14x14] kernel=1x1 "
                     "tactic=volta_scudnn_128x64_relu_small_nn_v1 maps=64\n",
           .layers = ""},
          {.name = "TF32",
           .engine = "b Convolution y:Float[8x64x14x14] -> z:Float[8x64x14x14] kernel=1x1 "
                     "tactic=sm80_xmma_fprop_implicit_gemm_f32f32_tf32f32_f32_nhwckrsc_nhwc_"
                     "tilesize64x64x32_stage4_warpsize2x2x1_tensor16x8x8 maps=64\n",
           .layers = "",
           .capability = "8.0"},
          {.name = "depthwise",
           .engine = "b Convolution y:Float[8x64x14x14] -> z:Float[8x64x14x14] kernel=1x1 "
                     "tactic=volta_scudnn_128x64_relu_small_nn_v1 maps=64 groups=64\n",
           .layers = "",
           .capability = "8.0"},
      });
}

}  // namespace
}  // namespace trex::lint::fp32_without_tf32_test

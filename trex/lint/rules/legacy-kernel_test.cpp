// SPDX-License-Identifier: Apache-2.0

#include "tests/support/lint_cases.hpp"

namespace trex::lint::legacy_kernel_test {
namespace {

TEST(LegacyKernel, Cases) {
  test::check_cases(
      "legacy-kernel",
      {
          {.name = "a Turing kernel on Ampere",
           .engine = "c Convolution x:Half[8x64x14x14] -> y:Half[8x64x14x14] kernel=1x1 "
                     "tactic=turing_h1688cudnn_256x64_ldg8_relu_exp_small_nhwc_tn_v1 maps=64\n",
           .layers = "c",
           .message = "compute capability 8.6",
           .capability = "8.6"},
          {.name = "an Ampere kernel tells the GPU",
           .engine = "c Convolution x:Half[8x64x14x14] -> y:Half[8x64x14x14] kernel=1x1 "
                     "tactic=turing_h1688cudnn_256x64_ldg8_relu_exp_small_nhwc_tn_v1 maps=64\n"
                     "d Convolution y:Half[8x64x14x14] -> z:Half[8x64x14x14] kernel=1x1 "
                     "tactic=ampere_h16816gemm_128x64_ldg8_relu_stages_32x6_nn_v1 maps=64\n",
           .layers = "c"},
          {.name = "on Turing",
           .engine = "c Convolution x:Half[8x64x14x14] -> y:Half[8x64x14x14] kernel=1x1 "
                     "tactic=turing_h1688cudnn_256x64_ldg8_relu_exp_small_nhwc_tn_v1 maps=64\n",
           .layers = "",
           .capability = "7.5"},
          {.name = "GPU not known",
           .engine = "c Convolution x:Half[8x64x14x14] -> y:Half[8x64x14x14] kernel=1x1 "
                     "tactic=turing_h1688cudnn_256x64_ldg8_relu_exp_small_nhwc_tn_v1 maps=64\n",
           .layers = ""},
          {.name = "sm50 is every GPU",
           .engine = "c Convolution x:Half[8x64x14x14] -> y:Half[8x64x14x14] kernel=1x1 "
                     "tactic=sm50_xmma_convolution_depthwiseHMMA_FP16NHWCx8_TR3_TS3_STRIDEH1_"
                     "STRIDEW1 maps=64\n",
           .layers = "",
           .capability = "8.6"},
          {.name = "Ampere's on Hopper",
           .engine = "c Convolution x:Half[8x64x14x14] -> y:Half[8x64x14x14] kernel=1x1 "
                     "tactic=ampere_h16816gemm_128x64_ldg8_relu_stages_32x6_nn_v1 maps=64\n",
           .layers = "",
           .capability = "9.0"},
          {.name = "below the share",
           .engine =
               "c Convolution x:Half[8x64x14x14] -> y:Half[8x64x14x14] kernel=1x1 "
               "tactic=turing_h1688cudnn_256x64_ldg8_relu_exp_small_nhwc_tn_v1 maps=64 @0.01\n"
               "d Convolution y:Half[8x64x14x14] -> z:Half[8x64x14x14] kernel=1x1 "
               "tactic=ampere_h16816gemm_128x64_ldg8_relu_stages_32x6_nn_v1 maps=64 @0.99\n",
           .layers = "",
           .capability = "8.6"},
      });
}

}  // namespace
}  // namespace trex::lint::legacy_kernel_test

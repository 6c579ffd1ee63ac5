// SPDX-License-Identifier: Apache-2.0

#include "tests/support/lint_cases.hpp"

namespace trex::lint::low_precision_simt_test {
namespace {

TEST(LowPrecisionSimt, Cases) {
  test::check_cases(
      "low-precision-simt",
      {
          {.name = "one",
           .engine = "c Convolution x:Half[8x64x14x14] -> y:Half[8x64x14x14] kernel=1x1 "
                     "tactic=sm70_xmma_gemm_as_conv1x1_f16f16_f16_f16_tn_n_simt_small_batch_bias_"
                     "relu maps=64\n",
           .layers = "c",
           .message = "computes FP16 on CUDA cores"},
          {.name = "two layers of one kernel are one finding",
           .engine = "c Convolution x:Half[8x64x14x14] -> y:Half[8x64x14x14] kernel=1x1 "
                     "tactic=sm70_xmma_gemm_as_conv1x1_f16f16_f16_f16_tn_n_simt_small_batch_bias_"
                     "relu maps=64\n"
                     "d Convolution y:Half[8x64x14x14] -> z:Half[8x64x14x14] kernel=1x1 "
                     "tactic=sm70_xmma_gemm_as_conv1x1_f16f16_f16_f16_tn_n_simt_small_batch_bias_"
                     "relu maps=64\n",
           .layers = "c d"},
          {.name = "one row says so",
           .engine = "c Convolution x:Half[1x64x1x1] -> y:Half[1x64x1x1] kernel=1x1 "
                     "tactic=sm70_xmma_gemm_as_conv1x1_f16f16_f16_f16_tn_n_simt_small_batch_bias_"
                     "relu maps=64\n",
           .layers = "c",
           .message = "M = 1 fills little"},
          {.name = "Tensor Cores",
           .engine = "c Convolution x:Half[8x64x14x14] -> y:Half[8x64x14x14] kernel=1x1 "
                     "tactic=ampere_h16816gemm_128x64_ldg8_relu_stages_32x6_nn_v1 maps=64\n",
           .layers = ""},
          {.name = "a name that does not say",
           .engine = "c Convolution x:Half[8x64x14x14] -> y:Half[8x64x14x14] kernel=1x1 "
                     "tactic=some_kernel maps=64\n",
           .layers = ""},
          {.name = "depthwise",
           .engine = "c Convolution x:Half[8x64x14x14] -> y:Half[8x64x14x14] kernel=1x1 "
                     "tactic=sm70_xmma_gemm_as_conv1x1_f16f16_f16_f16_tn_n_simt_small_batch_bias_"
                     "relu maps=64 groups=64\n",
           .layers = ""},
          {.name = "a stem",
           .engine = "c Convolution x:Half[8x3x14x14] -> y:Half[8x64x14x14] kernel=1x1 "
                     "tactic=sm70_xmma_gemm_as_conv1x1_f16f16_f16_f16_tn_n_simt_small_batch_bias_"
                     "relu maps=64\n",
           .layers = ""},
          {.name = "FP32",
           .engine = "c Convolution x:Float[8x64x14x14] -> y:Float[8x64x14x14] kernel=1x1 "
                     "tactic=ampere_scudnn_128x64_relu_small_nn_v1 maps=64\n",
           .layers = ""},
          {.name = "dp4a is another rule's",
           .engine = "c Convolution x:Int8:chw4[8x64x14x14] -> y:Int8:chw4[8x64x14x14] kernel=1x1 "
                     "tactic=volta_int8x4_icudnn_int8x4_128x32_relu_small_c32_nn_v1 maps=64\n",
           .layers = ""},
          {.name = "matrix by vector",
           .engine = "g gemm a:Half[1x512] b:Half[512x512] -> y:Half[1x512] "
                     "tactic=sm50_xmma_cublas_gemvx_f16f16_f32_f32_tn_n\n",
           .layers = ""},
          {.name = "a GPU without Tensor Cores",
           .engine = "c Convolution x:Half[8x64x14x14] -> y:Half[8x64x14x14] kernel=1x1 "
                     "tactic=sm70_xmma_gemm_as_conv1x1_f16f16_f16_f16_tn_n_simt_small_batch_bias_"
                     "relu maps=64\n",
           .layers = "",
           .capability = "6.1"},
      });
}

}  // namespace
}  // namespace trex::lint::low_precision_simt_test

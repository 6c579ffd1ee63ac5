// SPDX-License-Identifier: Apache-2.0

#include "tests/support/lint_cases.hpp"

namespace trex::lint::mixed_precision_block_test {
namespace {

TEST(MixedPrecisionBlock, Cases) {
  test::check_cases(
      "mixed-precision-block",
      {
          {.name = "three types",
           .engine = "/b/l/c1/Conv Convolution x:Int8:chw32[8x64x14x14] -> "
                     "y:Int8:chw32[8x64x14x14] kernel=1x1 "
                     "tactic=turing_int8_i8816cudnn_int8_256x64_ldg16_relu_medium_nt_v1 maps=64\n"
                     "/b/l/c2/Conv Convolution u:Half[8x64x14x14] -> v:Half[8x64x14x14] kernel=1x1 "
                     "tactic=ampere_h16816gemm_128x64_ldg8_relu_stages_32x6_nn_v1 maps=64\n"
                     "/b/l/c3/Conv Convolution r:Float[8x64x14x14] -> s:Float[8x64x14x14] "
                     "kernel=1x1 tactic=ampere_scudnn_128x64_relu_small_nn_v1 maps=64\n",
           .layers = "/b/l/c1/Conv /b/l/c2/Conv /b/l/c3/Conv",
           .message = "1 block of the model, first '/b/l'"},
          {.name = "two types",
           .engine = "/b/l/c1/Conv Convolution x:Int8:chw32[8x64x14x14] -> "
                     "y:Int8:chw32[8x64x14x14] kernel=1x1 "
                     "tactic=turing_int8_i8816cudnn_int8_256x64_ldg16_relu_medium_nt_v1 maps=64\n"
                     "/b/l/c2/Conv Convolution u:Half[8x64x14x14] -> v:Half[8x64x14x14] kernel=1x1 "
                     "tactic=ampere_h16816gemm_128x64_ldg8_relu_stages_32x6_nn_v1 maps=64\n"
                     "/b/m/c3/Conv Convolution r:Float[8x64x14x14] -> s:Float[8x64x14x14] "
                     "kernel=1x1 tactic=ampere_scudnn_128x64_relu_small_nn_v1 maps=64\n",
           .layers = ""},
          {.name = "three blocks",
           .engine = "/b/k/c1/Conv Convolution x:Int8:chw32[8x64x14x14] -> "
                     "y:Int8:chw32[8x64x14x14] kernel=1x1 "
                     "tactic=turing_int8_i8816cudnn_int8_256x64_ldg16_relu_medium_nt_v1 maps=64\n"
                     "/b/l/c2/Conv Convolution u:Half[8x64x14x14] -> v:Half[8x64x14x14] kernel=1x1 "
                     "tactic=ampere_h16816gemm_128x64_ldg8_relu_stages_32x6_nn_v1 maps=64\n"
                     "/b/m/c3/Conv Convolution r:Float[8x64x14x14] -> s:Float[8x64x14x14] "
                     "kernel=1x1 tactic=ampere_scudnn_128x64_relu_small_nn_v1 maps=64\n",
           .layers = ""},
          {.name = "names without scopes",
           .engine =
               "Conv_1 Convolution x:Int8:chw32[8x64x14x14] -> y:Int8:chw32[8x64x14x14] kernel=1x1 "
               "tactic=turing_int8_i8816cudnn_int8_256x64_ldg16_relu_medium_nt_v1 maps=64\n"
               "Conv_2 Convolution u:Half[8x64x14x14] -> v:Half[8x64x14x14] kernel=1x1 "
               "tactic=ampere_h16816gemm_128x64_ldg8_relu_stages_32x6_nn_v1 maps=64\n"
               "Conv_3 Convolution r:Float[8x64x14x14] -> s:Float[8x64x14x14] kernel=1x1 "
               "tactic=ampere_scudnn_128x64_relu_small_nn_v1 maps=64\n",
           .layers = ""},
      });
}

}  // namespace
}  // namespace trex::lint::mixed_precision_block_test

// SPDX-License-Identifier: Apache-2.0

#include "tests/support/lint_cases.hpp"

namespace trex::lint::fp32_island_test {
namespace {

TEST(Fp32Island, Cases) {
  test::check_cases(
      "fp32-island",
      {
          {.name = "one FP32 layer behind an FP16 layer",
           .engine = "a Convolution x:Half[8x64x14x14] -> y:Half[8x64x14x14] kernel=1x1 "
                     "tactic=ampere_h16816gemm_128x64_ldg8_relu_stages_32x6_nn_v1 maps=64 @0.5\n"
                     "b Convolution y:Float[8x64x14x14] -> z:Float[8x64x14x14] kernel=1x1 "
                     "tactic=ampere_scudnn_128x64_relu_small_nn_v1 maps=64 @0.5\n",
           .layers = "b",
           .message = "1 layer of",
           .recoverable_ms = 0.25},
          {.name = "nothing in lower precision",
           .engine = "b Convolution y:Float[8x64x14x14] -> z:Float[8x64x14x14] kernel=1x1 "
                     "tactic=ampere_scudnn_128x64_relu_small_nn_v1 maps=64 @0.5\n",
           .layers = ""},
          {.name = "nothing in FP32",
           .engine = "a Convolution x:Half[8x64x14x14] -> y:Half[8x64x14x14] kernel=1x1 "
                     "tactic=ampere_h16816gemm_128x64_ldg8_relu_stages_32x6_nn_v1 maps=64 @0.5\n",
           .layers = ""},
          {.name = "below the share",
           .engine = "a Convolution x:Half[8x64x14x14] -> y:Half[8x64x14x14] kernel=1x1 "
                     "tactic=ampere_h16816gemm_128x64_ldg8_relu_stages_32x6_nn_v1 maps=64 @0.5\n"
                     "b Convolution y:Float[8x64x14x14] -> z:Float[8x64x14x14] kernel=1x1 "
                     "tactic=ampere_scudnn_128x64_relu_small_nn_v1 maps=64 @0.004\n",
           .layers = ""},
          {.name = "INT8 without FP16",
           .engine =
               "a Convolution x:Int8:chw32[8x64x14x14] -> y:Int8:chw32[8x64x14x14] kernel=1x1 "
               "tactic=turing_int8_i8816cudnn_int8_256x64_ldg16_relu_medium_nt_v1 maps=64\n"
               "b Convolution v:Float[8x64x14x14] -> z:Float[8x64x14x14] kernel=1x1 "
               "tactic=ampere_scudnn_128x64_relu_small_nn_v1 maps=64\n",
           .layers = "b",
           .message = "no layer computes in FP16 or BF16"},
      });
}

}  // namespace
}  // namespace trex::lint::fp32_island_test

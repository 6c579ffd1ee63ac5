// SPDX-License-Identifier: Apache-2.0

#include "tests/support/lint_cases.hpp"

namespace trex::lint::dp4a_kernel_test {
namespace {

TEST(Dp4aKernel, Cases) {
  test::check_cases(
      "dp4a-kernel",
      {
          {.name = "a stem",
           .engine =
               "stem Convolution x:Int8:chw4[1x3x32x32] -> y:Int8:chw32[1x32x32x32] kernel=1x1 "
               "tactic=volta_int8x4_icudnn_int8x4_128x32_relu_small_c32_nn_v1 maps=32\n",
           .layers = "stem",
           .message = "3 input channels are too few"},
          {.name = "with channels enough",
           .engine = "c Convolution x:Int8:chw4[8x64x14x14] -> y:Int8:chw4[8x64x14x14] kernel=1x1 "
                     "tactic=volta_int8x4_icudnn_int8x4_128x32_relu_small_c32_nn_v1 maps=64\n",
           .layers = "c",
           .message = "not on Tensor Cores"},
          {.name = "a finding for each cause",
           .engine =
               "stem Convolution x:Int8:chw4[1x3x32x32] -> y:Int8:chw32[1x32x32x32] kernel=1x1 "
               "tactic=volta_int8x4_icudnn_int8x4_128x32_relu_small_c32_nn_v1 maps=32\n"
               "c Convolution v:Int8:chw4[8x64x14x14] -> z:Int8:chw4[8x64x14x14] kernel=1x1 "
               "tactic=volta_int8x4_icudnn_int8x4_128x32_relu_small_c32_nn_v1 maps=64\n",
           .layers = "stem; c"},
          {.name = "INT8 Tensor Cores",
           .engine =
               "c Convolution x:Int8:chw32[8x64x14x14] -> y:Int8:chw32[8x64x14x14] kernel=1x1 "
               "tactic=turing_int8_i8816cudnn_int8_256x64_ldg16_relu_medium_nt_v1 maps=64\n",
           .layers = ""},
          {.name = "a GPU without INT8 Tensor Cores",
           .engine =
               "stem Convolution x:Int8:chw4[1x3x32x32] -> y:Int8:chw32[1x32x32x32] kernel=1x1 "
               "tactic=volta_int8x4_icudnn_int8x4_128x32_relu_small_c32_nn_v1 maps=32\n",
           .layers = "",
           .capability = "7.0"},
      });
}

}  // namespace
}  // namespace trex::lint::dp4a_kernel_test

// SPDX-License-Identifier: Apache-2.0

#include "tests/support/lint_cases.hpp"

namespace trex::lint::half_misaligned_channels_test {
namespace {

TEST(HalfMisalignedChannels, Cases) {
  test::check_cases(
      "half-misaligned-channels",
      {
          {.name = "20 channels take 24: a sixth is padding",
           .engine = "c Convolution x:Half:hwc8[1x20x8x8] -> y:Half:hwc8[1x64x8x8] kernel=1x1 "
                     "tactic=ampere_h16816gemm_128x64_ldg8_relu_stages_32x6_nn_v1 maps=64 @0.6\n",
           .layers = "c",
           .message = "no multiple of 8",
           .recoverable_ms = 0.1},
          {.name = "sparse weights want 16",
           .engine = "c Convolution x:Half:hwc8[1x24x8x8] -> y:Half:hwc8[1x64x8x8] kernel=1x1 "
                     "tactic=ampere_h16816gemm_128x64_ldg8_relu_stages_32x6_nn_v1 maps=64\n",
           .layers = "c",
           .change = [](Engine& e) { e.convolutions[0].has_sparse_weights = true; }},
          {.name = "24 channels",
           .engine = "c Convolution x:Half:hwc8[1x24x8x8] -> y:Half:hwc8[1x64x8x8] kernel=1x1 "
                     "tactic=ampere_h16816gemm_128x64_ldg8_relu_stages_32x6_nn_v1 maps=64\n",
           .layers = ""},
          {.name = "a stem",
           .engine = "c Convolution x:Half:hwc4[1x3x8x8] -> y:Half:hwc8[1x64x8x8] kernel=1x1 "
                     "tactic=ampere_h16816gemm_128x64_ldg8_relu_stages_32x6_nn_v1 maps=64\n",
           .layers = ""},
          {.name = "depthwise",
           .engine =
               "c Convolution x:Half:hwc8[1x20x8x8] -> y:Half:hwc8[1x20x8x8] kernel=1x1 "
               "tactic=ampere_h16816gemm_128x64_ldg8_relu_stages_32x6_nn_v1 maps=20 groups=20\n",
           .layers = ""},
          {.name = "INT8",
           .engine = "c Convolution x:Int8:chw32[1x20x8x8] -> y:Int8:chw32[1x64x8x8] kernel=1x1 "
                     "tactic=turing_int8_i8816cudnn_int8_256x64_ldg16_relu_medium_nt_v1 maps=64\n",
           .layers = ""},
      });
}

}  // namespace
}  // namespace trex::lint::half_misaligned_channels_test

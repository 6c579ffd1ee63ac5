// SPDX-License-Identifier: Apache-2.0

#include "tests/support/lint_cases.hpp"

namespace trex::lint::sparsity_unused_test {
namespace {

TEST(SparsityUnused, Cases) {
  test::check_cases(
      "sparsity-unused",
      {
          {.name = "dense kernel",
           .engine = "c Convolution x:Half[8x64x14x14] -> y:Half[8x64x14x14] kernel=1x1 "
                     "tactic=ampere_h16816gemm_128x64_ldg8_relu_stages_32x6_nn_v1 maps=64\n",
           .layers = "c",
           .message = "dense kernels",
           .change = [](Engine& e) { e.convolutions[0].has_sparse_weights = true; }},
          {.name = "split is not sparse",
           .engine =
               "c Convolution x:Half[8x64x14x14] -> y:Half[8x64x14x14] kernel=1x1 "
               "tactic=ampere_h16816gemm_128x64_ldg8_relu_stages_32x6_nn_v1_splitk2 maps=64\n",
           .layers = "c",
           .change = [](Engine& e) { e.convolutions[0].has_sparse_weights = true; }},
          {.name = "sparse kernel",
           .engine = "c Convolution x:Half[8x64x14x14] -> y:Half[8x64x14x14] kernel=1x1 "
                     "tactic=sm80_xmma_fprop_sparse_conv_f16f16_f16f16_f16_nhwckrsc_nhwc maps=64\n",
           .layers = "",
           .change = [](Engine& e) { e.convolutions[0].has_sparse_weights = true; }},
          {.name = "no kernel name",
           .engine = "c Convolution x:Half[8x64x14x14] -> y:Half[8x64x14x14] kernel=1x1 maps=64\n",
           .layers = "",
           .change = [](Engine& e) { e.convolutions[0].has_sparse_weights = true; }},
          {.name = "dense weights",
           .engine = "c Convolution x:Half[8x64x14x14] -> y:Half[8x64x14x14] kernel=1x1 "
                     "tactic=ampere_h16816gemm_128x64_ldg8_relu_stages_32x6_nn_v1 maps=64\n",
           .layers = ""},
          {.name = "Turing",
           .engine = "c Convolution x:Half[8x64x14x14] -> y:Half[8x64x14x14] kernel=1x1 "
                     "tactic=ampere_h16816gemm_128x64_ldg8_relu_stages_32x6_nn_v1 maps=64\n",
           .layers = "",
           .capability = "7.5",
           .change = [](Engine& e) { e.convolutions[0].has_sparse_weights = true; }},
      });
}

}  // namespace
}  // namespace trex::lint::sparsity_unused_test

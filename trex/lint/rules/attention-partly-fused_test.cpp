// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/lint_cases.hpp"

namespace trex::lint::attention_partly_fused_test {
namespace {

TEST(AttentionPartlyFused, Cases) {
  test::check_cases(
      "attention-partly-fused",
      {{.name = "a scale before",
        .engine = "__myl_Mul_myl0_1 kgen q:Half[1x8x64x32] -> s:Half[1x8x64x32] @0.1\n"
                  "_gemm_mha_v2_myl0_2 kgen s:Half[1x8x64x32] -> o:Half[1x8x64x32] @0.9\n",
        .layers = "__myl_Mul_myl0_1",
        .message = "1 kernel beside fused attention, '__myl_Mul_myl0_1' first (scale), 0.1 ms",
        .recoverable_ms = 0.1},
       {.name = "a mask as wide as it is high",
        .engine = "__myl_AddSele_myl0_1 kgen q:Half[1x1x64x64] -> s:Half[1x1x64x64] @0.1\n"
                  "_gemm_mha_v2_myl0_2 kgen s:Half[1x1x64x64] -> o:Half[1x8x64x32] @0.9\n",
        .layers = "__myl_AddSele_myl0_1",
        .message = "(mask)"},
       {.name = "half of the softmax",
        .engine = "__myl_MaxrSubExp_myl0_1 kgen q:Half[1x8x64x64] -> s:Half[1x8x64x64] @0.1\n"
                  "_gemm_mha_v2_myl0_2 kgen s:Half[1x8x64x64] -> o:Half[1x8x64x32] @0.9\n",
        .layers = "__myl_MaxrSubExp_myl0_1",
        .message = "(softmax)"},
       {.name = "the bias of a projection",
        .engine = "__myl_Add_myl0_1 kgen q:Half[1x8x64x32] -> s:Half[1x8x64x32] @0.1\n"
                  "_gemm_mha_v2_myl0_2 kgen s:Half[1x8x64x32] -> o:Half[1x8x64x32] @0.9\n",
        .layers = ""},
       {.name = "a rotary embedding",
        .engine = "__myl_SlicNegConcMulMulAdd_myl0_1 kgen q:Half[1x8x64x64] -> "
                  "s:Half[1x8x64x64] @0.1\n"
                  "_gemm_mha_v2_myl0_2 kgen s:Half[1x8x64x64] -> o:Half[1x8x64x32] @0.9\n",
        .layers = ""},
       {.name = "below the share of time",
        .engine = "__myl_Mul_myl0_1 kgen q:Half[1x8x64x32] -> s:Half[1x8x64x32] @0.01\n"
                  "_gemm_mha_v2_myl0_2 kgen s:Half[1x8x64x32] -> o:Half[1x8x64x32] @0.99\n",
        .layers = ""},
       {.name = "no attention near",
        .engine = "__myl_Mul_myl0_1 kgen q:Half[1x8x64x32] -> s:Half[1x8x64x32] @0.1\n"
                  "g gemm s:Half[1x8x64x32] -> o:Half[1x8x64x32] @0.9\n",
        .layers = ""}});
}

}  // namespace
}  // namespace trex::lint::attention_partly_fused_test

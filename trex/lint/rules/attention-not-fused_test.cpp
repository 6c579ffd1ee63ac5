// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/engine_text.hpp"
#include "tests/support/lint_messages.hpp"

namespace trex::lint::attention_not_fused_test {
namespace {

using test::messages;
using test::Messages;

struct Case {
  const char* what;
  const char* engine;
  Messages expected;
};

const Case cases[] = {
    {"multiplication, scale, softmax, multiplication",
     "qk gemm q:Half[8x64x32] k:Half[8x32x64] -> s:Half[8x64x64] @1\n"
     "m PointWise s:Half[8x64x64] -> t:Half[8x64x64] @0.25\n"
     "sm SoftMax t:Half[8x64x64] -> u:Half[8x64x64] @0.5\n"
     "pv gemm u:Half[8x64x64] v:Half[8x64x32] -> z:Half[8x64x32] @1\n"
     "bindings q k v z\n",
     {"1 block of attention as separate layers, the softmax 'sm' between two multiplications, "
      "0.75 ms"}},
    {"the softmax as Myelin writes it out",
     "qk gemm q:Float[8x64x32] k:Float[8x32x64] -> s:Float[8x64x64] @1\n"
     "__myl_MaxrSubExpSumDivMul_myl1_4 kgen s:Float[8x64x64] -> u:Float[8x64x64] @0.5\n"
     "pv gemm u:Float[8x64x64] v:Float[8x64x32] -> z:Float[8x64x32] @1\n"
     "bindings q k v z\n",
     {"1 block of attention as separate layers, the softmax '__myl_MaxrSubExpSumDivMul_myl1_4' "
      "between two multiplications, 0.5 ms"}},
    {"a normalisation between two multiplications",
     "a gemm q:Float[8x64x32] k:Float[8x32x64] -> s:Float[8x64x64] @1\n"
     "__myl_MeanSubMulMeanAddSqrtDivMul_myl1_4 kgen s:Float[8x64x64] -> u:Float[8x64x64] @0.5\n"
     "b gemm u:Float[8x64x64] v:Float[8x64x32] -> z:Float[8x64x32] @1\n"
     "bindings q k v z\n",
     {}},
    {"the end of a classifier",
     "fc gemm q:Half[8x64] -> s:Half[8x10]\n"
     "sm SoftMax s:Half[8x10] -> z:Half[8x10]\n"
     "bindings q z\n",
     {}},
    {"a softmax behind a convolution",
     "c Convolution q:Half[1x8x4x4] -> s:Half[1x8x4x4] kernel=1x1 maps=8\n"
     "sm SoftMax s:Half[1x8x4x4] -> u:Half[1x8x4x4]\n"
     "pv gemm u:Half[1x8x4x4] -> z:Half[1x8x4x4]\n"
     "bindings q z\n",
     {}},
    {"fused",
     "qkv gemm x:Half[8x64x32] -> q:Half[8x64x96]\n"
     "_gemm_mha_v2_myl0_2 kgen q:Half[8x64x96] -> u:Half[8x64x32] tactic=_gemm_mha_v2_0x10\n"
     "o gemm u:Half[8x64x32] -> z:Half[8x64x32]\n"
     "bindings x z\n",
     {}},
};

TEST(AttentionNotFused, Cases) {
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    EXPECT_EQ(messages("attention-not-fused", engine_text(c.engine)), c.expected);
  }
}

}  // namespace
}  // namespace trex::lint::attention_not_fused_test

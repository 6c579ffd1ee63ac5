// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/lint_messages.hpp"

namespace trex::lint::activation_not_fused_test {
namespace {

using test::messages;
using test::Messages;

TEST(ActivationNotFused, FiresOnALoneActivationKernelBehindCompute) {
  struct Case {
    const char* what;
    const char* engine;
    Messages expected;
  };
  const Case cases[] = {
      {"GELU behind a GEMM",
       "fc MatrixMultiply x:Half[8x64] -> y:Half[8x64] @1\n"
       "__myl_DivErfAddMulMul_myl0_3 kgen y:Half[8x64] -> z:Half[8x64] @0.5\n",
       {"1 activation run as a kernel behind the layer before, such as "
        "'__myl_DivErfAddMulMul_myl0_3'"}},
      {"with a reduction it is more than an activation",
       "fc MatrixMultiply x:Half[8x64] -> y:Half[8x64] @1\n"
       "__myl_ErfMean_myl0_3 kgen y:Half[8x64] -> z:Half[8x64] @0.5\n",
       {}},
      {"arithmetic alone is no activation",
       "fc MatrixMultiply x:Half[8x64] -> y:Half[8x64] @1\n"
       "__myl_MulAdd_myl0_3 kgen y:Half[8x64] -> z:Half[8x64] @0.5\n",
       {}},
      {"nothing to fuse with", "__myl_ErfMul_myl0_3 kgen y:Half[8x64] -> z:Half[8x64] @0.5\n", {}},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    EXPECT_EQ(messages("activation-not-fused", engine_text(c.engine)), c.expected);
  }
}

}  // namespace
}  // namespace trex::lint::activation_not_fused_test

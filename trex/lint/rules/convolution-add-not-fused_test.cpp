// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/engine_text.hpp"
#include "tests/support/lint_messages.hpp"

namespace trex::lint::convolution_add_not_fused_test {
namespace {

using test::messages;
using test::Messages;

struct Case {
  const char* what;
  const char* engine;
  Messages expected;
};

const Case cases[] = {
    {"a residual addition",
     "/a/Conv Convolution x:Half[1x8x4x4] -> t:Half[1x8x4x4] kernel=1x1 maps=8 @1\n"
     "/a/Add ElementWise t:Half[1x8x4x4] x:Half[1x8x4x4] -> z:Half[1x8x4x4] @0.25\n"
     "bindings x z\n",
     {"1 addition behind convolutions, both operands FP16, not fused: '/a/Add', 0.25 ms"}},
    {"a generated kernel, operands of two types",
     "/a/Conv Convolution x:Half[1x8x4x4] -> t:Half[1x8x4x4] kernel=1x1 maps=8 @1\n"
     "__myl_Add_myl0_0 kgen t:Half[1x8x4x4] w:Float[1x8x4x4] -> z:Half[1x8x4x4] @0.25\n"
     "bindings x w z\n",
     {"1 addition behind convolutions, operands FP16 and FP32, not fused: '__myl_Add_myl0_0', "
      "0.25 ms"}},
    {"a broadcast",
     "/a/Conv Convolution x:Half[1x8x4x4] -> t:Half[1x8x4x4] kernel=1x1 maps=8\n"
     "/a/Add ElementWise t:Half[1x8x4x4] w:Half[1x8x1x1] -> z:Half[1x8x4x4]\n"
     "bindings x w z\n",
     {}},
    {"a product",
     "/a/Conv Convolution x:Half[1x8x4x4] -> t:Half[1x8x4x4] kernel=1x1 maps=8\n"
     "/a/Mul ElementWise t:Half[1x8x4x4] x:Half[1x8x4x4] -> z:Half[1x8x4x4]\n"
     "bindings x z\n",
     {}},
    {"no convolution",
     "/a/Pool Pooling x:Half[1x8x4x4] -> t:Half[1x8x4x4]\n"
     "/a/Add ElementWise t:Half[1x8x4x4] x:Half[1x8x4x4] -> z:Half[1x8x4x4]\n"
     "bindings x z\n",
     {}},
};

TEST(ConvolutionAddNotFused, Cases) {
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    EXPECT_EQ(messages("convolution-add-not-fused", engine_text(c.engine)), c.expected);
  }
}

}  // namespace
}  // namespace trex::lint::convolution_add_not_fused_test

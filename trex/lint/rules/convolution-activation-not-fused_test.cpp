// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/engine_text.hpp"
#include "tests/support/lint_messages.hpp"

namespace trex::lint::convolution_activation_not_fused_test {
namespace {

using test::messages;
using test::Messages;

struct Case {
  const char* what;
  const char* engine;
  Messages expected;
};

const Case cases[] = {
    {"a ReLU on its own",
     "/a/Conv Convolution x:Half[1x8x4x4] -> t:Half[1x8x4x4] kernel=1x1 maps=8 @1\n"
     "/a/Relu Activation t:Half[1x8x4x4] -> z:Half[1x8x4x4] @0.25\n"
     "bindings x z\n",
     {"1 activation of type FP16 behind convolutions, not fused: '/a/Relu', 0.25 ms"}},
    {"the convolution is read elsewhere too",
     "/a/Conv Convolution x:Half[1x8x4x4] -> t:Half[1x8x4x4] kernel=1x1 maps=8\n"
     "/a/Relu Activation t:Half[1x8x4x4] -> z:Half[1x8x4x4]\n"
     "/b/Pool Pooling t:Half[1x8x4x4] -> y:Half[1x8x4x4]\n"
     "bindings x y z\n",
     {}},
    {"SiLU written out",
     "/a/Conv Convolution x:Half[1x8x4x4] -> t:Half[1x8x4x4] kernel=1x1 maps=8\n"
     "\"PWN(PWN(/a/Sigmoid), /a/Mul)\" PointWise t:Half[1x8x4x4] -> z:Half[1x8x4x4]\n"
     "bindings x z\n",
     {}},
    {"ReLU6 as PyTorch calls it, between casts that are no layers",
     "/a/Conv Convolution x:Half[1x8x4x4] -> t:Half[1x8x4x4] kernel=1x1 maps=8 @1\n"
     "\"PWN(/a/clamp_2_max_rhs, [ELEMENTWISE]-[aten_ops.clamp.default]-[/a/clamp_2_max])\" "
     "PointWise t:Half[1x8x4x4] -> z:Half[1x8x4x4] @0.25\n"
     "bindings x z\n",
     {"1 activation of type FP16 behind convolutions, not fused: "
      "'PWN(/a/clamp_2_max_rhs, [ELEMENTWISE…ps.clamp.default]-[/a/clamp_2_max])', "
      "0.25 ms"}},
    {"ReLU6 as Myelin writes it",
     "/a/Conv Convolution x:Half[1x8x4x4] -> t:Half[1x8x4x4] kernel=1x1 maps=8 @1\n"
     "__myl_MaxMinCas_myl2_0 kgen t:Half[1x8x4x4] -> z:Half[1x8x4x4] @0.25\n"
     "bindings x z\n",
     {"1 activation of type FP16 behind convolutions, not fused: '__myl_MaxMinCas_myl2_0', 0.25 "
      "ms"}},
    {"a generated kernel that does more",
     "/a/Conv Convolution x:Half[1x8x4x4] -> t:Half[1x8x4x4] kernel=1x1 maps=8 @1\n"
     "__myl_MaxMinMul_myl2_0 kgen t:Half[1x8x4x4] -> z:Half[1x8x4x4] @0.25\n"
     "bindings x z\n",
     {}},
    {"a change of type",
     "/a/Conv Convolution x:Half[1x8x4x4] -> t:Half[1x8x4x4] kernel=1x1 maps=8\n"
     "/a/Relu Activation t:Half[1x8x4x4] -> z:Float[1x8x4x4]\n"
     "bindings x z\n",
     {}},
    {"behind a pooling",
     "/a/Pool Pooling x:Half[1x8x4x4] -> t:Half[1x8x4x4]\n"
     "/a/Relu Activation t:Half[1x8x4x4] -> z:Half[1x8x4x4]\n"
     "bindings x z\n",
     {}},
};

TEST(ConvolutionActivationNotFused, Cases) {
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    EXPECT_EQ(messages("convolution-activation-not-fused", engine_text(c.engine)), c.expected);
  }
}

}  // namespace
}  // namespace trex::lint::convolution_activation_not_fused_test

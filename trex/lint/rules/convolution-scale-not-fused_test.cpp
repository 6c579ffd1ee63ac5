// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/engine_text.hpp"
#include "tests/support/lint_messages.hpp"

namespace trex::lint::convolution_scale_not_fused_test {
namespace {

using test::messages;
using test::Messages;

struct Case {
  const char* what;
  const char* engine;
  Messages expected;
};

const Case cases[] = {
    {"a batch normalization",
     "c Convolution x:Half[1x8x4x4] -> t:Half[1x8x4x4] kernel=1x1 maps=8 @1\n"
     "bn Scale t:Half[1x8x4x4] -> z:Half[1x8x4x4] @0.25\n"
     "bindings x z\n",
     {"1 Scale of type FP16 behind convolutions, not folded into the weights: 'bn', 0.25 ms"}},
    {"behind a plugin",
     "c PluginV2 x:Half[1x8x4x4] -> t:Half[1x8x4x4]\n"
     "bn Scale t:Half[1x8x4x4] -> z:Half[1x8x4x4]\n"
     "bindings x z\n",
     {}},
    {"the convolution is an output too",
     "c Convolution x:Half[1x8x4x4] -> t:Half[1x8x4x4] kernel=1x1 maps=8\n"
     "bn Scale t:Half[1x8x4x4] -> z:Half[1x8x4x4]\n"
     "p Pooling t:Half[1x8x4x4] -> y:Half[1x8x4x4]\n"
     "bindings x y z\n",
     {}},
};

TEST(ConvolutionScaleNotFused, Cases) {
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    EXPECT_EQ(messages("convolution-scale-not-fused", engine_text(c.engine)), c.expected);
  }
}

}  // namespace
}  // namespace trex::lint::convolution_scale_not_fused_test

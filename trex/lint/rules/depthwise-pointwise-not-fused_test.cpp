// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>

#include "tests/support/lint_messages.hpp"

namespace trex::lint::depthwise_pointwise_not_fused_test {
namespace {

using test::messages;
using test::Messages;

TEST(DepthwisePointwiseNotFused, WantsAnInt8PairOfItsOwn) {
  struct Case {
    const char* what;
    const char* type;
    const char* second;
    bool fires;
  };
  const Case cases[] = {
      {"the pair", "Int8", "kernel=1x1 maps=16", true},
      {"3x3 behind", "Int8", "kernel=3x3 maps=16", false},
      {"in FP16", "Half", "kernel=1x1 maps=16", false},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    const std::string t = c.type;
    const std::string text = "d Convolution x:" + t + "[1x32x8x8] -> y:" + t +
                             "[1x32x8x8] kernel=3x3 maps=32 groups=32\n" + "p Convolution y:" + t +
                             "[1x32x8x8] -> z:" + t + "[1x16x8x8] " + c.second + "\n";
    EXPECT_EQ(messages("depthwise-pointwise-not-fused", engine_text(text)),
              c.fires ? Messages{"1 INT8 depthwise convolution and the 1x1 behind did not fuse, "
                                 "such as 'd'"}
                      : Messages{});
  }
}

}  // namespace
}  // namespace trex::lint::depthwise_pointwise_not_fused_test

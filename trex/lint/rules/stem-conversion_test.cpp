// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/engine_text.hpp"
#include "tests/support/lint_messages.hpp"

namespace trex::lint::stem_conversion_test {
namespace {

using test::messages;
using test::Messages;

struct Case {
  const char* what;
  const char* engine;
  Messages expected;
};

const Case cases[] = {
    {"an image, three percent and more",
     "r Reformat x:fp32:chw[1x3x8x8] -> y:int8:chw4[1x3x8x8] @0.03\n"
     "c Convolution y:int8:chw4[1x3x8x8] -> z:Int8[1x8x8x8] @0.97\n"
     "bindings x z\n",
     {"'r' takes 3.0 % of the layers' time to turn 'x' (3 channels) from FP32 NCHW to INT8 "
      "NC/4HW4 for 'c'"}},
    {"little time",
     "r Reformat x:fp32:chw[1x3x8x8] -> y:int8:chw4[1x3x8x8] @0.02\n"
     "c Convolution y:int8:chw4[1x3x8x8] -> z:Int8[1x8x8x8] @0.98\n"
     "bindings x z\n",
     {}},
    {"no image",
     "r Reformat x:fp32:chw[1x32x8x8] -> y:int8:chw4[1x32x8x8] @0.5\n"
     "c Convolution y:int8:chw4[1x32x8x8] -> z:Int8[1x8x8x8] @0.5\n"
     "bindings x z\n",
     {}},
    {"no convolution reads it",
     "r Reformat x:fp32:chw[1x3x8x8] -> y:int8:chw4[1x3x8x8] @0.5\n"
     "c Pooling y:int8:chw4[1x3x8x8] -> z:Int8[1x3x8x8] @0.5\n"
     "bindings x z\n",
     {}},
};

TEST(StemConversion, Cases) {
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    EXPECT_EQ(messages("stem-conversion", engine_text(c.engine)), c.expected);
  }
}

}  // namespace
}  // namespace trex::lint::stem_conversion_test

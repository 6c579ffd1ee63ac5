// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/engine_text.hpp"
#include "tests/support/lint_messages.hpp"

namespace trex::lint::reformat_repeated_test {
namespace {

using test::messages;
using test::Messages;

struct Case {
  const char* what;
  const char* engine;
  Messages expected;
};

const Case cases[] = {
    {"three copies of one tensor, the first is needed",
     "a Convolution x:fp16:hwc8[1x8x4x4] -> t:fp16:hwc8[1x8x4x4] @1\n"
     "r1 Reformat t:fp16:hwc8[1x8x4x4] -> u:fp16:chw[1x8x4x4] @0.25\n"
     "p Pooling u:fp16:chw[1x8x4x4] -> z:fp16:chw[1x8x4x4]\n"
     "r2 Reformat t:fp16:hwc8[1x8x4x4] -> v:fp16:chw[1x8x4x4] @0.25\n"
     "q Pooling v:fp16:chw[1x8x4x4] -> y:fp16:chw[1x8x4x4]\n"
     "bindings x y z\n",
     {"2 Reformats turn 't' into FP16 NCHW: 'r2' repeats what 'r1' does"}},
    {"into two formats",
     "a Convolution x:fp16:hwc8[1x8x4x4] -> t:fp16:hwc8[1x8x4x4]\n"
     "r1 Reformat t:fp16:hwc8[1x8x4x4] -> u:fp16:chw[1x8x4x4]\n"
     "p Pooling u:fp16:chw[1x8x4x4] -> z:fp16:chw[1x8x4x4]\n"
     "r2 Reformat t:fp16:hwc8[1x8x4x4] -> v:fp16:chw2[1x8x4x4]\n"
     "q Pooling v:fp16:chw2[1x8x4x4] -> y:fp16:chw2[1x8x4x4]\n"
     "bindings x y z\n",
     {}},
    {"slices of one tensor",
     "a Convolution x:fp16:chw[1x16x4x4] -> t:fp16:chw[1x16x4x4]\n"
     "r1 Reformat t:fp16:chw[1x8x4x4] -> u:fp16:chw[1x8x4x4] origin=SLICE\n"
     "p Pooling u:fp16:chw[1x8x4x4] -> z:fp16:chw[1x8x4x4]\n"
     "r2 Reformat t:fp16:chw[1x8x4x4] -> v:fp16:chw[1x8x4x4] origin=SLICE\n"
     "q Pooling v:fp16:chw[1x8x4x4] -> y:fp16:chw[1x8x4x4]\n"
     "bindings x y z\n",
     {}},
    {"Quantizes may differ in scale",
     "a Pooling x:Half[1x8x4x4] -> t:Half[1x8x4x4]\n"
     "r1 Reformat t:Half[1x8x4x4] -> u:Int8[1x8x4x4] origin=QDQ\n"
     "p Convolution u:Int8[1x8x4x4] -> z:Half[1x8x4x4]\n"
     "r2 Reformat t:Half[1x8x4x4] -> v:Int8[1x8x4x4] origin=QDQ\n"
     "q Convolution v:Int8[1x8x4x4] -> y:Half[1x8x4x4]\n"
     "bindings x y z\n",
     {}},
    {"another value under the same name",
     "a Convolution x:fp16:hwc8[1x8x4x4] -> t:fp16:hwc8[1x8x4x4]\n"
     "r1 Reformat t:fp16:hwc8[1x8x4x4] -> u:fp16:chw[1x8x4x4]\n"
     "p Pooling u:fp16:chw[1x8x4x4] -> z:fp16:chw[1x8x4x4]\n"
     "b Convolution x:fp16:hwc8[1x8x4x4] -> t:fp16:hwc8[1x8x4x4]\n"
     "r2 Reformat t:fp16:hwc8[1x8x4x4] -> v:fp16:chw[1x8x4x4]\n"
     "q Pooling v:fp16:chw[1x8x4x4] -> y:fp16:chw[1x8x4x4]\n"
     "bindings x y z\n",
     {}},
};

TEST(ReformatRepeated, Cases) {
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    EXPECT_EQ(messages("reformat-repeated", engine_text(c.engine)), c.expected);
  }
}

}  // namespace
}  // namespace trex::lint::reformat_repeated_test

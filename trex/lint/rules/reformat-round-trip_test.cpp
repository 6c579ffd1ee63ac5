// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/engine_text.hpp"
#include "tests/support/lint_messages.hpp"

namespace trex::lint::reformat_round_trip_test {
namespace {

using test::messages;
using test::Messages;

struct Case {
  const char* what;
  const char* engine;
  Messages expected;
};

const Case cases[] = {
    {"around a plugin and its scale",
     "a Convolution x:fp16:hwc8[1x8x4x4] -> t:fp16:hwc8[1x8x4x4] @1\n"
     "r1 Reformat t:fp16:hwc8[1x8x4x4] -> u:fp16:chw[1x8x4x4] @0.25\n"
     "p PluginV2 u:fp16:chw[1x8x4x4] -> v:fp16:chw[1x8x4x4] @0.25\n"
     "s Scale v:fp16:chw[1x8x4x4] -> w:fp16:chw[1x8x4x4] @0.25\n"
     "r2 Reformat w:fp16:chw[1x8x4x4] -> z:fp16:hwc8[1x8x4x4] @0.25\n"
     "bindings x z\n",
     {"1 detour, FP16 NHWC8 -> FP16 NCHW and back around PluginV2 layers such as 'p', 0.5 ms"}},
    {"around nothing",
     "a Convolution x:fp16:hwc8[1x8x4x4] -> t:fp16:hwc8[1x8x4x4] @1\n"
     "r1 Reformat t:fp16:hwc8[1x8x4x4] -> u:fp16:chw[1x8x4x4] @0.25\n"
     "r2 Reformat u:fp16:chw[1x8x4x4] -> z:fp16:hwc8[1x8x4x4] @0.5\n"
     "bindings x z\n",
     {"1 detour, FP16 NHWC8 -> FP16 NCHW and back around nothing, 0.75 ms"}},
    {"around a convolution: its kernel was chosen so",
     "r1 Reformat x:fp16:hwc8[1x8x4x4] -> u:fp16:chw[1x8x4x4]\n"
     "c Convolution u:fp16:chw[1x8x4x4] -> w:fp16:chw[1x8x4x4]\n"
     "r2 Reformat w:fp16:chw[1x8x4x4] -> z:fp16:hwc8[1x8x4x4]\n"
     "bindings x z\n",
     {}},
    {"A -> B -> C",
     "r1 Reformat x:fp16:hwc8[1x8x4x4] -> u:fp16:chw[1x8x4x4]\n"
     "r2 Reformat u:fp16:chw[1x8x4x4] -> z:int8:chw4[1x8x4x4]\n"
     "bindings x z\n",
     {}},
    {"another shape comes back",
     "r1 Reformat x:fp16:hwc8[1x8x4x4] -> u:fp16:chw[1x8x4x4]\n"
     "p Pooling u:fp16:chw[1x8x4x4] -> w:fp16:chw[1x8x2x2]\n"
     "r2 Reformat w:fp16:chw[1x8x2x2] -> z:fp16:hwc8[1x8x2x2]\n"
     "bindings x z\n",
     {}},
    {"formats that the file does not give",
     "r1 Reformat x:Half[1x8x4x4] -> u:Half[1x8x4x4]\n"
     "r2 Reformat u:Half[1x8x4x4] -> z:Half[1x8x4x4]\n"
     "bindings x z\n",
     {}},
    {"four layers between",
     "r1 Reformat x:fp16:hwc8[1x8x4x4] -> u:fp16:chw[1x8x4x4]\n"
     "p Scale u:fp16:chw[1x8x4x4] -> a:fp16:chw[1x8x4x4]\n"
     "q Scale a:fp16:chw[1x8x4x4] -> b:fp16:chw[1x8x4x4]\n"
     "r Scale b:fp16:chw[1x8x4x4] -> c:fp16:chw[1x8x4x4]\n"
     "s Scale c:fp16:chw[1x8x4x4] -> w:fp16:chw[1x8x4x4]\n"
     "r2 Reformat w:fp16:chw[1x8x4x4] -> z:fp16:hwc8[1x8x4x4]\n"
     "bindings x z\n",
     {}},
};

TEST(ReformatRoundTrip, Cases) {
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    EXPECT_EQ(messages("reformat-round-trip", engine_text(c.engine)), c.expected);
  }
}

}  // namespace
}  // namespace trex::lint::reformat_round_trip_test

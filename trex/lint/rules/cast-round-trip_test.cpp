// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/engine_text.hpp"
#include "tests/support/lint_messages.hpp"

namespace trex::lint::cast_round_trip_test {
namespace {

using test::messages;
using test::Messages;

struct Case {
  const char* what;
  const char* engine;
  Messages expected;
};

const Case cases[] = {
    {"around a reshape",
     "a Convolution x:Float[1x8x4x4] -> t:Float[1x8x4x4] @1\n"
     "r1 Reformat t:Float[1x8x4x4] -> u:Half[1x8x4x4] @0.25\n"
     "s Shuffle u:Half[1x8x4x4] -> v:Half[1x16x8] @0.25\n"
     "r2 Reformat v:Half[1x16x8] -> z:Float[1x16x8] @0.5\n"
     "bindings x z\n",
     {"1 round trip FP32 -> FP16 -> FP32, nothing computed between: 'r2' and 'r1', 0.75 ms"}},
    {"a second reader keeps the first cast",
     "a Convolution x:Float[1x8x4x4] -> t:Float[1x8x4x4] @1\n"
     "r1 Reformat t:Float[1x8x4x4] -> u:Half[1x8x4x4] @0.25\n"
     "r2 Reformat u:Half[1x8x4x4] -> z:Float[1x8x4x4] @0.5\n"
     "c Convolution u:Half[1x8x4x4] -> y:Half[1x8x4x4] @1\n"
     "bindings x y z\n",
     {"1 round trip FP32 -> FP16 -> FP32, nothing computed between: 'r2', 0.5 ms"}},
    {"something computes in the narrow type",
     "r1 Reformat x:Float[1x8x4x4] -> u:Half[1x8x4x4]\n"
     "s Pooling u:Half[1x8x4x4] -> v:Half[1x8x2x2]\n"
     "r2 Reformat v:Half[1x8x2x2] -> z:Float[1x8x2x2]\n"
     "bindings x z\n",
     {}},
    {"a Q/DQ pair has a meaning",
     "r1 Reformat x:Float[1x8x4x4] -> u:Int8[1x8x4x4]\n"
     "r2 Reformat u:Int8[1x8x4x4] -> z:Float[1x8x4x4]\n"
     "bindings x z\n",
     {}},
    {"three types",
     "r1 Reformat x:Float[1x8x4x4] -> u:Half[1x8x4x4]\n"
     "r2 Reformat u:Half[1x8x4x4] -> z:BFloat16[1x8x4x4]\n"
     "bindings x z\n",
     {}},
};

TEST(CastRoundTrip, Cases) {
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    EXPECT_EQ(messages("cast-round-trip", engine_text(c.engine)), c.expected);
  }
}

}  // namespace
}  // namespace trex::lint::cast_round_trip_test

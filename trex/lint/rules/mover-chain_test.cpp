// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/engine_text.hpp"
#include "tests/support/lint_messages.hpp"

namespace trex::lint::mover_chain_test {
namespace {

using test::messages;
using test::Messages;

struct Case {
  const char* what;
  const char* engine;
  Messages expected;
};

const Case cases[] = {
    {"three in a row, the longest stays",
     "c Convolution x:fp16:hwc8[1x8x4x4] -> a:fp16:hwc8[1x8x4x4] @1\n"
     "r Reformat a:fp16:hwc8[1x8x4x4] -> b:fp16:chw[1x8x4x4] @0.25\n"
     "s Shuffle b:fp16:chw[1x8x4x4] -> d:fp16:chw[1x16x8] @0.5\n"
     "t Slice d:fp16:chw[1x16x8] -> z:fp16:chw[1x8x8] @0.125\n"
     "bindings x z\n",
     {"1 chain of movers, Reformat -> Shuffle -> Slice: 'r' to 't', 0.875 ms"}},
    {"a second reader between them",
     "s Shuffle x:fp16:chw[1x8x4x4] -> b:fp16:chw[1x16x8]\n"
     "t Slice b:fp16:chw[1x16x8] -> z:fp16:chw[1x8x8]\n"
     "p Pooling b:fp16:chw[1x16x8] -> y:fp16:chw[1x8x8]\n"
     "bindings x y z\n",
     {}},
    {"Gather waits for its indices",
     "s Shuffle x:fp16:chw[1x8x4x4] -> b:fp16:chw[1x16x8]\n"
     "t Gather b:fp16:chw[1x16x8] -> z:fp16:chw[1x8x8]\n"
     "bindings x z\n",
     {}},
    {"an embedding that Myelin made a kernel of",
     "r Reformat x:Int64[1x16] -> b:Int32[1x16]\n"
     "__myl_Gath_myl0_0 kgen b:Int32[1x16] -> z:Half[1x16x8]\n"
     "bindings x z\n",
     {}},
    {"a Reformat that undoes the other is C02's",
     "r Reformat x:fp16:hwc8[1x8x4x4] -> b:fp16:chw[1x8x4x4]\n"
     "s Reformat b:fp16:chw[1x8x4x4] -> z:fp16:hwc8[1x8x4x4]\n"
     "bindings x z\n",
     {}},
    {"one alone",
     "c Convolution x:fp16:hwc8[1x8x4x4] -> a:fp16:hwc8[1x8x4x4]\n"
     "r Reformat a:fp16:hwc8[1x8x4x4] -> b:fp16:chw[1x8x4x4]\n"
     "d Convolution b:fp16:chw[1x8x4x4] -> z:fp16:hwc8[1x8x4x4]\n"
     "bindings x z\n",
     {}},
};

TEST(MoverChain, Cases) {
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    EXPECT_EQ(messages("mover-chain", engine_text(c.engine)), c.expected);
  }
}

}  // namespace
}  // namespace trex::lint::mover_chain_test

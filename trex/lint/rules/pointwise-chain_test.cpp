// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/engine_text.hpp"
#include "tests/support/lint_messages.hpp"

namespace trex::lint::pointwise_chain_test {
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
     "a Pooling x:Half[1x8x4x4] -> s:Half[1x8x4x4] @1\n"
     "p PointWise s:Half[1x8x4x4] -> t:Half[1x8x4x4] @0.25\n"
     "__myl_AddMul_myl0_0 kgen t:Half[1x8x4x4] -> u:Half[1x8x4x4] @0.25\n"
     "r ElementWise u:Half[1x8x4x4] -> z:Half[1x8x4x4] @0.25\n"
     "bindings x z\n",
     {"1 chain of 3 elementwise layers: 'p' to 'r', 0.75 ms"}},
    {"two",
     "p PointWise x:Half[1x8x4x4] -> t:Half[1x8x4x4]\n"
     "r ElementWise t:Half[1x8x4x4] -> z:Half[1x8x4x4]\n"
     "bindings x z\n",
     {}},
    {"a reduction ends the chain",
     "p PointWise x:Half[1x8x4x4] -> t:Half[1x8x4x4]\n"
     "__myl_AddMean_myl0_0 kgen t:Half[1x8x4x4] -> u:Half[1x8x4x4]\n"
     "r ElementWise u:Half[1x8x4x4] -> z:Half[1x8x4x4]\n"
     "bindings x z\n",
     {}},
    {"a second reader",
     "p PointWise x:Half[1x8x4x4] -> t:Half[1x8x4x4]\n"
     "q PointWise t:Half[1x8x4x4] -> u:Half[1x8x4x4]\n"
     "r ElementWise u:Half[1x8x4x4] -> z:Half[1x8x4x4]\n"
     "s Pooling t:Half[1x8x4x4] -> y:Half[1x8x4x4]\n"
     "bindings x y z\n",
     {}},
};

TEST(PointwiseChain, Cases) {
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    EXPECT_EQ(messages("pointwise-chain", engine_text(c.engine)), c.expected);
  }
}

}  // namespace
}  // namespace trex::lint::pointwise_chain_test

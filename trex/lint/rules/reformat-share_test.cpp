// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/engine_text.hpp"
#include "tests/support/lint_messages.hpp"

namespace trex::lint::reformat_share_test {
namespace {

using test::messages;
using test::Messages;

struct Case {
  const char* what;
  const char* engine;
  Messages expected;
};

const Case cases[] = {
    {"five percent and more, with the reasons counted",
     "r Reformat x:Float[1x8x4x4] -> a:Half[1x8x4x4] @0.02\n"
     "c Convolution a:Half[1x8x4x4] -> b:Half[1x8x4x4] @0.95\n"
     "s Reformat b:Half[1x8x4x4] -> z:Float[1x8x4x4] @0.03\n"
     "bindings x z\n",
     {"2 Reformat layers take 0.05 ms, 5.0 % of the layers' time: 2 binding format"}},
    {"a float residual is named",
     "c Convolution x:Int8[1x8x4x4] w:Half[1x8x4x4] -> a:Half[1x8x4x4] @0.5\n"
     "r Reformat a:Half[1x8x4x4] -> b:Int8[1x8x4x4] origin=QDQ @0.5\n"
     "d Convolution b:Int8[1x8x4x4] -> z:Half[1x8x4x4]\n"
     "bindings x w z\n",
     {"1 Reformat layer takes 0.5 ms, 50.0 % of the layers' time: 1 Q/DQ (float residual)"}},
    {"just below",
     "r Reformat x:Float[1x8x4x4] -> a:Half[1x8x4x4] @0.049\n"
     "c Convolution a:Half[1x8x4x4] -> z:Half[1x8x4x4] @0.951\n"
     "bindings x z\n",
     {}},
    {"NoOps are no Reformats",
     "\"Reformatting CopyNode for Input Tensor 0 to c\" NoOp x:Half[1x8x1x1] -> a:Half[1x8x1x1]\n"
     "c Convolution a:Half[1x8x1x1] -> z:Half[1x8x1x1] @1\n"
     "bindings x z\n",
     {}},
};

TEST(ReformatShare, Cases) {
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    EXPECT_EQ(messages("reformat-share", engine_text(c.engine)), c.expected);
  }
}

}  // namespace
}  // namespace trex::lint::reformat_share_test

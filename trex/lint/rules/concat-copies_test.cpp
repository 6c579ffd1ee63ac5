// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/engine_text.hpp"
#include "tests/support/lint_messages.hpp"

namespace trex::lint::concat_copies_test {
namespace {

using test::messages;
using test::Messages;

struct Case {
  const char* what;
  const char* engine;
  Messages expected;
};

const Case cases[] = {
    {"two copies into one buffer",
     "p Pooling x:Half[1x8x4x4] -> a:Half[1x8x4x4] @1\n"
     "r Reformat a:Half[1x8x4x4] -> y:Half[1x8x4x4] origin=CONCAT @0.25\n"
     "\"q copy\" Slice x:Half[1x8x4x4] -> y:Half[1x8x4x4] @0.25\n"
     "c Convolution y:Half[1x16x4x4] -> z:Half[1x8x4x4] @1\n"
     "bindings x z\n",
     {"2 copies into concatenation 'y': 'r' and 'q copy', 0.5 ms"}},
    {"two buffers are two findings",
     "r Reformat x:Half[1x8x4x4] -> y:Half[1x8x4x4] origin=CONCAT @0.5\n"
     "c Convolution y:Half[1x16x4x4] -> z:Half[1x8x4x4] @1\n"
     "s Reformat z:Half[1x8x4x4] -> w:Half[1x8x4x4] origin=CONCAT @0.25\n"
     "d Convolution w:Half[1x16x4x4] -> v:Half[1x8x4x4] @1\n"
     "bindings x v\n",
     {"1 copy into concatenation 'y': 'r', 0.5 ms", "1 copy into concatenation 'w': 's', 0.25 ms"}},
    {"layers that write in place",
     "p Pooling x:Half[1x8x4x4] -> y:Half[1x8x4x4]\n"
     "q Pooling x:Half[1x8x4x4] -> y:Half[1x8x4x4]\n"
     "c Convolution y:Half[1x16x4x4] -> z:Half[1x8x4x4]\n"
     "bindings x z\n",
     {}},
    {"a change of layout",
     "r Reformat x:fp16:chw[1x8x4x4] -> y:fp16:hwc8[1x8x4x4]\n"
     "c Convolution y:fp16:hwc8[1x8x4x4] -> z:fp16:hwc8[1x8x4x4]\n"
     "bindings x z\n",
     {}},
};

TEST(ConcatCopies, Cases) {
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    EXPECT_EQ(messages("concat-copies", engine_text(c.engine)), c.expected);
  }
}

}  // namespace
}  // namespace trex::lint::concat_copies_test

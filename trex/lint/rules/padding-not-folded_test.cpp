// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/lint_messages.hpp"

namespace trex::lint::padding_not_folded_test {
namespace {

using test::messages;
using test::Messages;

TEST(PaddingNotFolded, FiresInFrontOfAConvolutionOnly) {
  EXPECT_EQ(messages("padding-not-folded",
                     engine_text("p Padding x:Half[1x8x4x4] -> y:Half[1x8x6x6] @0.1\n"
                                 "c Convolution y:Half[1x8x6x6] -> z:Half[1x8x4x4] @0.1\n")),
            Messages{"'p' pads for 'c', which could do it itself"});
  EXPECT_TRUE(messages("padding-not-folded",
                       engine_text("p Padding x:Half[1x8x4x4] -> y:Half[1x8x6x6] @0.1\n"
                                   "s SoftMax y:Half[1x8x6x6] -> z:Half[1x8x6x6] @0.1\n"))
                  .empty());
}

}  // namespace
}  // namespace trex::lint::padding_not_folded_test

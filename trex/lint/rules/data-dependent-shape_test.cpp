// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/lint_messages.hpp"

namespace trex::lint::data_dependent_shape_test {
namespace {

using test::messages;
using test::Messages;

TEST(DataDependentShape, NamesTheLayersThatSynchronise) {
  EXPECT_EQ(messages("data-dependent-shape",
                     engine_text("a NonZero x:Half[8] -> y:Int32[1x-1]\n"
                                 "t TrainStation\n"
                                 "c Convolution z:Half[1x8x4x4] -> w:Half[1x8x4x4]\n")),
            Messages{"2 layers make shapes that depend on data, such as 'a': the stream is "
                     "synchronised there"});
  // A name is not a type.
  EXPECT_TRUE(messages("data-dependent-shape",
                       engine_text("NonZero Convolution x:Half[1x8x4x4] -> y:Half[1x8x4x4]\n"))
                  .empty());
}

}  // namespace
}  // namespace trex::lint::data_dependent_shape_test

// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/lint_messages.hpp"

namespace trex::lint {
namespace {

using test::messages;
using test::Messages;

TEST(OpaqueRegion, FiresOnARowThatHidesAThirdOfTheTime) {
  EXPECT_EQ(messages("opaque-region",
                     engine_text("\"{ForeignNode[a...b]}\" Myelin x:Half[8] -> y:Half[8] @0.5\n"
                                 "c Convolution y:Half[8] -> z:Half[8] @0.5\n")),
            Messages{"'{ForeignNode[a...b]}' is one row for 50.0 % of the layers' time"});
  EXPECT_TRUE(messages("opaque-region",
                       engine_text("\"{ForeignNode[a...b]}\" Myelin x:Half[8] -> y:Half[8] @0.2\n"
                                   "c Convolution y:Half[8] -> z:Half[8] @0.8\n"))
                  .empty());
  EXPECT_TRUE(messages("opaque-region", engine_text("c Convolution y:Half[8] -> z:Half[8] @0.8\n"))
                  .empty());
}

}  // namespace
}  // namespace trex::lint

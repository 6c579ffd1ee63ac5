// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/lint_messages.hpp"

namespace trex::lint::opaque_region_test {
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

TEST(OpaqueRegion, AddsUpRegions) {
  // 0.2 and 0.15 of 1 ms; the Reformat for one is none itself.
  EXPECT_EQ(messages("opaque-region",
                     engine_text("\"{ForeignNode[a...b]}\" Myelin x:Half[8] -> y:Half[8] @0.15\n"
                                 "\"{ForeignNode[c...d]}\" Myelin y:Half[8] -> z:Half[8] @0.2\n"
                                 "\"Reformatting CopyNode for Output Tensor 0 to "
                                 "{ForeignNode[c...d]}\" Reformat z:Half[8] -> w:Float[8] @0.05\n"
                                 "c Convolution w:Float[8] -> v:Float[8] @0.6\n")),
            Messages{"2 closed regions, each one row, take 35.0 % of the layers' time; "
                     "'{ForeignNode[c...d]}' alone 20.0 %"});
}

}  // namespace
}  // namespace trex::lint::opaque_region_test

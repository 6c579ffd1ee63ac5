// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/lint_messages.hpp"

namespace trex::lint::shape_operations_test {
namespace {

using test::messages;
using test::Messages;

TEST(ShapeOperations, CountLayersThatOnlyMakeAFewIntegers) {
  struct Case {
    const char* what;
    const char* engine;
    Messages expected;
  };
  const Case cases[] = {
      {"a tenth of the time",
       "s Shape x:Int32[4] -> d:Int32[4] @0.1\n"
       "c Convolution z:Half[1x8x4x4] -> w:Half[1x8x4x4] @0.9\n",
       {"1 layers compute shapes and indices for 0.1 ms, 10.0 % of the layers' time"}},
      {"below the threshold",
       "s Shape x:Int32[4] -> d:Int32[4] @0.01\n"
       "c Convolution z:Half[1x8x4x4] -> w:Half[1x8x4x4] @0.99\n",
       {}},
      {"a table of tokens is data", "g Gather x:Int64[4096] -> d:Int64[4096] @1\n", {}},
      {"small, but floating point", "g Gather x:Half[4] -> d:Half[4] @1\n", {}},
      {"of unknown size", "g Gather x:Int32[-1] -> d:Int32[-1] @1\n", {}},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    EXPECT_EQ(messages("shape-operations", engine_text(c.engine)), c.expected);
  }
}

}  // namespace
}  // namespace trex::lint::shape_operations_test

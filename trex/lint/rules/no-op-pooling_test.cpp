// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>

#include "tests/support/lint_messages.hpp"
#include "tests/support/lint_plans.hpp"

namespace trex::lint::no_op_pooling_test {
namespace {

using test::messages;
using test::Messages;

Messages of_pooling(const char* window, const char* in, const char* out, const char* format) {
  return messages("no-op-pooling",
                  test::plan_of(test::layer_json("p", "Pooling", test::tensor_json("x", in, "Half"),
                                                 test::tensor_json("y", out, format),
                                                 std::string(R"("WindowSize":)") + window),
                                R"("x","y")"));
}

TEST(NoOpPooling, FiresOnAWindowOfOneValue) {
  EXPECT_EQ(of_pooling("[1,1]", "1,8,4,4", "1,8,4,4", "Half"),
            Messages{"'p' pools windows of one value: it is a copy"});
  // Global pooling of what is one value already.
  EXPECT_EQ(of_pooling("[1,1]", "1,8,1,1", "1,8,1,1", "Half").size(), 1u);
  EXPECT_EQ(of_pooling("[1,1]", "1,8,4,4", "1,8,4,4", "Float"),
            Messages{"'p' pools windows of one value: all it changes is the format"});
}

TEST(NoOpPooling, LeavesPoolingThatDoesSomethingAlone) {
  EXPECT_TRUE(of_pooling("[1,1]", "1,8,4,4", "1,8,2,2", "Half").empty());  // stride 2
  EXPECT_TRUE(of_pooling("[3,3]", "1,8,4,4", "1,8,4,4", "Half").empty());  // smooths
  EXPECT_TRUE(of_pooling("[3,1]", "1,8,4,4", "1,8,4,4", "Half").empty());
  EXPECT_TRUE(of_pooling("[1,1]", "1,8,-1,-1", "1,8,-1,-1", "Half").empty());
  EXPECT_TRUE(of_pooling("[]", "1,8,4,4", "1,8,4,4", "Half").empty());
  EXPECT_TRUE(of_pooling("1", "1,8,4,4", "1,8,4,4", "Half").empty());
}

}  // namespace
}  // namespace trex::lint::no_op_pooling_test

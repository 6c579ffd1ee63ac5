// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>

#include "tests/support/lint_messages.hpp"
#include "tests/support/lint_plans.hpp"

namespace trex::lint::lone_pointwise_test {
namespace {

using test::layer_json;
using test::messages;
using test::Messages;
using test::plan_of;
using test::tensor_json;

std::string point_wise(const char* name, const char* in, const char* out, const char* more) {
  return layer_json(name, "PointWise", tensor_json(in, "1,8,4,4", "Half"),
                    tensor_json(out, "1,8,4,4", "Half"), more);
}

Messages of_pair(const char* first, const char* second, const std::string& third = "",
                 const char* bindings = R"("x","z")") {
  return messages("lone-pointwise", plan_of(point_wise("a", "x", "y", first) + "," +
                                                point_wise("b", "y", "z", second) + third,
                                            bindings));
}

constexpr const char* one = R"("NbOperations":1)";
constexpr const char* two = R"("NbOperations":2)";

TEST(LonePointwise, FiresOnAPairOfWhichOneHasOneOperation) {
  const Messages pair = {"1 pair of elementwise layers, one of a single operation: 'a' and 'b'"};
  EXPECT_EQ(of_pair(one, two), pair);
  EXPECT_EQ(of_pair(two, one), pair);
}

TEST(LonePointwise, LeavesOthersAlone) {
  EXPECT_TRUE(of_pair(two, two).empty());
  EXPECT_TRUE(of_pair(R"("NbOperations":"1")", R"("Operations":[])").empty());
  // Another reader of the tensor between; an engine output between; a chain of three.
  EXPECT_TRUE(of_pair(one, two, "," + point_wise("c", "y", "w", two)).empty());
  EXPECT_TRUE(of_pair(one, two, "", R"("x","y","z")").empty());
  EXPECT_TRUE(of_pair(one, two, "," + point_wise("c", "z", "w", two), R"("x","w")").empty());
}

}  // namespace
}  // namespace trex::lint::lone_pointwise_test

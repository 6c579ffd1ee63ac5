// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/lint_messages.hpp"

namespace trex::lint::many_optimization_profiles_test {
namespace {

using test::messages;
using test::Messages;

TEST(ManyOptimizationProfiles, FiresFromFour) {
  Engine engine = engine_text("a Convolution x:Half -> y:Half\n");
  engine.opt_profile_count = 3;
  EXPECT_TRUE(messages("many-optimization-profiles", engine).empty());
  engine.opt_profile_count = 4;
  EXPECT_EQ(messages("many-optimization-profiles", engine),
            Messages{"the engine has 4 optimization profiles"});
}

}  // namespace
}  // namespace trex::lint::many_optimization_profiles_test

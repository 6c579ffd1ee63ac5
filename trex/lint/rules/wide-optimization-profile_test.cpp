// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/lint_messages.hpp"
#include "trex/model/engine_builder.hpp"

namespace trex::lint::wide_optimization_profile_test {
namespace {

using test::messages;
using test::Messages;

Engine bound(std::vector<std::int64_t> low, std::vector<std::int64_t> high) {
  EngineBuilder builder;
  RawBinding in;
  in.name = "x";
  in.mode = "Input";
  in.min_dims = std::move(low);
  in.max_dims = std::move(high);
  in.opt_dims = in.min_dims;
  builder.add_binding(in);
  return builder.finish();
}

TEST(WideOptimizationProfile, FiresAboveAFactorOfFour) {
  EXPECT_EQ(messages("wide-optimization-profile", bound({1, 3, 224}, {8, 3, 224})),
            Messages{"the profile of 'x' spans a dimension 8-fold: tactics that need fixed sizes "
                     "are out"});
  EXPECT_TRUE(messages("wide-optimization-profile", bound({2, 3, 224}, {8, 3, 224})).empty());
  EXPECT_TRUE(messages("wide-optimization-profile", bound({}, {})).empty());
  EXPECT_TRUE(messages("wide-optimization-profile", bound({0, 3}, {8, 3})).empty());
}

TEST(WideOptimizationProfile, TellsAllTensorsInOneFinding) {
  EngineBuilder builder;
  for (const char* name : {"ids", "past", "mask"}) {
    RawBinding in;
    in.name = name;
    in.mode = "Input";
    in.min_dims = {1, 16};
    in.max_dims = {1, in.name == "past" ? 256 : 128};
    builder.add_binding(in);
  }
  EXPECT_EQ(messages("wide-optimization-profile", builder.finish()),
            Messages{"the profile of 'past' (and of 2 more tensors) spans a dimension 16-fold: "
                     "tactics that need fixed sizes are out"});
}

}  // namespace
}  // namespace trex::lint::wide_optimization_profile_test

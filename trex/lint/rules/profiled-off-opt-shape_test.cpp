// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/lint_messages.hpp"
#include "trex/model/engine_builder.hpp"

namespace trex::lint::profiled_off_opt_shape_test {
namespace {

using test::messages;
using test::Messages;

Engine run_at(std::vector<std::int64_t> dims, std::vector<std::int64_t> opt) {
  EngineBuilder builder;
  RawLayer relu;
  relu.name = "relu";
  relu.layer_type = "Relu";
  RawTensor x;
  x.name = "x";
  x.dims = std::move(dims);
  x.format = "Half";
  relu.inputs.push_back(x);
  builder.add_layer(relu);
  RawBinding in;
  in.name = "x";
  in.mode = "Input";
  in.opt_dims = std::move(opt);
  builder.add_binding(in);
  return builder.finish();
}

TEST(ProfiledOffOptShape, ComparesTheRunWithTheTunedShape) {
  EXPECT_EQ(messages("profiled-off-opt-shape", run_at({1, 3}, {8, 3})),
            Messages{"'x' ran at 1x3, the engine is tuned for 8x3"});
  EXPECT_TRUE(messages("profiled-off-opt-shape", run_at({8, 3}, {8, 3})).empty());
  EXPECT_TRUE(messages("profiled-off-opt-shape", run_at({-1, 3}, {8, 3})).empty());
  EXPECT_TRUE(messages("profiled-off-opt-shape", run_at({8, 3}, {})).empty());
  // 1023 of 1024 tokens: the same tactics.
  EXPECT_TRUE(messages("profiled-off-opt-shape", run_at({8, 1023}, {8, 1024})).empty());
  EXPECT_EQ(messages("profiled-off-opt-shape", run_at({8, 900}, {8, 1024})),
            Messages{"'x' ran at 8x900, the engine is tuned for 8x1024"});
}

}  // namespace
}  // namespace trex::lint::profiled_off_opt_shape_test

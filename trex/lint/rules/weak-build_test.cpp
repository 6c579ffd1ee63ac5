// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/engine_text.hpp"
#include "tests/support/lint_messages.hpp"

namespace trex::lint::weak_build_test {
namespace {

using test::messages;
using test::Messages;

TEST(WeakBuild, ReadsTheBuildersOptions) {
  const auto run = [](const char* level, const char* timings) {
    Engine engine = engine_text("a Convolution x:Half -> y:Half\n");
    engine.build_metadata.entries.push_back(
        {"build_options", "BuilderOptimizationLevel", Json(level), "b"});
    engine.build_metadata.entries.push_back({"build_options", "avgTiming", Json(timings), "b"});
    return messages("weak-build", engine);
  };
  EXPECT_EQ(run("2", "8"),
            Messages{"built with builder optimization level 2: few tactics were tried"});
  EXPECT_EQ(run("3", "1"), Messages{"built with avgTiming 1: tactics were chosen on noise"});
  EXPECT_TRUE(run("-1", "8").empty());  // -1: TensorRT's default
  EXPECT_TRUE(run("default", "").empty());
}

}  // namespace
}  // namespace trex::lint::weak_build_test

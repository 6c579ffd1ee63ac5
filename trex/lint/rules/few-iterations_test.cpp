// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/engine_text.hpp"
#include "tests/support/lint_messages.hpp"

namespace trex::lint::few_iterations_test {
namespace {

using test::messages;
using test::Messages;
using test::timed;

TEST(FewIterations, FiresBelowTen) {
  struct Case {
    const char* what;
    std::int64_t iterations;
    Messages expected;
  };
  const Case cases[] = {
      {"one", 1, {"the profile is of 1 inference: below 10, means and medians say little"}},
      {"nine", 9, {"the profile is of 9 inferences: below 10, means and medians say little"}},
      {"ten are enough", 10, {}},
      {"unknown is not few", null_integer, {}},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    Engine engine = engine_text("a Convolution x:Half[1x8x4x4] -> y:Half[1x8x4x4] @1\n");
    engine.profile.present = true;
    engine.profile.iterations = c.iterations;
    EXPECT_EQ(messages("few-iterations", engine), c.expected);
  }
}

TEST(FewIterations, CountsTheTimingFileToo) {
  Engine engine = timed({{timing::latency_ms, {1, 1, 1}}});
  engine.profile.iterations = 1000;
  EXPECT_EQ(messages("few-iterations", engine),
            Messages{"the timing file has 3 inferences: too few for percentiles"});
}

}  // namespace
}  // namespace trex::lint::few_iterations_test

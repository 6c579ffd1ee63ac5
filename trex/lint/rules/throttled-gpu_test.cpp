// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/lint_messages.hpp"

namespace trex::lint::throttled_gpu_test {
namespace {

using test::messages;
using test::Messages;

TEST(ThrottledGpu, TellsHowMuchAndWhy) {
  struct Case {
    const char* what;
    std::vector<std::pair<const char*, Json>> entries;
    Messages expected;
  };
  const Case cases[] = {
      {"no recording", {}, {}},
      {"not told", {{"samples", 10}}, {}},
      {"a moment", {{"slowed_share", 0.05}}, {}},
      {"more than that", {{"slowed_share", 0.06}}, {"the GPU was held back in 6 % of the time"}},
      {"with all figures",
       {{"slowed_share", 1.0},
        {"slowed_by", "the power limit (100 %)"},
        {"mean_sm_mhz", 1100.4},
        {"asked_sm_mhz", 1410}},
       {"the GPU was held back in 100 % of the time: the power limit (100 %); it ran at 1100 of "
        "1410 MHz on average"}},
      {"malformed: words", {{"slowed_share", "much"}}, {}},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    Engine engine = engine_text("a Convolution x:Half[1x8x4x4] -> y:Half[1x8x4x4] @1\n");
    for (const auto& [key, value] : c.entries) {
      engine.profile_metadata.entries.push_back({"gpu_recording", key, value, "f"});
    }
    EXPECT_EQ(messages("throttled-gpu", engine), c.expected);
  }
}

}  // namespace
}  // namespace trex::lint::throttled_gpu_test

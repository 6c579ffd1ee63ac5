// SPDX-License-Identifier: Apache-2.0
#include "trex/lint/lint.hpp"

#include <gtest/gtest.h>

#include "tests/support/engine_text.hpp"

namespace trex::lint {
namespace {

TEST(Lint, RunsARuleAndSaysWhatItRestsOn) {
  const Engine engine = engine_text(
      "r1 Reformat x:Float[1x8x4x4] -> y:Half[1x8x4x4] @0.25\n"
      "c Convolution y:Half[1x8x4x4] -> z:Half[1x8x4x4] kernel=1x1 maps=8 @0.75\n");
  const Result result = run(engine, select_rules("reformat-share"), Thresholds());
  ASSERT_EQ(result.findings.size(), 1u);
  EXPECT_EQ(result.findings[0].message,
            "1 Reformat layer takes 0.25 ms, 25.0 % of the layers' time: 1 binding format");
  EXPECT_EQ(result.findings[0].measured_ms, 0.25);
}

TEST(Lint, SkipsWithAReasonWhatTheFilesCannotTell) {
  const Engine engine = engine_text("r1 Reformat x:Float[1x8x4x4] -> y:Half[1x8x4x4]\n");
  const Result result = run(engine, select_rules("C01"), Thresholds());
  ASSERT_EQ(result.skipped.size(), 1u);
  EXPECT_EQ(result.skipped[0].reason, "needs a profile: trtexec --exportProfile");
}

}  // namespace
}  // namespace trex::lint

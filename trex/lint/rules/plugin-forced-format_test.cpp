// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/lint_messages.hpp"

namespace trex::lint::plugin_forced_format_test {
namespace {

using test::messages;
using test::Messages;

TEST(PluginForcedFormat, FiresOnAReformatThatOnlyAPluginTouches) {
  EXPECT_EQ(
      messages("plugin-forced-format", engine_text("r Reformat x:Half[8] -> y:Float[8] @0.5\n"
                                                   "p PluginV2 y:Float[8] -> z:Float[8] @0.5\n")),
      Messages{"'r' only changes the format for the plugin 'p'"});
  // Somebody else reads the result too.
  EXPECT_TRUE(
      messages("plugin-forced-format", engine_text("r Reformat x:Half[8] -> y:Float[8] @0.5\n"
                                                   "c Convolution y:Float[8] -> w:Float[8]\n"
                                                   "p PluginV2 y:Float[8] -> z:Float[8] @0.5\n"))
          .empty());
}

TEST(PluginForcedFormat, TellsAlikeOnesTogether) {
  EXPECT_EQ(
      messages("plugin-forced-format", engine_text("r Reformat x:Half[8] -> y:Float[8] @0.25\n"
                                                   "p PluginV2 y:Float[8] -> z:Float[8] @0.5\n"
                                                   "s Reformat z:Float[8] -> w:Half[8] @0.5\n"
                                                   "t Reformat u:Half[8] -> v:Float[8] @0.25\n"
                                                   "q PluginV2 v:Float[8] -> o:Float[8] @0.5\n")),
      (Messages{"2 Reformats only change the format for plugins, 'r' for 'p' first, 0.5 ms",
                "'s' only changes the format for the plugin 'p'"}));
}

TEST(PluginForcedFormat, ClaimsTheReformatsTime) {
  const Result result = run(engine_text("p PluginV2 y:Float[8] -> z:Float[8] @0.5\n"
                                        "r Reformat z:Float[8] -> w:Half[8] @0.25\n"),
                            select_rules("plugin-forced-format"), Thresholds());
  ASSERT_EQ(result.findings.size(), 1u);
  EXPECT_EQ(result.findings[0].recoverable_ms, 0.25);
}

}  // namespace
}  // namespace trex::lint::plugin_forced_format_test

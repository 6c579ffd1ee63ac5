// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/lint_messages.hpp"

namespace trex::lint::plugin_barrier_test {
namespace {

using test::messages;
using test::Messages;

TEST(PluginBarrier, CountsPluginsOfEveryVersion) {
  EXPECT_EQ(messages("plugin-barrier", engine_text("p PluginV2 x:Half[8] -> y:Half[8]\n"
                                                   "q PluginV3 y:Half[8] -> z:Half[8]\n")),
            Messages{"2 plugin layers, such as 'p'"});
  EXPECT_TRUE(
      messages("plugin-barrier", engine_text("PluginV2 Convolution x:Half[8] -> y:Half[8]\n"))
          .empty());
}

}  // namespace
}  // namespace trex::lint::plugin_barrier_test

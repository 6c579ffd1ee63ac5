// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/engine_text.hpp"
#include "tests/support/lint_messages.hpp"

namespace trex::lint::names_only_test {
namespace {

using test::messages;
using test::Messages;

TEST(NamesOnly, FiresOnPlansWithoutDetailOnly) {
  Engine engine = engine_text("a Convolution x:Half[1x8x4x4] -> y:Half[1x8x4x4]\n");
  EXPECT_TRUE(messages("names-only", engine).empty());
  engine.verbosity = Verbosity::names_only;
  EXPECT_EQ(messages("names-only", engine),
            Messages{"the layers are names only: no types, tactics or tensors to look at"});
  engine.verbosity = Verbosity::unknown;  // a profile alone
  EXPECT_EQ(messages("names-only", engine),
            Messages{"there is no graph file: no types, tactics or tensors to look at"});
}

}  // namespace
}  // namespace trex::lint::names_only_test

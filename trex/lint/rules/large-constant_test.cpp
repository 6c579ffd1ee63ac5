// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/lint_messages.hpp"

namespace trex::lint::large_constant_test {
namespace {

using test::messages;
using test::Messages;

TEST(LargeConstant, FiresOnWeightsThatAreLargeAndAGoodPart) {
  // 40e6 halves of 2 bytes are 80 MB; 80 of 80 + 20 MB.
  EXPECT_EQ(
      messages("large-constant",
               engine_text("a FullyConnected x:Half[1x8] -> y:Half[1x8] weights=Half*40000000\n"
                           "b FullyConnected y:Half[1x8] -> z:Half[1x8] weights=Half*10000000\n"
                           "bindings x z\n")),
      Messages{"the weights of 'a': 80 MB of FP16, 80.0 % of the engine's weights"});
}

TEST(LargeConstant, FiresOnATensorThatNobodyWrites) {
  EXPECT_EQ(messages("large-constant",
                     engine_text("a gemm x:Half[1x4000] w:Half[4000x10000] -> y:Half[1x10000]\n"
                                 "b gemm u:Half[1x4000] w:Half[4000x10000] -> z:Half[1x10000]\n"
                                 "bindings x u y z\n")),
            Messages{"the constant 'w': 80 MB of FP16, 100.0 % of the engine's weights"});
}

TEST(LargeConstant, LeavesOthersAlone) {
  // Large, but one of many: 80 MB of 12 x 80 MB are 8.3 %.
  std::string twelve = "bindings x0 x12\n";
  for (int i = 0; i < 12; ++i) {
    twelve += "l" + std::to_string(i) + " FullyConnected x" + std::to_string(i) +
              ":Half[1x8] -> x" + std::to_string(i + 1) + ":Half[1x8] weights=Half*40000000\n";
  }
  EXPECT_TRUE(messages("large-constant", engine_text(twelve)).empty());
  // All of a small engine's weights; an engine input; a file without bindings.
  EXPECT_TRUE(messages("large-constant",
                       engine_text("a FullyConnected x:Half[1x8] -> y:Half[1x8] weights=Half*64\n"
                                   "bindings x y\n"))
                  .empty());
  const char* gemm = "a gemm x:Half[1x4000] w:Half[4000x10000] -> y:Half[1x10000]\n";
  EXPECT_TRUE(
      messages("large-constant", engine_text(std::string(gemm) + "bindings x w y\n")).empty());
  EXPECT_TRUE(messages("large-constant", engine_text(gemm)).empty());
}

}  // namespace
}  // namespace trex::lint::large_constant_test

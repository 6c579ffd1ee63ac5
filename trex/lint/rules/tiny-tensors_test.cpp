// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/lint_messages.hpp"
#include "trex/lint/rules/test_gpu.hpp"

namespace trex::lint::tiny_tensors_test {
namespace {

using test::findings;
using test::messages;

// `count` layers alike.
Engine many(int count, const std::string& layer) {
  std::string text;
  for (int i = 0; i < count; ++i) text += "l" + std::to_string(i) + " " + layer + "\n";
  return engine_text(text);
}

TEST(TinyTensors, FindsTenLaunchesForNothing) {
  // Ten layers of 4 us.
  const auto found =
      findings("tiny-tensors", many(10, "ElementWise x:Int32[4] -> y:Int32[32x32] @0.004"));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].message, "10 layers of at most 1024 values take 0.04 ms in all, 'l0' first");
  EXPECT_NEAR(*found[0].recoverable_ms, 0.04, 1e-12);
}

TEST(TinyTensors, LeavesOthersAlone) {
  const auto none = [](int count, const std::string& layer) {
    return messages("tiny-tensors", many(count, layer)).empty();
  };
  EXPECT_TRUE(none(9, "ElementWise x:Int32[4] -> y:Int32[4] @0.004"));
  EXPECT_TRUE(none(10, "ElementWise x:Int32[4] -> y:Int32[4] @0.002"));
  EXPECT_TRUE(none(10, "ElementWise x:Int32[4] -> y:Int32[1025] @0.004"));
  EXPECT_TRUE(none(10, "Reduce x:Half[1x64x64] -> y:Half[1x64] @0.004"));
  EXPECT_TRUE(none(10, "ElementWise x:Int32[-1] -> y:Int32[4] @0.004"));
  EXPECT_TRUE(none(10, "ElementWise x:Int32 -> y:Int32 @0.004"));
  EXPECT_TRUE(none(10, "MatrixMultiply x:Half[1x32] w:Half[32x32] -> y:Half[1x32] @0.004"));
}

}  // namespace
}  // namespace trex::lint::tiny_tensors_test

// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/lint_messages.hpp"
#include "trex/lint/rules/test_gpu.hpp"

namespace trex::lint::strided_reduce_test {
namespace {

using test::messages;
using test::Messages;

std::size_t count(const char* in, const char* out, const char* format = "fp32:chw") {
  return messages("strided-reduce", engine_text(std::string("r Reduce x:") + format + "[" + in +
                                                "] -> y:" + format + "[" + out + "]"))
      .size();
}

TEST(StridedReduce, FindsReductionsOfOuterDimensions) {
  EXPECT_EQ(messages("strided-reduce",
                     engine_text("r Reduce x:fp32:chw[1x64x8x8] -> y:fp32:chw[1x1x8x8]")),
            Messages{"1 reduction over other than the last dimensions, 'r' first"});
  EXPECT_EQ(count("2x64x8x4", "2x8x4"), 1u);
}

TEST(StridedReduce, LeavesTheLastDimensionsAlone) {
  EXPECT_EQ(count("1x64x8x8", "1x64x1x1"), 0u);
  EXPECT_EQ(count("1x64x8x8", "1x64"), 0u);
  EXPECT_EQ(count("1x64x1x1", "1x1x1x1"), 0u);
  EXPECT_EQ(count("4x4", "4"), 0u);  // either: not certain
  EXPECT_EQ(count("-1x64x8x8", "-1x1x8x8"), 0u);
  EXPECT_EQ(count("1x64x8x8", "1x1x8x8", "fp16:hwc8"), 0u);
  // 0.99 % of the time.
  EXPECT_TRUE(messages("strided-reduce",
                       engine_text("r Reduce x:fp32:chw[1x64x8x8] -> y:fp32:chw[1x1x8x8] @0.1\n"
                                   "p PluginV2 y:Half -> z:Half @10"))
                  .empty());
}

}  // namespace
}  // namespace trex::lint::strided_reduce_test

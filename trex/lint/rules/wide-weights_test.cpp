// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/lint_messages.hpp"
#include "trex/lint/rules/test_gpu.hpp"

namespace trex::lint::wide_weights_test {
namespace {

using test::findings;
using test::on_gpu;

TEST(WideWeights, FindsFloatWeightsBesideNarrowInputs) {
  // 262144 weights of 4 bytes: 1.049 MB.
  const auto found = findings(
      "wide-weights", on_gpu("c Convolution x:Half[1x512x8x8] -> y:Half[1x512x8x8] kernel=1x1 "
                             "stride=1x1 maps=512 weights=Float*262144 @0.1"));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].message, "1 layer with FP16 inputs and FP32 weights (1.049 MB), 'c' first");
  EXPECT_NEAR(*found[0].recoverable_ms, 0.000524288, 1e-12);
}

TEST(WideWeights, LeavesTheRestAlone) {
  EXPECT_TRUE(findings("wide-weights",
                       engine_text("a Convolution x:Half[1x8x8x8] -> y:Half[1x8x8x8] "
                                   "weights=Half*64 bias=Float*8\n"
                                   "b Convolution y:Float[1x8x8x8] -> z:Float[1x8x8x8] "
                                   "weights=Float*64\n"
                                   "c Convolution z:Int8[1x8x8x8] -> w:Int8[1x8x8x8] "
                                   "weights=Int8*64 bias=Float*8\n"
                                   "d Scale w:Half[1x8x8x8] -> v:Half[1x8x8x8] Scale=Float*8\n"))
                  .empty());
}

}  // namespace
}  // namespace trex::lint::wide_weights_test

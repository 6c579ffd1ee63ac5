// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/lint_messages.hpp"
#include "trex/lint/rules/test_gpu.hpp"

namespace trex::lint::weight_bound_gemv_test {
namespace {

using test::findings;
using test::on_gpu;

TEST(WeightBoundGemv, FindsProductsOfAFewRows) {
  // As a convolution over one position: 4096 x 4096 FP16 weights, 33.55 MB; half of them are 16.78
  // MB, 0.01678 ms at 1000 GB/s.
  const auto found = findings("weight-bound-gemv",
                              on_gpu("fc Convolution x:fp16:hwc8[1x4096x1x1] -> "
                                     "y:fp16:hwc8[1x4096x1x1] kernel=1x1 stride=1x1 maps=4096 "
                                     "weights=Half*16777216 @0.05"));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].message,
            "1 matrix product of at most 8 rows reads 33.55 MB of weights, 'fc' first");
  EXPECT_NEAR(*found[0].recoverable_ms, 0.016777216, 1e-12);
}

TEST(WeightBoundGemv, LeavesOtherProductsAlone) {
  const auto text = [](const char* rows, const char* weights) {
    return on_gpu(std::string("fc Convolution x:fp16:hwc8[") + rows + "x4096x1x1] -> y:fp16:hwc8[" +
                  rows + "x4096x1x1] kernel=1x1 stride=1x1 maps=4096 weights=" + weights +
                  " @0.05");
  };
  EXPECT_EQ(findings("weight-bound-gemv", text("8", "Half*16777216")).size(), 1u);
  EXPECT_TRUE(findings("weight-bound-gemv", text("9", "Half*16777216")).empty());
  EXPECT_TRUE(findings("weight-bound-gemv", text("1", "Int4*16777216")).empty());
  // Weights as TensorRT 11 states them: constants of the layer.
  EXPECT_EQ(findings("weight-bound-gemv", on_gpu("g gemm x:Half[1x1x4096] -> y:Half[1x1x4096] "
                                                 "constant=w:Half[4096x4096] @0.05\n"
                                                 "bindings x y"))
                .size(),
            1u);
  // Both operands are activations.
  EXPECT_TRUE(
      findings("weight-bound-gemv", on_gpu("a PointWise q:Half[1x1x64] -> k:Half[1x64x512] @0.01\n"
                                           "s MatrixMultiply q:Half[1x1x64] k:Half[1x64x512] -> "
                                           "o:Half[1x1x512] @0.05\n"
                                           "bindings q o"))
          .empty());
}

}  // namespace
}  // namespace trex::lint::weight_bound_gemv_test

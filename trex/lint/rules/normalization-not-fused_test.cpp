// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/lint_cases.hpp"

namespace trex::lint::normalization_not_fused_test {
namespace {

TEST(NormalizationNotFused, Cases) {
  test::check_cases(
      "normalization-not-fused",
      {{.name = "generated kernels, the mean apart from the root",
        .engine = "__myl_Mean_myl0_1 kgen x:Half[64x32] -> m:Half[64x1] @0.1\n"
                  "__myl_SubMulMeanAddSqrtDivMul_myl0_2 kgen x:Half[64x32] m:Half[64x1] -> "
                  "y:Half[64x32] @0.3\n",
        .layers = "__myl_Mean_myl0_1 __myl_SubMulMeanAddSqrtDivMul_myl0_2",
        .message = "1 normalization in pieces: '__myl_Mean_myl0_1' to "
                   "'__myl_SubMulMeanAddSqrtDivMul_myl0_2', 0.4 ms",
        .recoverable_ms = 0.1},
       {.name = "single layers, by their nodes",
        .engine = "m1 Reduce x:Half[64x32] -> a:Half[64x1] meta=\"[ONNX Layer: /n/ReduceMean]\"\n"
                  "s ElementWise x:Half[64x32] a:Half[64x1] -> b:Half[64x32] "
                  "meta=\"[ONNX Layer: /n/Sub]\"\n"
                  "m2 Reduce b:Half[64x32] -> d:Half[64x1] meta=\"[ONNX Layer: /n/ReduceMean_1]\"\n"
                  "r Unary d:Half[64x1] -> e:Half[64x1] meta=\"[ONNX Layer: /n/Sqrt]\"\n",
        .layers = "m1 s m2 r",
        .message = "1 normalization in pieces: 'm1' to 'r'"},
       {.name = "a whole normalization reads the sum that the first one wrote",
        .engine = "__myl_AddMean_myl0_1 kgen x:Half[64x32] -> s:Half[64x32] m:Half[64x1] @0.1\n"
                  "__myl_AddMeanSubMulMeanAddSqrtDivMul_myl0_2 kgen s:Half[64x32] r:Half[64x32] "
                  "-> y:Half[64x32] @0.3\n",
        .layers = ""},
       {.name = "one kernel does it all",
        .engine = "__myl_MeanSubMulMeanAddSqrtDivMul_myl0_1 kgen x:Half[64x32] -> "
                  "y:Half[64x32] @0.3\n",
        .layers = ""},
       {.name = "squeeze and excite: a convolution reads the mean",
        .engine = "m Reduce x:Half[1x8x4x4] -> a:Half[1x8x1x1] meta=\"[ONNX Layer: /ReduceMean]\"\n"
                  "c Convolution a:Half[1x8x1x1] -> b:Half[1x8x1x1]\n"
                  "r Unary b:Half[1x8x1x1] -> e:Half[1x8x1x1] meta=\"[ONNX Layer: /Sqrt]\"\n",
        .layers = ""},
       {.name = "no root",
        .engine = "m Reduce x:Half[64x32] -> a:Half[64x1] meta=\"[ONNX Layer: /n/ReduceMean]\"\n"
                  "s ElementWise x:Half[64x32] a:Half[64x1] -> b:Half[64x32] "
                  "meta=\"[ONNX Layer: /n/Sub]\"\n",
        .layers = ""}});
}

}  // namespace
}  // namespace trex::lint::normalization_not_fused_test

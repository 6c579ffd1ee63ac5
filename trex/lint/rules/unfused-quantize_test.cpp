// SPDX-License-Identifier: Apache-2.0

#include "tests/support/lint_cases.hpp"

namespace trex::lint::unfused_quantize_test {
namespace {

TEST(UnfusedQuantize, Cases) {
  test::check_cases(
      "unfused-quantize",
      {
          {.name = "behind a convolution",
           .engine =
               "c Convolution x:Half[8x64x14x14] -> y:Half[8x64x14x14] kernel=1x1 maps=64 @0.5\n"
               "q Reformat y:Half[8x64x14x14] -> z:Int8:chw32[8x64x14x14] origin=QDQ @0.25\n",
           .layers = "q",
           .message = "1 Quantize layer is not fused into its producer",
           .recoverable_ms = 0.25},
          {.name = "a float residual holds it back",
           .engine = "c Convolution x:Int8:chw32[8x64x14x14] r:Half[8x64x14x14] -> "
                     "y:Half[8x64x14x14] kernel=1x1 maps=64\n"
                     "q Reformat y:Half[8x64x14x14] -> z:Int8:chw32[8x64x14x14] origin=QDQ\n",
           .layers = "q",
           .message = "a float residual branch"},
          {.name = "of an engine input",
           .engine = "q Reformat x:Float[8x64x14x14] -> y:Int8:chw32[8x64x14x14] origin=QDQ\n"
                     "c Convolution y:Int8:chw32[8x64x14x14] -> z:Int8:chw32[8x64x14x14] "
                     "kernel=1x1 maps=64\n",
           .layers = ""},
          {.name = "between quantized types",
           .engine = "c Convolution x:Int8:chw32[8x64x14x14] -> y:Int8:chw32[8x64x14x14] "
                     "kernel=1x1 maps=64\n"
                     "q Reformat y:Int8:chw32[8x64x14x14] -> z:Int8:chw4[8x64x14x14]\n",
           .layers = ""},
          {.name = "a generated kernel that does more",
           .engine = "c Convolution x:Half[8x64x14x14] -> y:Half[8x64x14x14] kernel=1x1 maps=64\n"
                     "__myl_MeanAddSqrtQuan_myl0_4 kgen y:Half[8x64x14x14] -> z:FP8[8x64x14x14]\n",
           .layers = ""},
          {.name = "a transpose that quantizes as it goes",
           .engine = "c Convolution x:Half[8x64x14x14] -> y:Half[8x64x14x14] kernel=1x1 maps=64\n"
                     "__myl_TranReshQuan_myl0_4 kgen y:Half[8x64x14x14] -> z:FP8[8x64x14x14]\n",
           .layers = ""},
          {.name = "a generated kernel that does nothing else",
           .engine = "c Convolution x:Half[8x64x14x14] -> y:Half[8x64x14x14] kernel=1x1 maps=64\n"
                     "__myl_ReshQuan_myl0_4 kgen y:Half[8x64x14x14] -> z:FP8[8x64x14x14]\n",
           .layers = "__myl_ReshQuan_myl0_4"},
      });
}

}  // namespace
}  // namespace trex::lint::unfused_quantize_test

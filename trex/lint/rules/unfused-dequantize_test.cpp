// SPDX-License-Identifier: Apache-2.0

#include "tests/support/lint_cases.hpp"

namespace trex::lint::unfused_dequantize_test {
namespace {

TEST(UnfusedDequantize, Cases) {
  test::check_cases(
      "unfused-dequantize",
      {
          {.name = "before a convolution",
           .engine =
               "c Convolution x:Int8:chw32[8x64x14x14] -> y:Int8:chw32[8x64x14x14] kernel=1x1 "
               "maps=64 @0.5\n"
               "d Reformat y:Int8:chw32[8x64x14x14] -> z:Half[8x64x14x14] @0.25\n"
               "e Convolution z:Half[8x64x14x14] -> w:Half[8x64x14x14] kernel=1x1 maps=64 @0.5\n",
           .layers = "d",
           .message = "from INT8 to FP16",
           .recoverable_ms = 0.25},
          {.name = "an engine output",
           .engine = "c Convolution x:Int8:chw32[8x64x14x14] -> y:Int8:chw32[8x64x14x14] "
                     "kernel=1x1 maps=64\n"
                     "d Reformat y:Int8:chw32[8x64x14x14] -> z:Half[8x64x14x14] @0.25\n",
           .layers = ""},
          {.name = "before a Quantize",
           .engine = "d Reformat y:Int8:chw32[8x64x14x14] -> z:Half[8x64x14x14] @0.25\n"
                     "q Reformat z:Half[8x64x14x14] -> w:Int8:chw4[8x64x14x14]\n",
           .layers = ""},
          {.name = "before a resize",
           .engine = "d Reformat y:Int8:chw32[8x64x14x14] -> z:Half[8x64x14x14] @0.25\n"
                     "r Resize z:Half[8x64x14x14] -> w:Half[8x64x28x28]\n",
           .layers = ""},
          {.name = "FP32 to FP16",
           .engine = "d Reformat y:Float[8x64x14x14] -> z:Half[8x64x14x14]\n"
                     "e Convolution z:Half[8x64x14x14] -> w:Half[8x64x14x14] kernel=1x1 maps=64\n",
           .layers = ""},
      });
}

}  // namespace
}  // namespace trex::lint::unfused_dequantize_test

// SPDX-License-Identifier: Apache-2.0

#include "tests/support/lint_cases.hpp"

namespace trex::lint::float_residual_test {
namespace {

TEST(FloatResidual, Cases) {
  test::check_cases(
      "float-residual",
      {
          {.name = "with the operand's reformat",
           .engine = "f Reformat r:Float[8x64x14x14] -> s:Half:chw32[8x64x14x14]\n"
                     "c Convolution x:Int8:chw32[8x64x14x14] s:Half:chw32[8x64x14x14] -> "
                     "y:Half:chw32[8x64x14x14] kernel=1x1 maps=64\n",
           .layers = "c f",
           .message = "the residual branch of 1 quantized convolution"},
          {.name = "an addition of its own",
           .engine =
               "c Convolution x:Int8:chw32[8x64x14x14] -> y:Half[8x64x14x14] kernel=1x1 maps=64\n"
               "a ElementWise y:Half[8x64x14x14] r:Half[8x64x14x14] -> z:Half[8x64x14x14]\n",
           .layers = "c"},
          {.name = "quantized operand",
           .engine = "c Convolution x:Int8:chw32[8x64x14x14] r:Int8:chw32[8x64x14x14] -> "
                     "y:Int8:chw32[8x64x14x14] kernel=1x1 maps=64\n",
           .layers = ""},
          {.name = "FP16 throughout",
           .engine = "c Convolution x:Half[8x64x14x14] r:Half[8x64x14x14] -> y:Half[8x64x14x14] "
                     "kernel=1x1 maps=64\n",
           .layers = ""},
          {.name = "no residual",
           .engine =
               "c Convolution x:Int8:chw32[8x64x14x14] -> y:Half[8x64x14x14] kernel=1x1 maps=64\n"
               "p Pooling y:Half[8x64x14x14] -> z:Half[8x64x14x14]\n",
           .layers = ""},
      });
}

}  // namespace
}  // namespace trex::lint::float_residual_test

// SPDX-License-Identifier: Apache-2.0

#include "tests/support/lint_cases.hpp"

namespace trex::lint::non_weighted_float_output_test {
namespace {

TEST(NonWeightedFloatOutput, Cases) {
  test::check_cases(
      "non-weighted-float-output",
      {
          {.name = "a pooling",
           .engine = "p Pooling x:Int8:chw32[8x64x14x14] -> y:Half[8x64x14x14]\n"
                     "c Convolution y:Half[8x64x14x14] -> z:Half[8x64x14x14] kernel=1x1 maps=64\n",
           .layers = "p",
           .message = "quantized in, floating point out"},
          {.name = "quantized output",
           .engine = "p Pooling x:Int8:chw32[8x64x14x14] -> y:Int8:chw32[8x64x14x14]\n"
                     "c Convolution y:Int8:chw32[8x64x14x14] -> z:Int8:chw32[8x64x14x14] "
                     "kernel=1x1 maps=64\n",
           .layers = ""},
          {.name = "an engine output",
           .engine = "p Pooling x:Int8:chw32[8x64x14x14] -> y:Half[8x64x14x14]\n",
           .layers = ""},
          {.name = "a conversion",
           .engine = "p Reformat x:Int8:chw32[8x64x14x14] -> y:Half[8x64x14x14]\n"
                     "c Convolution y:Half[8x64x14x14] -> z:Half[8x64x14x14] kernel=1x1 maps=64\n",
           .layers = ""},
          {.name = "float throughout",
           .engine = "p Pooling x:Half[8x64x14x14] -> y:Half[8x64x14x14]\n"
                     "c Convolution y:Half[8x64x14x14] -> z:Half[8x64x14x14] kernel=1x1 maps=64\n",
           .layers = ""},
      });
}

}  // namespace
}  // namespace trex::lint::non_weighted_float_output_test

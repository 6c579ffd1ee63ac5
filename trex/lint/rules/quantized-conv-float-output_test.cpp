// SPDX-License-Identifier: Apache-2.0

#include "tests/support/lint_cases.hpp"

namespace trex::lint::quantized_conv_float_output_test {
namespace {

TEST(QuantizedConvFloatOutput, Cases) {
  test::check_cases(
      "quantized-conv-float-output",
      {
          {.name = "adds a float residual",
           .engine = "c Convolution x:Int8:chw32[8x64x14x14] r:Half:chw32[8x64x14x14] -> "
                     "y:Half:chw32[8x64x14x14] kernel=1x1 maps=64\n"
                     "q Reformat y:Half:chw32[8x64x14x14] -> z:Int8:chw32[8x64x14x14] origin=QDQ\n",
           .layers = "c",
           .message = "1 because of float residual branches"},
          {.name = "feeds a float residual through a pooling and a reformat",
           .engine =
               "d Convolution x:Int8:chw32[8x64x14x14] -> r:Float[8x64x14x14] kernel=1x1 maps=64\n"
               "p Pooling r:Float[8x64x14x14] -> s:Float[8x64x14x14]\n"
               "f Reformat s:Float[8x64x14x14] -> t:Half:chw32[8x64x14x14]\n"
               "c Convolution w:Int8:chw32[8x64x14x14] t:Half:chw32[8x64x14x14] -> "
               "y:Int8:chw32[8x64x14x14] kernel=1x1 maps=64\n",
           .layers = "d",
           .message = "1 because of float residual branches"},
          {.name = "read by a layer that could be quantized",
           .engine =
               "c Convolution x:Int8:chw32[8x64x14x14] -> y:Half[8x64x14x14] kernel=1x1 maps=64\n"
               "p Pooling y:Half[8x64x14x14] -> z:Half[8x64x14x14]\n",
           .layers = "c",
           .message = "1 because nothing quantizes the result"},
          {.name = "an engine output beside one",
           .engine =
               "c Convolution x:Int8:chw32[8x64x14x14] -> y:Half[8x64x14x14] kernel=1x1 maps=64\n"
               "p Pooling y:Half[8x64x14x14] -> z:Half[8x64x14x14]\n"
               "o Convolution v:Int8:chw32[8x64x14x14] -> w:Float[8x64x14x14] kernel=1x1 maps=64\n",
           .layers = "c o",
           .message = "1 an engine output"},
          {.name = "an engine output alone",
           .engine =
               "c Convolution x:Int8:chw32[8x64x14x14] -> y:Float[8x64x14x14] kernel=1x1 maps=64\n",
           .layers = ""},
          {.name = "a reader with no quantized form",
           .engine =
               "c Convolution x:Int8:chw32[8x64x14x14] -> y:Half[8x64x14x14] kernel=1x1 maps=64\n"
               "s PluginV2 y:Half[8x64x14x14] -> z:Half[8x64x14x14]\n",
           .layers = ""},
          {.name = "quantized output",
           .engine = "c Convolution x:Int8:chw32[8x64x14x14] -> y:Int8:chw32[8x64x14x14] "
                     "kernel=1x1 maps=64\n"
                     "p Pooling y:Int8:chw32[8x64x14x14] -> z:Int8:chw32[8x64x14x14]\n",
           .layers = ""},
          {.name = "FP16 throughout",
           .engine = "c Convolution x:Half[8x64x14x14] r:Half[8x64x14x14] -> y:Half[8x64x14x14] "
                     "kernel=1x1 maps=64\n"
                     "p Pooling y:Half[8x64x14x14] -> z:Half[8x64x14x14]\n",
           .layers = ""},
      });
}

}  // namespace
}  // namespace trex::lint::quantized_conv_float_output_test

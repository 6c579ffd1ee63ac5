// SPDX-License-Identifier: Apache-2.0

#include "tests/support/lint_cases.hpp"

namespace trex::lint::quantized_deconv_float_output_test {
namespace {

TEST(QuantizedDeconvFloatOutput, Cases) {
  test::check_cases(
      "quantized-deconv-float-output",
      {
          {.name = "float output",
           .engine = "c Deconvolution x:Int8:chw32[8x64x14x14] -> y:Half[8x64x28x28] kernel=2x2 "
                     "stride=2x2 maps=64\n"
                     "p Pooling y:Half[8x64x28x28] -> z:Half[8x64x28x28]\n",
           .layers = "c",
           .message = "1 deconvolution"},
          {.name = "an engine output",
           .engine = "c Deconvolution x:Int8:chw32[8x64x14x14] -> y:Half[8x64x28x28] kernel=2x2 "
                     "stride=2x2 maps=64\n",
           .layers = ""},
          {.name = "quantized output",
           .engine = "c Deconvolution x:Int8:chw32[8x64x14x14] -> y:Int8:chw32[8x64x28x28] "
                     "kernel=2x2 stride=2x2 maps=64\n"
                     "p Pooling y:Int8:chw32[8x64x28x28] -> z:Int8:chw32[8x64x28x28]\n",
           .layers = ""},
          {.name = "a convolution",
           .engine = "c Convolution x:Int8:chw32[8x64x14x14] -> y:Half[8x64x28x28] kernel=2x2 "
                     "stride=2x2 maps=64\n"
                     "p Pooling y:Half[8x64x28x28] -> z:Half[8x64x28x28]\n",
           .layers = ""},
      });
}

}  // namespace
}  // namespace trex::lint::quantized_deconv_float_output_test

// SPDX-License-Identifier: Apache-2.0

#include "tests/support/lint_cases.hpp"

namespace trex::lint::int8_channel_padding_test {
namespace {

TEST(Int8ChannelPadding, Cases) {
  test::check_cases(
      "int8-channel-padding",
      {
          {.name = "16 input channels take 32",
           .engine = "c Convolution x:Int8:chw32[1x16x8x8] -> y:Int8:chw32[1x96x8x8] kernel=1x1 "
                     "maps=96\n",
           .layers = "c",
           .message = "2.00 times the channels"},
          {.name = "24 output channels",
           .engine = "c Convolution x:Int8:chw32[1x96x8x8] -> y:Int8:chw32[1x24x8x8] kernel=1x1 "
                     "maps=24\n",
           .layers = "c",
           .message = "1.33 times the channels"},
          {.name = "144 take 160: within the threshold",
           .engine = "c Convolution x:Int8:chw32[1x144x8x8] -> y:Int8:chw32[1x96x8x8] kernel=1x1 "
                     "maps=96\n",
           .layers = ""},
          {.name = "four-channel layout",
           .engine =
               "c Convolution x:Int8:chw4[1x3x8x8] -> y:Int8:chw32[1x96x8x8] kernel=1x1 maps=96\n",
           .layers = ""},
          {.name = "FP16",
           .engine = "c Convolution x:Half:chw32[1x16x8x8] -> y:Half:chw32[1x96x8x8] kernel=1x1 "
                     "maps=96\n",
           .layers = ""},
          {.name = "dynamic channels",
           .engine = "c Convolution x:Int8:chw32[1x-1x8x8] -> y:Int8:chw32[1x96x8x8] kernel=1x1 "
                     "maps=96\n",
           .layers = ""},
      });
}

}  // namespace
}  // namespace trex::lint::int8_channel_padding_test

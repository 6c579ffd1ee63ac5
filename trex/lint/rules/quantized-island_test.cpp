// SPDX-License-Identifier: Apache-2.0

#include "tests/support/lint_cases.hpp"

namespace trex::lint::quantized_island_test {
namespace {

TEST(QuantizedIsland, Cases) {
  test::check_cases(
      "quantized-island",
      {
          {.name = "conversions of 0.6 ms around 0.1 ms",
           .engine =
               "q Reformat x:Half[8x64x14x14] -> y:Int8:chw32[8x64x14x14] @0.3\n"
               "c Convolution y:Int8:chw32[8x64x14x14] -> z:Int8:chw32[8x64x14x14] kernel=1x1 "
               "maps=64 @0.1\n"
               "d Reformat z:Int8:chw32[8x64x14x14] -> w:Half[8x64x14x14] @0.3\n"
               "e Convolution w:Half[8x64x14x14] -> v:Half[8x64x14x14] kernel=1x1 maps=64 @1\n",
           .layers = "c q d",
           .message = "1 island",
           .recoverable_ms = 0.5},
          {.name = "dear compute",
           .engine =
               "q Reformat x:Half[8x64x14x14] -> y:Int8:chw32[8x64x14x14] @0.1\n"
               "c Convolution y:Int8:chw32[8x64x14x14] -> z:Int8:chw32[8x64x14x14] kernel=1x1 "
               "maps=64 @0.5\n"
               "d Reformat z:Int8:chw32[8x64x14x14] -> w:Half[8x64x14x14] @0.1\n"
               "e Convolution w:Half[8x64x14x14] -> v:Half[8x64x14x14] kernel=1x1 maps=64 @1\n",
           .layers = ""},
          // A third of the time in conversions, but FP16 would take 0.4 ms more inside.
          {.name = "worth its conversions",
           .engine =
               "q Reformat x:Half[8x64x14x14] -> y:Int8:chw32[8x64x14x14] @0.15\n"
               "c Convolution y:Int8:chw32[8x64x14x14] -> z:Int8:chw32[8x64x14x14] kernel=1x1 "
               "maps=64 @0.4\n"
               "d Reformat z:Int8:chw32[8x64x14x14] -> w:Half[8x64x14x14] @0.15\n"
               "e Convolution w:Half[8x64x14x14] -> v:Half[8x64x14x14] kernel=1x1 maps=64 @1\n",
           .layers = ""},
          {.name = "a float residual is the reason",
           .engine =
               "q Reformat x:Half[8x64x14x14] -> y:Int8:chw32[8x64x14x14] @0.3\n"
               "c Convolution y:Int8:chw32[8x64x14x14] r:Half[8x64x14x14] -> "
               "z:Int8:chw32[8x64x14x14] kernel=1x1 maps=64 @0.1\n"
               "d Reformat z:Int8:chw32[8x64x14x14] -> w:Half[8x64x14x14] @0.3\n"
               "e Convolution w:Half[8x64x14x14] -> v:Half[8x64x14x14] kernel=1x1 maps=64 @1\n",
           .layers = ""},
          {.name = "three layers",
           .engine = "q Reformat x:Half[8x64x14x14] -> y:Int8:chw32[8x64x14x14] @0.3\n"
                     "a Convolution y:Int8:chw32[8x64x14x14] -> s:Int8:chw32[8x64x14x14] "
                     "kernel=1x1 maps=64 @0.1\n"
                     "b Convolution s:Int8:chw32[8x64x14x14] -> t:Int8:chw32[8x64x14x14] "
                     "kernel=1x1 maps=64 @0.1\n"
                     "c Convolution t:Int8:chw32[8x64x14x14] -> z:Int8:chw32[8x64x14x14] "
                     "kernel=1x1 maps=64 @0.1\n"
                     "d Reformat z:Int8:chw32[8x64x14x14] -> w:Half[8x64x14x14] @0.3\n",
           .layers = ""},
          {.name = "no conversions",
           .engine = "c Convolution y:Int8:chw32[8x64x14x14] -> z:Int8:chw32[8x64x14x14] "
                     "kernel=1x1 maps=64 @0.1\n",
           .layers = ""},
      });
}

}  // namespace
}  // namespace trex::lint::quantized_island_test

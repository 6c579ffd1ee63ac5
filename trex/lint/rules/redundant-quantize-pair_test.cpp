// SPDX-License-Identifier: Apache-2.0

#include "tests/support/lint_cases.hpp"

namespace trex::lint::redundant_quantize_pair_test {
namespace {

TEST(RedundantQuantizePair, Cases) {
  test::check_cases(
      "redundant-quantize-pair",
      {
          {.name = "there and back",
           .engine = "d Reformat x:Int8:chw32[8x64x14x14] -> y:Half[8x64x14x14] @0.1\n"
                     "q Reformat y:Half[8x64x14x14] -> z:Int8:chw32[8x64x14x14] @0.2\n",
           .layers = "d q",
           .message = "widen INT8 data",
           .recoverable_ms = 0.3},
          {.name = "another reader",
           .engine = "d Reformat x:Int8:chw32[8x64x14x14] -> y:Half[8x64x14x14]\n"
                     "q Reformat y:Half[8x64x14x14] -> z:Int8:chw32[8x64x14x14]\n"
                     "c Convolution y:Half[8x64x14x14] -> w:Half[8x64x14x14] kernel=1x1 maps=64\n",
           .layers = ""},
          {.name = "to another type",
           .engine = "d Reformat x:Int8:chw32[8x64x14x14] -> y:Half[8x64x14x14]\n"
                     "q Reformat y:Half[8x64x14x14] -> z:FP8[8x64x14x14]\n",
           .layers = ""},
          {.name = "a layer between",
           .engine = "d Reformat x:Int8:chw32[8x64x14x14] -> y:Half[8x64x14x14]\n"
                     "p Pooling y:Half[8x64x14x14] -> v:Half[8x64x14x14]\n"
                     "q Reformat v:Half[8x64x14x14] -> z:Int8:chw32[8x64x14x14]\n",
           .layers = ""},
      });
}

}  // namespace
}  // namespace trex::lint::redundant_quantize_pair_test

// SPDX-License-Identifier: Apache-2.0

#include "tests/support/lint_cases.hpp"

namespace trex::lint::concat_requantize_test {
namespace {

TEST(ConcatRequantize, Cases) {
  test::check_cases(
      "concat-requantize",
      {
          {.name = "two copies into one tensor",
           .engine = "a Reformat p:Int8:chw32[8x64x14x14] -> t:Int8:chw32[8x128x14x14] @0.1\n"
                     "b Reformat q:Int8:chw32[8x64x14x14] -> t:Int8:chw32[8x128x14x14] @0.1\n"
                     "c Convolution t:Int8:chw32[8x128x14x14] -> y:Int8:chw32[8x64x14x14] "
                     "kernel=1x1 maps=64 @0.1\n",
           .layers = "a b",
           .message = "2 copies",
           .recoverable_ms = 0.2},
          {.name = "one copy, one written in place",
           .engine = "a Reformat p:Int8:chw32[8x64x14x14] -> t:Int8:chw32[8x128x14x14] @0.1\n"
                     "b Convolution q:Int8:chw32[8x64x14x14] -> t:Int8:chw32[8x128x14x14] "
                     "kernel=1x1 maps=64 @0.1\n"
                     "c Convolution t:Int8:chw32[8x128x14x14] -> y:Int8:chw32[8x64x14x14] "
                     "kernel=1x1 maps=64 @0.1\n",
           .layers = ""},
          {.name = "copies that change the layout",
           .engine = "a Reformat p:Int8:chw4[8x64x14x14] -> t:Int8:chw32[8x128x14x14] @0.1\n"
                     "b Reformat q:Int8:chw4[8x64x14x14] -> t:Int8:chw32[8x128x14x14] @0.1\n"
                     "c Convolution t:Int8:chw32[8x128x14x14] -> y:Int8:chw32[8x64x14x14] "
                     "kernel=1x1 maps=64 @0.1\n",
           .layers = ""},
          {.name = "copies into tensors of their own",
           .engine = "a Reformat p:Int8:chw32[8x64x14x14] -> t:Int8:chw32[8x64x14x14]\n"
                     "b Reformat q:Int8:chw32[8x64x14x14] -> u:Int8:chw32[8x64x14x14]\n"
                     "e ElementWise t:Int8:chw32[8x64x14x14] u:Int8:chw32[8x64x14x14] -> "
                     "y:Int8:chw32[8x64x14x14]\n",
           .layers = ""},
      });
}

}  // namespace
}  // namespace trex::lint::concat_requantize_test

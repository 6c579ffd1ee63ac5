// SPDX-License-Identifier: Apache-2.0

#include "tests/support/lint_cases.hpp"

namespace trex::lint::resize_sandwich_test {
namespace {

TEST(ResizeSandwich, Cases) {
  test::check_cases(
      "resize-sandwich",
      {
          {.name = "between two conversions",
           .engine = "d Reformat x:Int8:chw32[8x64x14x14] -> y:Half[8x64x14x14] @0.1\n"
                     "r Resize y:Half[8x64x14x14] -> z:Half[8x64x28x28] @0.3\n"
                     "q Reformat z:Half[8x64x28x28] -> w:Int8:chw32[8x64x28x28] @0.2\n",
           .layers = "r d q",
           .message = "runs in FP16",
           .recoverable_ms = 0.3},
          {.name = "widened only",
           .engine = "d Reformat x:Int8:chw32[8x64x14x14] -> y:Half[8x64x14x14] @0.1\n"
                     "r Resize y:Half[8x64x14x14] -> z:Half[8x64x28x28] @0.3\n",
           .layers = ""},
          {.name = "narrowed only",
           .engine = "r Resize y:Half[8x64x14x14] -> z:Half[8x64x28x28] @0.3\n"
                     "q Reformat z:Half[8x64x28x28] -> w:Int8:chw32[8x64x28x28] @0.2\n",
           .layers = ""},
          {.name = "quantized",
           .engine = "r Resize y:Int8:chw32[8x64x14x14] -> z:Int8:chw32[8x64x28x28]\n",
           .layers = ""},
      });
}

}  // namespace
}  // namespace trex::lint::resize_sandwich_test

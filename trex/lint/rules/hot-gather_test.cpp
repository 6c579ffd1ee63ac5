// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/lint_cases.hpp"

namespace trex::lint::hot_gather_test {
namespace {

TEST(HotGather, Cases) {
  test::check_cases(
      "hot-gather",
      {{.name = "along the second axis",
        .engine = "g Gather x:Half[64x32x8] i:Int32[5] -> y:Half[64x5x8] @0.1\n"
                  "c Convolution a:Half[1x8x4x4] -> b:Half[1x8x4x4] @0.9\n",
        .layers = "g",
        .message = "1 gather or scatter layer along an inner axis, 10.0 % of the time: 'g'"},
       {.name = "along the first",
        .engine = "g Gather x:Half[64x32] i:Int32[5] -> y:Half[5x32] @0.1\n"
                  "c Convolution a:Half[1x8x4x4] -> b:Half[1x8x4x4] @0.9\n",
        .layers = "g",
        .message = "1 gather or scatter layer, 10.0 % of the time: 'g'"},
       {.name = "the second behind a 1 is the first",
        .engine = "g Gather x:Half[1x64x32] i:Int32[5] -> y:Half[1x5x32] @0.1\n"
                  "c Convolution a:Half[1x8x4x4] -> b:Half[1x8x4x4] @0.9\n",
        .layers = "g",
        .message = "layer, 10.0 %"},
       {.name = "a generated kernel of nothing else",
        .engine = "__myl_Gath_myl0_1 kgen x:Half[64x32] i:Int32[5] -> y:Half[5x32] @0.1\n"
                  "c Convolution a:Half[1x8x4x4] -> b:Half[1x8x4x4] @0.9\n",
        .layers = "__myl_Gath_myl0_1"},
       {.name = "a kernel that does more",
        .engine = "__myl_GathMulAddMean_myl0_1 kgen x:Half[64x32] i:Int32[5] -> y:Half[5x32] @0.1\n"
                  "c Convolution a:Half[1x8x4x4] -> b:Half[1x8x4x4] @0.9\n",
        .layers = ""},
       {.name = "little of the time",
        .engine = "g Gather x:Half[64x32x8] i:Int32[5] -> y:Half[64x5x8] @0.01\n"
                  "c Convolution a:Half[1x8x4x4] -> b:Half[1x8x4x4] @0.99\n",
        .layers = ""}});
}

}  // namespace
}  // namespace trex::lint::hot_gather_test

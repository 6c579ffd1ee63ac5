// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/lint_cases.hpp"
#include "trex/lint/rules/test_gpu.hpp"

namespace trex::lint::odd_batch_test {
namespace {

TEST(OddBatch, Cases) {
  test::check_cases(
      "odd-batch",
      {{.name = "12 rows are padded to 16",
        .engine = "g gemm x:Half[12x512] w:Half[512x512] -> y:Half[12x512] @1\n"
                  "bindings x y\n",
        .layers = "g",
        .message = "a batch of 12 is no multiple of 8: 1 product with empty rows, 'g' first"},
       {.name = "a multiple of 8",
        .engine = "g gemm x:Half[16x512] w:Half[512x512] -> y:Half[16x512] @1\n"
                  "bindings x y\n",
        .layers = ""},
       {.name = "a small batch is a choice",
        .engine = "g gemm x:Half[7x512] w:Half[512x512] -> y:Half[7x512] @1\n"
                  "bindings x y\n",
        .layers = ""},
       {.name = "many rows: the padding is nothing",
        .engine = "g gemm x:Half[197x512] w:Half[512x512] -> y:Half[197x512] @1\n"
                  "bindings x y\n",
        .layers = ""},
       {.name = "inputs disagree: no batch",
        .engine = "g gemm x:Half[12x512] w:Half[512x512] -> y:Half[12x512] @1\n"
                  "bindings x w y\n",
        .layers = ""},
       {.name = "single precision",
        .engine = "g gemm x:Float[12x512] w:Float[512x512] -> y:Float[12x512] @1\n"
                  "bindings x y\n",
        .layers = ""},
       // 12 x 4096 x 4096 x 2 = 0.4 GFLOP against 34 MB of weights: memory sets the time.
       {.name = "no claim where memory sets the time",
        .engine = "g gemm x:Half[12x4096] w:Half[4096x4096] -> y:Half[12x4096] @1\n"
                  "bindings x y\n",
        .layers = "g",
        .change = test::put_on_gpu}});
}

}  // namespace
}  // namespace trex::lint::odd_batch_test

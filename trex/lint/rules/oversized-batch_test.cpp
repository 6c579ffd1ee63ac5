// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/lint_messages.hpp"
#include "trex/lint/rules/test_gpu.hpp"

namespace trex::lint::oversized_batch_test {
namespace {

using test::messages;
using test::Messages;

TEST(OversizedBatch, FindsBatchesPastTheIndexRange) {
  EXPECT_EQ(messages("oversized-batch",
                     engine_text("c Convolution x:Half[65537x8x2x2] -> y:Half[65537x8x2x2]\n")),
            Messages{"1 layer with a batch of up to 65537, 'c' first"});
}

TEST(OversizedBatch, LeavesSmallBatchesAndRowsAlone) {
  EXPECT_TRUE(
      messages("oversized-batch",
               engine_text("c Convolution x:Half[65536x8x2x2] -> y:Half[65536x8x2x2]\n"
                           "g MatrixMultiply a:Half[100000x64] b:Half[64x64] -> o:Half[100000x64]\n"
                           "p Pooling z:Half[65537x8x2x2] -> w:Half[65537x8x1x1]\n"
                           "d Convolution u:Half[-1x8x2x2] -> v:Half[-1x8x2x2]\n"))
          .empty());
}

}  // namespace
}  // namespace trex::lint::oversized_batch_test

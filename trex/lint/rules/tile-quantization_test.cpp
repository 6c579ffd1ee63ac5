// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/lint_messages.hpp"
#include "trex/lint/rules/test_gpu.hpp"

namespace trex::lint::tile_quantization_test {
namespace {

using test::convolution_of;
using test::findings;
using test::messages;
using test::Messages;
using test::on_gpu;

TEST(TileQuantization, FindsTilesThatHangOver) {
  // 780 x 780 in 4 x 4 tiles of 256 x 256: (780 / 1024)^2 = 58.0 %.
  const auto found = findings("tile-quantization", convolution_of(780, 780, "256x256"));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(
      found[0].message,
      "'c' computes an output of 780 x 780 in tiles of 256 x 256: at most 58.0 % of their area "
      "is output");
  EXPECT_NEAR(*found[0].recoverable_ms, 1 - 780.0 * 780 / (1024.0 * 1024), 1e-12);
}

TEST(TileQuantization, LeavesMemoryBoundLayersAlone) {
  // 1100 x 65: 48.5 % of nine tiles, but 9 MB of input are slower than 0.6 GFLOP.
  EXPECT_TRUE(messages("tile-quantization", convolution_of(1100, 65, "128x128")).empty());
}

TEST(TileQuantization, LeavesGoodFitsAlone) {
  EXPECT_TRUE(messages("tile-quantization", convolution_of(1152, 128, "128x128")).empty());
  // 64x256 one way fills 100 % of its tiles, the other way 25 %.
  EXPECT_TRUE(messages("tile-quantization", convolution_of(2048, 64, "64x256")).empty());
  EXPECT_TRUE(messages("tile-quantization",
                       on_gpu("p Pooling x:Half[1x65x100x100] -> y:Half[1x65x50x50] @1"))
                  .empty());
}

}  // namespace
}  // namespace trex::lint::tile_quantization_test

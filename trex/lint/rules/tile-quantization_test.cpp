// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/lint_messages.hpp"
#include "trex/lint/rules/test_gpu.hpp"

namespace trex::lint {
namespace {

using test::findings;
using test::messages;
using test::Messages;
using test::on_gpu;

// A square convolution 1x1 of n outputs over `rows` positions, compute-bound with K = 4096.
Engine convolution_of(int rows, int n, const char* tile, const char* more = "") {
  return on_gpu(fmt::format(
      "c Convolution x:fp16:hwc8[1x4096x{0}x1] -> y:fp16:hwc8[1x{1}x{0}x1] kernel=1x1 stride=1x1 "
      "maps={1} weights=Half*{2} tactic=ampere_fp16_s16816gemm_fp16_{3}_ldg8_{4}nhwc_tn @1",
      rows, n, std::int64_t{4096} * n, tile, more));
}

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
}  // namespace trex::lint

// Facts of a tactic, spread over the layers that run it.

// SPDX-License-Identifier: Apache-2.0

#include "trex/analyze/tactics.hpp"

#include <gtest/gtest.h>

#include "trex/analyze/test_engines.hpp"

namespace trex {
namespace {

TEST(TacticsTable, HasARowForEachLayer) {
  const char* tiled =
      "sm80_xmma_gemm_f16f16_f16f16_f16_nn_n_tilesize128x64x32_stage3_warpsize2x2x1_tensor16x8x16";
  std::vector<RawLayer> layers;
  for (const char* tactic : {tiled, "", tiled}) {
    layers.push_back(test::layer_of("l", "gemm", "", {}, {}));
    layers.back().tactic = tactic;
    layers.back().has_tactic = true;
  }
  layers.push_back(test::layer_of("l", "gemm", "", {}, {}));  // no tactic key at all
  const Table table = tactics_table(test::engine_of(layers));
  ASSERT_EQ(table.row_count(), 4u);
  for (const Row row : {0u, 2u}) {
    EXPECT_EQ(table[tactics::architecture][row], "sm80");
    EXPECT_EQ(table[tactics::tile_m][row], 128);
    EXPECT_EQ(table[tactics::tile_n][row], 64);
    EXPECT_EQ(table[tactics::tile_k][row], 32);
    EXPECT_EQ(table[tactics::stages][row], 3);
    EXPECT_EQ(table[tactics::tensor_core][row], "yes");
    EXPECT_FALSE(table[tactics::tensor_core_rule].is_null(row));
  }
  for (const Row row : {1u, 3u}) {
    EXPECT_FALSE(table[tactics::tile_m][row]);
    EXPECT_TRUE(table[tactics::tensor_core].is_null(row));
    EXPECT_TRUE(table[tactics::base_name].is_null(row));
  }
}

TEST(TacticsTable, OfNoLayersIsEmpty) {
  EXPECT_EQ(tactics_table(test::engine_of({})).row_count(), 0u);
}

}  // namespace
}  // namespace trex

// Fused attention by the shapes of Q, K and V, counted by hand.

// SPDX-License-Identifier: Apache-2.0

#include "trex/analyze/shape_cases.hpp"

namespace trex {
namespace {

using test::expect_work;
using test::layer_from;
using test::ShapeCase;
using test::unknown;

TEST(AttentionWork, CountsByTheShapes) {
  const char* unclear = "its shapes do not tell heads from positions";
  const char* no_qkv = "its shapes are not those of Q, K and V";
  const char* not_packed = "its input and output are not packed Q, K, V and their result";
  const ShapeCase cases[] = {
      {"6 heads, K transposed: 6 x 1370 x 1370 x 128",
       {{6, 1370, 64}, {6, 64, 1370}, {6, 1370, 64}},
       {6, 1370, 64},
       1441459200,
       1370,
       1370,
       64,
       12,
       "Q K^T and P V: heads x S x S_kv x (D + D_v)"},
      {"one new position, 32 heads to 8: 32 x 2048 x 256",
       {{1, 32, 1, 128}, {1, 8, 2048, 128}, {1, 8, 2048, 128}},
       {1, 32, 1, 128},
       16777216,
       1,
       2048,
       128,
       64},
      {"with a mask",
       {{4, 16, 64}, {4, 16, 64}, {4, 16, 64}, {4, 16, 16}},
       {4, 16, 64},
       131072,
       16,
       16,
       64,
       8},
      // 4 x 16 x 16 x (64 + 128); its two multiplies differ in size
      {"wider V",
       {{4, 16, 64}, {4, 16, 64}, {4, 16, 128}},
       {4, 16, 128},
       196608,
       unknown,
       unknown,
       unknown,
       unknown},
      {"[B, H, S, D] told by the output",
       {{1, 6, 1370, 64}, {1, 6, 1370, 64}, {1, 6, 1370, 64}},
       {1, 1370, 384},
       1441459200,
       1370,
       1370,
       64,
       12,
       "Q K^T and P V; the output tells the positions"},
      {"[B, S, H, D] told by the output",
       {{1, 1370, 6, 64}, {1, 1370, 6, 64}, {1, 1370, 6, 64}},
       {1, 1370, 384},
       1441459200,
       1370,
       1370,
       64,
       12},
      {"heads or positions",
       {{1, 6, 1370, 64}, {1, 6, 1370, 64}, {1, 6, 1370, 64}},
       {1, 6, 1370, 64},
       unknown,
       unknown,
       unknown,
       unknown,
       unknown,
       unclear},
      // 2 x 2 x 128 x 128 x 768
      {"packed Q, K, V",
       {{2, 128, 2304}},
       {2, 128, 768},
       50331648,
       unknown,
       unknown,
       unknown,
       unknown,
       "packed Q, K, V: 2 x batch x S x S x E"},
      {"other heads for V",
       {{4, 16, 64}, {4, 16, 64}, {3, 16, 64}},
       {4, 16, 64},
       unknown,
       unknown,
       unknown,
       unknown,
       unknown,
       no_qkv},
      {"an output of another size",
       {{4, 16, 64}, {4, 16, 64}, {4, 16, 64}},
       {4, 16, 32},
       unknown,
       unknown,
       unknown,
       unknown,
       unknown,
       no_qkv},
      {"two inputs",
       {{4, 16, 64}, {4, 16, 64}},
       {4, 16, 64},
       unknown,
       unknown,
       unknown,
       unknown,
       unknown,
       not_packed},
      {"dynamic positions",
       {{4, -1, 64}, {4, -1, 64}, {4, -1, 64}},
       {4, -1, 64},
       unknown,
       unknown,
       unknown,
       unknown,
       unknown,
       "its dimensions are dynamic or not stated"},
      {"scalars", {{}, {}, {}}, {}, unknown, unknown, unknown, unknown, unknown, not_packed},
  };
  for (const ShapeCase& c : cases) {
    SCOPED_TRACE(c.what);
    std::vector<std::string> names;
    RawLayer layer = layer_from(c, "kgen", "", names);
    layer.tactic = "_gemm_mha_v2_0x105840ad0b92364668f5695c0ef70621";
    layer.has_tactic = true;
    expect_work(work_table(test::engine_of({layer})), c, "attention");
  }
}

TEST(AttentionWork, IsNotMeantByAModuleOfThatName) {
  const ShapeCase c{"", {{4, 8}, {8, 2}}, {4, 2}};
  std::vector<std::string> names;
  RawLayer layer = layer_from(c, "kgen", "", names);
  layer.name = "/encoder/mha/Add_myl1_3";
  EXPECT_TRUE(work_table(test::engine_of({layer}))[work::kind].is_null(0));
  layer.name = "_gemm_mha_v2_myl2_2";
  EXPECT_EQ(work_table(test::engine_of({layer}))[work::kind][0], "attention");
}

}  // namespace
}  // namespace trex

// Matrix multiplies by the shapes of their tensors, counted by hand.

// SPDX-License-Identifier: Apache-2.0

#include "trex/analyze/shape_cases.hpp"

namespace trex {
namespace {

using test::expect_work;
using test::layer_from;
using test::ShapeCase;
using test::unknown;

constexpr const char* no_fit = "input and output shapes fit no matrix multiply";

TEST(GemmWork, CountsByTheShapes) {
  const std::int64_t huge = std::int64_t{1} << 31;
  const ShapeCase cases[] = {
      {"two operands, alpha, beta, C: 9216 x 4096",
       {{1, 9216}, {9216, 4096}, {1}, {1}, {1, 4096}},
       {1, 4096},
       37748736,
       1,
       4096,
       9216,
       1,
       "A x B, B shared by the batch"},
      {"Q x K^T of 6 heads: 6 x 1370 x 1370 x 64",
       {{6, 1370, 64}, {6, 64, 1370}},
       {6, 1370, 1370},
       720729600,
       1370,
       1370,
       64,
       6,
       "A x B, by batch"},
      {"P x V of 6 heads",
       {{6, 1370, 1370}, {6, 1370, 64}},
       {6, 1370, 64},
       720729600,
       1370,
       64,
       1370,
       6},
      {"B transposed: 4 x 10 x 20 x 32",
       {{4, 10, 32}, {4, 20, 32}},
       {4, 10, 20},
       25600,
       10,
       20,
       32,
       4},
      {"both transposed", {{32, 10}, {20, 32}}, {10, 20}, 6400, 10, 20, 32, 1},
      {"B before A", {{32, 20}, {10, 32}}, {10, 20}, 6400, 10, 20, 32, 1},
      {"B shared by a batch of 8: 8 x 128 rows",
       {{8, 128, 64}, {64, 256}},
       {8, 128, 256},
       16777216,
       1024,
       256,
       64,
       1},
      {"grouped queries, 32 heads to 8: 32 x 2048 x 128",
       {{32, 1, 128}, {8, 2048, 128}},
       {32, 1, 2048},
       8388608,
       1,
       2048,
       128,
       32},
      {"broadcast over the outer batch: 24 x 64 x 64 x 32",
       {{2, 12, 64, 32}, {1, 12, 32, 64}},
       {2, 12, 64, 64},
       3145728,
       64,
       64,
       32,
       24},
      {"fused Q, K and V, weights listed: 1370 x 1152 x 384",
       {{1, 1370, 384}, {384, 1152}},
       {3, 1370, 384},
       606044160,
       1370,
       1152,
       384,
       1,
       "A x B by volumes: the output is viewed otherwise"},
      {"fused Q, K and V, weights not listed",
       {{1, 1370, 384}},
       {3, 1370, 384},
       606044160,
       1370,
       1152,
       384,
       1,
       "weights not listed: K is the input's last dimension, N the output per row"},
      {"into heads: 1370 x 384 x 384",
       {{1, 1370, 384}},
       {1, 1370, 6, 64},
       202014720,
       1370,
       384,
       384,
       1},
      {"an axis of 1 more in the output",
       {{1, 1370, 384}},
       {1, 1370, 1, 384},
       202014720,
       1370,
       384,
       384,
       1},
      {"with a residual input: 1370 x 384 x 1536",
       {{1, 1370, 1536}, {1, 1370, 384}},
       {1, 1370, 384},
       808058880,
       1370,
       384,
       1536,
       1},
      {"one row with a residual input",
       {{1, 1, 4096}, {1, 1, 4096}},
       {1, 1, 4096},
       16777216,
       1,
       4096,
       4096,
       1},
      {"with bias and scale", {{16, 32}, {64}, {1}}, {16, 64}, 32768, 16, 64, 32, 1},
      {"weights on the left, a 1x1 convolution: 3136 x 64 x 256",
       {{1, 256, 3136}},
       {1, 64, 3136},
       51380224,
       3136,
       64,
       256,
       1},
      {"a vector: 5 x 7", {{5}}, {7}, 35, 1, 7, 5, 1},
      {"weights as a constant of 11.x: 10 x 64 x 32",
       {{1, 10, 32}},
       {1, 10, 64},
       20480,
       10,
       64,
       32,
       1,
       "A x B, B shared by the batch",
       {{32, 64}}},
      {"no common depth", {{2, 3}}, {7, 5}, unknown, unknown, unknown, unknown, unknown, no_fit},
      {"a second input of unclear role",
       {{1, 10, 32}, {5, 7, 3}},
       {1, 10, 64},
       unknown,
       unknown,
       unknown,
       unknown,
       unknown,
       "its operands do not multiply to its output"},
      {"dynamic rows",
       {{-1, 384}, {384, 10}},
       {-1, 10},
       unknown,
       unknown,
       unknown,
       unknown,
       unknown,
       "its dimensions are dynamic or not stated"},
      {"scalars",
       {{}},
       {},
       unknown,
       unknown,
       unknown,
       unknown,
       unknown,
       "its operands are scalars"},
      {"past 64 bits",
       {{huge, huge}, {huge, huge}},
       {huge, huge},
       unknown,
       unknown,
       unknown,
       unknown,
       unknown,
       "sizes overflow"},
      {"empty", {{1, 0, 32}}, {1, 0, 64}, unknown, unknown, unknown, unknown, unknown, no_fit},
  };
  for (const ShapeCase& c : cases) {
    SCOPED_TRACE(c.what);
    std::vector<std::string> names;
    expect_work(work_table(test::engine_of({layer_from(c, "gemm", "", names)})), c, "gemm");
  }
}

TEST(GemmWork, AppliesToEveryTypeThatMultipliesMatrices) {
  const ShapeCase c{"", {{4, 8}, {8, 2}}, {4, 2}, 64, 4, 2, 8, 1};
  struct TypeCase {
    const char* layer_type;
    const char* parameter_type;
    const char* tactic;
    bool counts;
  };
  const TypeCase types[] = {
      {"gemm", "", "", true},
      {"CaskGemmMatrixMultiply", "MatrixMultiply", "", true},
      {"MatrixMultiply", "", "", true},
      {"fusion", "", "sm80_xmma_gemm_f16f16_f16f16_f16_nn_n_tilesize128x128x32", true},
      {"kgen", "", "sm90_gemm_x", true},
      {"fusion", "", "__myl_MulAdd", false},
      {"kgen", "", "", false},
      {"PointWiseV2", "PointWise", "", false},
      {"NoOp", "", "", false},
  };
  for (const TypeCase& t : types) {
    SCOPED_TRACE(std::string(t.layer_type) + " " + t.tactic);
    std::vector<std::string> names;
    RawLayer layer = layer_from(c, t.layer_type, t.parameter_type, names);
    layer.tactic = t.tactic;
    layer.has_tactic = true;
    const Table work = work_table(test::engine_of({layer}));
    EXPECT_EQ(work[work::macs][0].value_or(unknown), t.counts ? 64 : unknown);
    EXPECT_EQ(work[work::kind].is_null(0), !t.counts);
  }
}

TEST(GemmWork, OfAFullyConnectedLayer) {
  // 8 x 1000 x (512 x 7 x 7 = 25088)
  const ShapeCase c{"", {{8, 512, 7, 7}}, {8, 1000, 1, 1}, 200704000, 8, 1000, 25088, 1};
  struct WeightsCase {
    std::int64_t weights;
    std::int64_t macs;
  };
  for (const WeightsCase& w : {WeightsCase{25088000, 200704000}, WeightsCase{0, 200704000},
                               WeightsCase{512000, unknown}}) {
    SCOPED_TRACE(w.weights);
    std::vector<std::string> names;
    RawLayer layer = layer_from(c, "CaskFullyConnected", "FullyConnected", names);
    if (w.weights > 0) layer.weights.push_back({"Weights", "Half", w.weights});
    const Table work = work_table(test::engine_of({layer}));
    EXPECT_EQ(work[work::macs][0].value_or(unknown), w.macs);
  }
}

TEST(GemmWork, IsUnknownWhereTheWeightsContradictTheShapes) {
  const ShapeCase c{"", {{1, 10, 32}}, {1, 10, 64}};
  std::vector<std::string> names;
  RawLayer layer = layer_from(c, "gemm", "", names);
  layer.weights.push_back({"Weights", "Half", 2047});  // 32 x 64 = 2048
  const Table work = work_table(test::engine_of({layer}));
  EXPECT_FALSE(work[work::macs][0]);
  EXPECT_EQ(work[work::reason][0], "the number of weights is not K x N of the shapes");
}

}  // namespace
}  // namespace trex

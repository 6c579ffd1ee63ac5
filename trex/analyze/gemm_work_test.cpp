// Matrix multiplies and attention by the shapes of their tensors, counted by hand; bytes and rates.

// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include "trex/analyze/test_engines.hpp"
#include "trex/analyze/work.hpp"

namespace trex {
namespace {

using test::Shape;

constexpr std::int64_t unknown = null_integer;

struct Case {
  const char* what;
  std::vector<Shape> inputs;
  Shape output;
  std::int64_t macs = unknown, m = unknown, n = unknown, k = unknown, count = unknown;
  const char* reason = nullptr;
  std::vector<Shape> constants = {};
};

RawLayer layer_from(const Case& c, const char* layer_type, const char* parameter_type,
                    std::vector<std::string>& names) {
  RawLayer layer = test::layer_of("l", layer_type, parameter_type, {}, {});
  names.reserve(64);
  const auto name = [&] {
    return std::string_view(names.emplace_back(std::to_string(names.size())));
  };
  for (const Shape& shape : c.inputs) layer.inputs.push_back(test::tensor_of(name(), shape));
  for (const Shape& shape : c.constants) layer.constants.push_back(test::tensor_of(name(), shape));
  layer.outputs.push_back(test::tensor_of("out", c.output));
  return layer;
}

void expect_work(const Table& work, const Case& c, const char* kind) {
  EXPECT_EQ(work[work::kind][0], kind);
  EXPECT_EQ(work[work::macs][0].value_or(unknown), c.macs);
  EXPECT_EQ(work[work::m][0].value_or(unknown), c.m);
  EXPECT_EQ(work[work::n][0].value_or(unknown), c.n);
  EXPECT_EQ(work[work::k][0].value_or(unknown), c.k);
  EXPECT_EQ(work[work::gemm_count][0].value_or(unknown), c.count);
  if (c.reason != nullptr) {
    EXPECT_EQ(work[work::reason][0], c.reason);
  }
}

constexpr const char* no_fit = "input and output shapes fit no matrix multiply";

TEST(GemmWork, CountsByTheShapes) {
  const std::int64_t huge = std::int64_t{1} << 31;
  const Case cases[] = {
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
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    std::vector<std::string> names;
    expect_work(work_table(test::engine_of({layer_from(c, "gemm", "", names)})), c, "gemm");
  }
}

TEST(GemmWork, AppliesToEveryTypeThatMultipliesMatrices) {
  const Case c{"", {{4, 8}, {8, 2}}, {4, 2}, 64, 4, 2, 8, 1};
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
  const Case c{"", {{8, 512, 7, 7}}, {8, 1000, 1, 1}, 200704000, 8, 1000, 25088, 1};
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
  const Case c{"", {{1, 10, 32}}, {1, 10, 64}};
  std::vector<std::string> names;
  RawLayer layer = layer_from(c, "gemm", "", names);
  layer.weights.push_back({"Weights", "Half", 2047});  // 32 x 64 = 2048
  const Table work = work_table(test::engine_of({layer}));
  EXPECT_FALSE(work[work::macs][0]);
  EXPECT_EQ(work[work::reason][0], "the number of weights is not K x N of the shapes");
}

TEST(AttentionWork, CountsByTheShapes) {
  const char* unclear = "its shapes do not tell heads from positions";
  const char* no_qkv = "its shapes are not those of Q, K and V";
  const char* not_packed = "its input and output are not packed Q, K, V and their result";
  const Case cases[] = {
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
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    std::vector<std::string> names;
    RawLayer layer = layer_from(c, "kgen", "", names);
    layer.tactic = "_gemm_mha_v2_0x105840ad0b92364668f5695c0ef70621";
    layer.has_tactic = true;
    expect_work(work_table(test::engine_of({layer})), c, "attention");
  }
}

TEST(AttentionWork, IsNotMeantByAModuleOfThatName) {
  const Case c{"", {{4, 8}, {8, 2}}, {4, 2}};
  std::vector<std::string> names;
  RawLayer layer = layer_from(c, "kgen", "", names);
  layer.name = "/encoder/mha/Add_myl1_3";
  EXPECT_TRUE(work_table(test::engine_of({layer}))[work::kind].is_null(0));
  layer.name = "_gemm_mha_v2_myl2_2";
  EXPECT_EQ(work_table(test::engine_of({layer}))[work::kind][0], "attention");
}

TEST(WorkRates, FollowFromWorkBytesAndTime) {
  // 4 x 8 x 2 = 64 MACs, 128 FLOPs; FP16: 2 x (32 + 16 + 8) = 112 bytes
  const Case c{"", {{4, 8}, {8, 2}}, {4, 2}};
  std::vector<std::string> names;
  Engine engine = test::engine_of({layer_from(c, "gemm", "", names)});
  struct TimeCase {
    double time_ms, tflops, gbps;
  };
  // 128 FLOP / 2e-6 s = 64e6 FLOP/s; 112 B / 2e-6 s = 56e6 B/s
  for (const TimeCase& t :
       {TimeCase{0.002, 6.4e-5, 0.056}, TimeCase{0, null_real, null_real},
        TimeCase{null_real, null_real, null_real}, TimeCase{-1, null_real, null_real}}) {
    SCOPED_TRACE(t.time_ms);
    engine.layers.add(layer::time_ms, std::vector<double>{t.time_ms});
    const Table work = work_table(engine);
    EXPECT_EQ(work[work::flops][0], 128);
    EXPECT_EQ(work[work::bytes_moved][0], 112);
    EXPECT_DOUBLE_EQ(*work[work::intensity][0], 128.0 / 112);
    EXPECT_EQ(work[work::tflops][0].has_value(), !std::isnan(t.tflops));
    EXPECT_EQ(work[work::gbps][0].has_value(), !std::isnan(t.gbps));
    if (!std::isnan(t.tflops)) {
      EXPECT_DOUBLE_EQ(*work[work::tflops][0], t.tflops);
      EXPECT_DOUBLE_EQ(*work[work::gbps][0], t.gbps);
    }
  }
}

TEST(WorkBytes, HoldTheWeightsOfAGemmThatDoesNotListThem) {
  // in 10 x 32 and out 10 x 64 in FP16: 1920 bytes; weights 32 x 64 x 2 = 4096
  const Case c{"", {{10, 32}}, {10, 64}};
  struct BytesCase {
    const char* tactic;
    std::int64_t bytes;
  };
  for (const BytesCase& b :
       {BytesCase{"sm80_xmma_gemm_f16f16_f16f16_f16_nn_n_tilesize128x128x32", 1920 + 4096},
        BytesCase{"_gemm_mha_v2", unknown}}) {
    SCOPED_TRACE(b.tactic);
    std::vector<std::string> names;
    RawLayer layer = layer_from(c, "fusion", "", names);
    layer.tactic = b.tactic;
    layer.has_tactic = true;
    EXPECT_EQ(work_table(test::engine_of({layer}))[work::bytes_moved][0].value_or(unknown),
              b.bytes);
  }
}

TEST(WorkBytes, OfAGeneratedKernelAreItsInputsAndOutputs) {
  const Case c{"", {{10, 32}, {32}}, {10, 32}};  // 2 x (320 + 32 + 320)
  std::vector<std::string> names;
  EXPECT_EQ(work_table(test::engine_of({layer_from(c, "kgen", "", names)}))[work::bytes_moved][0],
            1344);
  EXPECT_FALSE(
      work_table(test::engine_of({layer_from(c, "PluginV2", "", names)}))[work::bytes_moved][0]);
}

}  // namespace
}  // namespace trex

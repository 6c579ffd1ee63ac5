// Bytes and rates that follow from a layer's work.

// SPDX-License-Identifier: Apache-2.0

#include "trex/analyze/shape_cases.hpp"

namespace trex {
namespace {

using test::layer_from;
using test::ShapeCase;
using test::unknown;

TEST(WorkRates, FollowFromWorkBytesAndTime) {
  // 4 x 8 x 2 = 64 MACs, 128 FLOPs; FP16: 2 x (32 + 16 + 8) = 112 bytes
  const ShapeCase c{"", {{4, 8}, {8, 2}}, {4, 2}};
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
  const ShapeCase c{"", {{10, 32}}, {10, 64}};
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
  const ShapeCase c{"", {{10, 32}, {32}}, {10, 32}};  // 2 x (320 + 32 + 320)
  std::vector<std::string> names;
  EXPECT_EQ(work_table(test::engine_of({layer_from(c, "kgen", "", names)}))[work::bytes_moved][0],
            1344);
  EXPECT_FALSE(
      work_table(test::engine_of({layer_from(c, "PluginV2", "", names)}))[work::bytes_moved][0]);
}

}  // namespace
}  // namespace trex

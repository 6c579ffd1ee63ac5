// Every analysis on engines whose dimensions, attributes and counts are nonsense: nothing crashes,
// and whatever is called known agrees with itself.

// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include <random>

#include "trex/analyze/memory.hpp"
#include "trex/analyze/roofline.hpp"
#include "trex/analyze/summary.hpp"
#include "trex/analyze/tactics.hpp"
#include "trex/analyze/test_engines.hpp"
#include "trex/analyze/work.hpp"

namespace trex {
namespace {

class Nonsense {
 public:
  explicit Nonsense(std::uint32_t seed) : random_(seed) {}

  Engine engine() {
    std::vector<RawLayer> layers;
    const std::size_t count = below(12);
    for (std::size_t i = 0; i < count; ++i) layers.push_back(layer());
    return test::engine_of(layers, {test::binding_of("a"), test::binding_of("d")});
  }

 private:
  std::size_t below(std::size_t end) { return random_() % end; }

  template <class T, std::size_t N>
  T any_of(const T (&values)[N]) {
    return values[below(N)];
  }

  std::int64_t size() {
    return any_of<std::int64_t>({-1, 0, 1, 1, 2, 3, 4, 6, 8, 64, 64, std::int64_t{1} << 31,
                                 std::int64_t{1} << 62, INT64_MAX, INT64_MIN + 1});
  }

  RawTensor tensor() {
    test::Shape shape(below(6));
    for (std::int64_t& dim : shape) dim = size();
    RawTensor result = test::tensor_of(
        any_of<const char*>({"a", "b", "c", "d"}), shape,
        any_of<const char*>({"Half", "Row major linear FP32", "", "N/A due to dynamic shapes",
                             "Thirty-two wide channel vectorized row major Int8 format"}));
    result.dims_known = below(8) != 0;
    return result;
  }

  SmallDims small() {
    SmallDims dims;
    dims.rank = static_cast<std::uint8_t>(below(4));
    for (auto& value : dims.values) {
      value = any_of<std::int32_t>({0, 1, 1, 2, 3, -1, INT32_MAX, INT32_MIN});
    }
    return dims;
  }

  RawLayer layer() {
    RawLayer result = test::layer_of(
        "l", any_of<const char*>({"CaskConvolution", "gemm", "kgen", "fusion", "NoOp", "Constant"}),
        any_of<const char*>({"", "Convolution", "MatrixMultiply", "FullyConnected", "ConvActPool"}),
        {}, {});
    result.tactic = any_of<const char*>({"", "_gemm_mha_v2_0x1", "sm80_xmma_gemm_f16f16_f16f16"});
    result.has_tactic = true;
    for (auto* tensors : {&result.inputs, &result.outputs, &result.constants}) {
      for (std::size_t n = below(4); n > 0; --n) tensors->push_back(tensor());
    }
    if (below(2) == 0) result.weights.push_back({"Weights", "Half", size()});
    if (below(2) == 0) {
      result.has_convolution = true;
      auto& c = result.convolution;
      for (auto* dims : {&c.kernel, &c.stride, &c.dilation, &c.pre_padding, &c.post_padding}) {
        *dims = small();
      }
      c.out_maps = size();
      c.groups = size();
      c.transposed = below(2) == 0;
    }
    return result;
  }

  std::mt19937 random_;
};

void expect_sound(const Engine& engine) {
  const Table work = work_table(engine);
  Device device;
  device.compute_capability = 80;
  device.sms = 108;
  device.clock_mhz = 1410;
  device.bandwidth_gbps = 1555;
  const Table roofline = roofline_table(engine, work, device);
  const std::size_t rows = engine.layer_count();
  EXPECT_EQ(work.row_count(), rows);
  EXPECT_EQ(roofline.row_count(), rows);
  EXPECT_EQ(tactics_table(engine).row_count(), rows);
  for (Row row = 0; row < rows; ++row) {
    const auto macs = work[work::macs][row];
    EXPECT_TRUE(!macs || *macs >= 0);
    if (const auto m = work[work::m][row]) {
      EXPECT_EQ(*m * *work[work::n][row] * *work[work::k][row] * *work[work::gemm_count][row],
                macs);
    }
    EXPECT_TRUE(!work[work::kind].is_null(row) || !macs);
  }
  const ActivationMemory memory = activation_memory(engine);
  EXPECT_EQ(memory.steps.row_count(), rows);
  if (memory.peak_bytes && memory.total_bytes) {
    EXPECT_LE(*memory.peak_bytes, *memory.total_bytes);
  }
  EXPECT_LE(totals(engine, memory).layer_count, static_cast<std::int64_t>(rows));
  for (const char* column : {"type", "precision", "tactic_base"}) breakdown(engine, column);
  breakdown_by_scope(engine, 2);
}

TEST(DamagedEngines, GiveUnknownsAndNoCrash) {
  for (std::uint32_t seed = 0; seed < 500; ++seed) {
    SCOPED_TRACE(seed);
    expect_sound(Nonsense(seed).engine());
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace trex

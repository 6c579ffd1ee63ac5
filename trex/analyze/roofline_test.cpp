// The floor of a layer from its FLOPs and bytes, on a GPU of known peaks.

// SPDX-License-Identifier: Apache-2.0

#include "trex/analyze/roofline.hpp"

#include <gtest/gtest.h>

#include "trex/analyze/test_engines.hpp"
#include "trex/analyze/work.hpp"

namespace trex {
namespace {

// A GPU whose peaks are whatever the rate table says, at a bandwidth of 1000 GB/s.
Device a100() {
  Device device;
  device.name = "test";
  device.compute_capability = 80;
  device.sms = 108;
  device.clock_mhz = 1410;
  device.bandwidth_gbps = 1000;
  return device;
}

// One layer with the given facts.
struct Facts {
  const char* what;
  std::int64_t flops, bytes;
  const char* precision;
  double time_ms;
  const char* kind = "gemm";
};

Table roofline_of(const Facts& f, const Device& device) {
  Engine engine = test::engine_of({test::layer_of("l", "gemm", "", {}, {})});
  engine.layers.add(layer::time_ms, std::vector<double>{f.time_ms});
  engine.layers.add(layer::precision, std::vector<std::string>{f.precision});
  Table work(engine.strings);
  work.add(work::kind,
           std::vector<StringId>{*f.kind == '\0' ? null_string : engine.strings->intern(f.kind)});
  work.add(work::flops, std::vector<std::int64_t>{f.flops});
  work.add(work::bytes_moved, std::vector<std::int64_t>{f.bytes});
  return roofline_table(engine, work, device);
}

TEST(Roofline, IsTheSlowerOfMathAndTraffic) {
  constexpr std::int64_t none = null_integer;
  constexpr double nan = null_real;
  // A100: 108 SMs x 1.41 GHz x 2048 FLOP per clock and SM (FP16 Tensor Core) = 311.87 TFLOP/s.
  constexpr double peak = 108 * 1.41e9 * 2048 / 1e12;
  struct Expected {
    double floor_ms, efficiency, recoverable_ms;
    const char* bound;
  };
  const std::pair<Facts, Expected> cases[] = {
      {{"traffic: 1e6 B at 1000 GB/s = 0.001 ms", 1000, 1000000, "FP16", 0.004},
       {0.001, 0.25, 0.003, "memory"}},
      {{"math: 1e12 FLOP", 1000000000000, 1000000, "FP16", 10},
       {1000 / peak, 100 / peak, 10 - 1000 / peak, "compute"}},
      {{"no countable work: the traffic alone", none, 2000000, "FP16", 0.004, ""},
       {0.002, 0.5, 0.002, "memory"}},
      {{"faster than DRAM: nothing to recover", 1000, 1000000, "FP16", 0.0005},
       {0.001, 2, 0, "memory"}},
      {{"no time", 1000, 1000000, "FP16", nan}, {0.001, nan, nan, "memory"}},
      {{"a time of zero", 1000, 1000000, "FP16", 0}, {0.001, nan, nan, "memory"}},
      {{"work that could not be counted", none, 1000000, "FP16", 0.004}, {nan, nan, nan, ""}},
      {{"unknown bytes", 1000, none, "FP16", 0.004}, {nan, nan, nan, ""}},
      {{"no bytes at all", none, 0, "FP16", 0.004, ""}, {nan, nan, nan, ""}},
      {{"unknown precision", 1000, 1000000, "", 0.004}, {nan, nan, nan, ""}},
      {{"a precision that this GPU has no peak for", 1000, 1000000, "FP8", 0.004},
       {nan, nan, nan, ""}},
  };
  const auto expect_real = [](std::optional<double> actual, double expected) {
    ASSERT_EQ(actual.has_value(), !std::isnan(expected));
    if (actual) {
      EXPECT_NEAR(*actual, expected, 1e-12 * std::abs(expected));
    }
  };
  for (const auto& [facts, expected] : cases) {
    SCOPED_TRACE(facts.what);
    const Table table = roofline_of(facts, a100());
    expect_real(table[roofline::floor_ms][0], expected.floor_ms);
    expect_real(table[roofline::efficiency][0], expected.efficiency);
    expect_real(table[roofline::recoverable_ms][0], expected.recoverable_ms);
    EXPECT_EQ(table[roofline::bound][0], expected.bound);
  }
}

TEST(Roofline, IsUnknownWithoutADevice) {
  const Table table = roofline_of({"", 1000, 1000000, "FP16", 0.004}, Device{});
  EXPECT_FALSE(table[roofline::floor_ms][0]);
  EXPECT_TRUE(table[roofline::bound].is_null(0));
  EXPECT_FALSE(table[roofline::recoverable_ms][0]);
}

}  // namespace
}  // namespace trex

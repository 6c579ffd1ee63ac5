// Latency, totals, breakdowns and the words that explain a difference.

// SPDX-License-Identifier: Apache-2.0

#include "trex/analyze/summary.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "trex/analyze/test_engines.hpp"
#include "trex/base/error.hpp"

namespace trex {
namespace {

using test::layer_of;
using test::tensor_of;

TEST(TrtexecPercentile, LeavesOutTheSlowestShareRoundedDown) {
  std::vector<double> sorted(8945);
  std::iota(sorted.begin(), sorted.end(), 0.0);
  // left out: int(0.01 x 8945 = 89.45) = 89 -> index 8945 - 1 - 89
  EXPECT_EQ(trtexec_percentile(sorted, 99), 8855);
  EXPECT_EQ(trtexec_percentile(sorted, 100), 8944);
  EXPECT_EQ(trtexec_percentile(sorted, 0), 0);
  const std::vector<double> one = {7};
  EXPECT_EQ(trtexec_percentile(one, 0), 7);
  EXPECT_EQ(trtexec_percentile(one, 99), 7);
  const std::vector<double> ten = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
  EXPECT_EQ(trtexec_percentile(ten, 95), 9);  // int(0.5) = 0 left out
  EXPECT_EQ(trtexec_percentile(ten, 50), 4);
  EXPECT_TRUE(std::isnan(trtexec_percentile({}, 99)));
  EXPECT_TRUE(std::isnan(trtexec_percentile(one, 101)));
  EXPECT_TRUE(std::isnan(trtexec_percentile(one, null_real)));
}

Engine timed(std::vector<double> latencies) {
  Engine engine = test::engine_of({layer_of("l", "A", "", {}, {})});
  engine.timing.add(timing::latency_ms, std::move(latencies));
  return engine;
}

TEST(EndToEnd, ComesFromTheTimingFile) {
  // 1 to 20 in another order, one inference without a latency
  std::vector<double> latencies;
  for (int i = 0; i < 20; ++i) latencies.push_back((i * 7) % 20 + 1);
  latencies.push_back(null_real);
  const EndToEnd result = end_to_end(timed(latencies));
  EXPECT_EQ(result.source, "timing");
  EXPECT_EQ(result.count, 20);
  EXPECT_EQ(result.min, 1);
  EXPECT_EQ(result.max, 20);
  EXPECT_EQ(result.mean, 10.5);
  EXPECT_EQ(result.median, 10.5);
  // left out: int((1 - 0.9) 20) is 1, since 1 - 0.9 is a little less than 0.1 in binary
  EXPECT_EQ(result.p90, 19);
  EXPECT_EQ(result.p95, 19);  // int(0.05 x 20) = 1
  EXPECT_EQ(result.p99, 20);
}

TEST(EndToEnd, OfOneInferenceIsThatInference) {
  const EndToEnd result = end_to_end(timed({0.25}));
  for (const double value :
       {result.min, result.max, result.mean, result.median, result.p90, result.p95, result.p99}) {
    EXPECT_EQ(value, 0.25);
  }
}

TEST(EndToEnd, ComesFromTheLogWithoutATimingFile) {
  Engine engine = timed({});
  LatencySummary latency{"Latency", 1, 9, 3, 2, {{90, 4}, {99, 8}}};
  engine.profile_metadata.latencies = {latency};
  const EndToEnd result = end_to_end(engine);
  EXPECT_EQ(result.source, "log");
  EXPECT_EQ(result.count, std::nullopt);
  EXPECT_EQ(result.min, 1);
  EXPECT_EQ(result.max, 9);
  EXPECT_EQ(result.mean, 3);
  EXPECT_EQ(result.median, 2);
  EXPECT_EQ(result.p90, 4);
  EXPECT_TRUE(std::isnan(result.p95));
  EXPECT_EQ(result.p99, 8);
}

TEST(EndToEnd, IsUnknownWithoutEither) {
  const EndToEnd result = end_to_end(test::engine_of({}));
  EXPECT_EQ(result.source, "");
  EXPECT_TRUE(std::isnan(result.median));
}

// Four layers: two convolutions, one hidden NoOp, one pool.
Engine small_engine() {
  std::vector<RawLayer> layers;
  for (const auto& [name, type] :
       {std::pair("/a/x/Conv", "Convolution"), std::pair("noop", ""),
        std::pair("/a/y/Conv", "Convolution"), std::pair("/b/Pool", "Pooling")}) {
    const bool noop = *type == '\0';
    layers.push_back(layer_of(name, noop ? "NoOp" : "CaskThing", type, {tensor_of("t", {1, 10})},
                              {tensor_of("u", {1, 10})}));
  }
  layers[0].weights.push_back({"Weights", "Float", 25});
  Engine engine = test::engine_of(layers);
  engine.file_layer_count = 4;
  engine.layers.add(layer::time_ms, std::vector<double>{1, 0, 2, 5});
  engine.layers.add(layer::share, std::vector<double>{0.1, 0, 0.2, 0.5});
  engine.profile.present = true;
  engine.profile.rows = 5;
  engine.profile.layer_time_ms = 10;
  return engine;
}

TEST(Totals, AreOfTheWholeEngine) {
  const Totals result = totals(small_engine());
  EXPECT_EQ(result.layer_count, 3);  // without the NoOp
  EXPECT_EQ(result.file_layer_count, 4);
  EXPECT_EQ(result.layer_time_ms, 10);
  EXPECT_EQ(result.weights_bytes, 100);
  EXPECT_FALSE(result.weights_lower_bound);
}

TEST(Totals, WeightsThatNoLayerStatesAreUnknown) {
  // A ReLU has none (0 bytes), a generated kernel does not say.
  const Totals result = totals(test::engine_of(
      {layer_of("relu", "Relu", "Activation", {tensor_of("x", {1, 10})}, {tensor_of("y", {1, 10})}),
       layer_of("__myl_Fc_myl0_1", "gemm", "", {tensor_of("y", {1, 10})},
                {tensor_of("z", {1, 10})})}));
  EXPECT_EQ(result.weights_bytes, std::nullopt);
  EXPECT_TRUE(result.weights_lower_bound);
}

TEST(Totals, WithoutAProfileHaveNoTime) {
  Engine engine = small_engine();
  engine.profile = {};
  EXPECT_EQ(totals(engine).layer_time_ms, std::nullopt);
}

TEST(Breakdown, IsSlowestFirstAndWithoutHiddenLayers) {
  const Table table = breakdown(small_engine(), "type");
  ASSERT_EQ(table.row_count(), 2u);
  EXPECT_EQ(table[layer::type][0], "Pooling");
  EXPECT_EQ(table[group_size][0], 1);
  EXPECT_EQ(table[layer::time_ms][0], 5);
  EXPECT_EQ(table[layer::share][0], 0.5);  // of the 10 ms of all profile rows
  EXPECT_EQ(table[layer::type][1], "Convolution");
  EXPECT_EQ(table[group_size][1], 2);
  EXPECT_EQ(table[layer::time_ms][1], 3);
  EXPECT_EQ(table[layer::io_bytes][1], 80);
  EXPECT_EQ(table[layer::weights_bytes][1], 100);
}

TEST(Breakdown, WithoutAProfileIsByCount) {
  Engine engine = small_engine();
  engine.layers.add(layer::time_ms, std::vector<double>(4, null_real));
  engine.layers.add(layer::share, std::vector<double>(4, null_real));
  const Table table = breakdown(engine, "type");
  EXPECT_EQ(table[layer::type][0], "Convolution");
  EXPECT_FALSE(table[layer::time_ms][0]);
  EXPECT_FALSE(table[layer::share][0]);
}

TEST(Breakdown, ByAnyColumn) {
  const Engine engine = small_engine();
  for (const char* column :
       {"subtype", "precision", "output_precision", "tactic", "tactic_base", "device", "stream"}) {
    SCOPED_TRACE(column);
    const Table table = breakdown(engine, column);
    EXPECT_EQ(total(table[group_size]), 3);
    EXPECT_EQ(total(table[layer::time_ms]), 8);
  }
  EXPECT_THROW(breakdown(engine, "typ"), Error);
}

TEST(BreakdownByScope, CountsALayerInTheCommonScopeOfItsOps) {
  std::vector<RawLayer> layers;
  for (const char* name : {"/m/a/Conv + /m/a/Relu", "/m/b/Conv", "/m/a/c/Conv + /m/ab/Add",
                           "/m/a/Mul + /n/Add", "Conv_3"}) {
    layers.push_back(layer_of(name, "CaskConvolution", "Convolution", {}, {}));
  }
  Engine engine = test::engine_of(layers);
  engine.layers.add(layer::time_ms, std::vector<double>{5, 4, 3, 2, 1});
  const Table table = breakdown_by_scope(engine, 2);
  std::vector<std::string> scopes;
  for (Row row = 0; row < table.row_count(); ++row) {
    scopes.push_back(table.column(0).cell(row) + " " + table.column(1).cell(row));
  }
  // "/m/a" and "/m/ab" share "/m", not "/m/a"; the last two layers share the root
  EXPECT_EQ(scopes, (std::vector<std::string>{"/m/a 1", "/m/b 1", "/m 1", " 2"}));
}

TEST(ExplainDifference, SaysTheFigures) {
  Engine engine = small_engine();
  EndToEnd latency;
  latency.mean = 8;
  EXPECT_EQ(explain_difference(engine, latency),
            "the layers add up to 10 ms, 25 % above the mean latency of 8 ms: the profiler records "
            "an event at every layer, here at most 400.00 us for each of 5");
  latency.mean = 12.5;
  EXPECT_EQ(
      explain_difference(engine, latency),
      "the layers add up to 10 ms, 20 % below the mean latency of 12.5 ms: launch gaps, waits "
      "for the host and work that the profiler does not report are not in the sum");
  engine.timing.add(timing::h2d_ms, std::vector<double>{1, 2});
  engine.timing.add(timing::d2h_ms, std::vector<double>{1, 1});
  EXPECT_EQ(
      explain_difference(engine, latency),
      "the layers add up to 10 ms, 20 % below the mean latency of 12.5 ms: launch gaps, waits "
      "for the host and work that the profiler does not report are not in the sum; 2.5 ms of "
      "the latency (20 %) are copies to and from the device");
  latency.mean = 10.1;
  EXPECT_EQ(explain_difference(engine, latency),
            "the layers add up to 10 ms, the mean latency is 10.1 ms: they agree");
}

TEST(ExplainDifference, NamesSeveralStreams) {
  Engine engine = small_engine();
  engine.layers.add(layer::stream, std::vector<std::int64_t>{0, 1, 1, null_integer});
  EndToEnd latency;
  latency.median = 5;
  EXPECT_EQ(explain_difference(engine, latency),
            "the layers add up to 10 ms, 100 % above the median latency of 5 ms: the profiler "
            "records an event at every layer, here at most 1000.00 us for each of 5; layers on 2 "
            "streams also overlap");
}

TEST(ExplainDifference, IsEmptyWhereEitherIsUnknown) {
  EXPECT_EQ(explain_difference(small_engine(), EndToEnd{}), "");
  Engine engine = small_engine();
  engine.profile.layer_time_ms = null_real;
  EndToEnd latency;
  latency.mean = 1;
  EXPECT_EQ(explain_difference(engine, latency), "");
  engine.profile.layer_time_ms = 0;
  EXPECT_EQ(explain_difference(engine, latency), "");
}

}  // namespace
}  // namespace trex

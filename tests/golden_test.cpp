// Where TREx is right, we say the same: its results on the two MobileNets, figure by figure.
// Where it is wrong: golden_difference_test.cpp.

// SPDX-License-Identifier: Apache-2.0

#include "tests/support/golden.hpp"
#include "trex/analyze/summary.hpp"
#include "trex/analyze/work.hpp"
#include "trex/base/text.hpp"

namespace trex {
namespace {

using test::at;
using test::expect_close;
using test::integer_at;
using test::real_at;
using test::rows_of;
using test::text_at;

class Agreement : public test::GoldenTest {};
INSTANTIATE_TEST_SUITE_P(MobileNets, Agreement, ::testing::Values(0, 1));

TEST_P(Agreement, LayerCountOrderNamesTypesAndTactics) {
  const auto& rows = rows_of(at(trex(), "df"), "rows");
  ASSERT_EQ(shown().size(), rows.size());
  const Table& layers = engine().layers;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row row = shown()[i];
    SCOPED_TRACE(layers[layer::name][row]);
    EXPECT_EQ(layers[layer::index][row], integer_at(rows[i], "_index"));
    EXPECT_EQ(layers[layer::name][row], text_at(rows[i], "Name"));
    EXPECT_EQ(layers[layer::type][row], text_at(rows[i], "type"));
    EXPECT_EQ(layers[layer::subtype][row], text_at(rows[i], "subtype"));
    // TREx writes 'TensorRT' where the file names no tactic.
    const std::string tactic = text_at(rows[i], "tactic");
    EXPECT_EQ(layers[layer::tactic][row], tactic == "TensorRT" ? "" : tactic);
  }
}

TEST_P(Agreement, Precisions) {
  const auto& rows = rows_of(at(trex(), "df"), "rows");
  const Table& layers = engine().layers;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row row = shown()[i];
    SCOPED_TRACE(layers[layer::name][row]);
    EXPECT_EQ(layers[layer::input_precision][row], text_at(rows[i], "precision"));
    EXPECT_EQ(layers[layer::precision][row], text_at(rows[i], "precision"));
    EXPECT_EQ(layers[layer::output_precision][row], text_at(rows[i], "output_precision"));
  }
}

TEST_P(Agreement, Latencies) {
  const auto& rows = rows_of(at(trex(), "df"), "rows");
  const Table& layers = engine().layers;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row row = shown()[i];
    SCOPED_TRACE(layers[layer::name][row]);
    expect_close(layers[layer::time_ms][row].value(), real_at(rows[i], "latency.avg_time"));
    expect_close(layers[layer::median_ms][row].value(), real_at(rows[i], "latency.median_time"));
    expect_close(layers[layer::total_ms][row].value(), real_at(rows[i], "latency.time"));
    // TREx repeats the file's percentage, which has 6 digits.
    expect_close(layers[layer::share][row].value(), real_at(rows[i], "latency.pct_time") / 100,
                 1e-5);
  }
}

TEST_P(Agreement, Tensors) {
  const auto& rows = rows_of(trex(), "layers");
  const Table& tensors = engine().tensors;
  // All but the last layer's: see TheNoOpAtTheEndIsKept.
  for (std::size_t i = 0; i + 1 < rows.size(); ++i) {
    const Row row = shown()[i];
    for (const char* role : {"inputs", "outputs"}) {
      const auto range = *role == 'i' ? engine().inputs(row) : engine().outputs(row);
      const auto& expected = rows_of(rows[i], role);
      ASSERT_EQ(range.size(), expected.size());
      for (std::size_t port = 0; port < expected.size(); ++port) {
        SCOPED_TRACE(text_at(expected[port], "name"));
        const Row t = range[port];
        EXPECT_EQ(tensors[tensor::name][t], text_at(expected[port], "name"));
        EXPECT_TRUE(
            equals_ignoring_case(tensors[tensor::format][t], text_at(expected[port], "format")));
        const auto dims = tensors[tensor::dims][t];
        const auto& shape = rows_of(expected[port], "shape");
        ASSERT_EQ(dims.size(), shape.size());
        for (std::size_t d = 0; d < dims.size(); ++d) EXPECT_EQ(dims[d], *shape[d].integer());
      }
    }
  }
}

TEST_P(Agreement, Weights) {
  const auto& rows = rows_of(trex(), "layers");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row row = shown()[i];
    SCOPED_TRACE(engine().layers[layer::name][row]);
    EXPECT_EQ(engine().layers[layer::weights_count][row].value_or(0),
              integer_at(rows[i], "weights_cnt"));
    EXPECT_EQ(engine().layers[layer::weights_bytes][row],
              integer_at(rows[i], "weights_size") + integer_at(rows[i], "bias_size"));
  }
}

TEST_P(Agreement, ConvolutionMacsAndImplicitGemm) {
  const auto& rows = rows_of(at(trex(), "convolutions"), "rows");
  ASSERT_EQ(rows.size(), 53u);
  ASSERT_EQ(engine().convolutions.size(), 53u);
  const Table work = work_table(engine());
  for (const Json& golden : rows) {
    const Row row = static_cast<Row>(integer_at(golden, "_index"));
    SCOPED_TRACE(engine().layers[layer::name][row]);
    EXPECT_EQ(work[work::kind][row], "convolution");
    EXPECT_EQ(work[work::macs][row], integer_at(golden, "attr.macs"));
    EXPECT_EQ(work[work::m][row], integer_at(golden, "attr.M"));
    EXPECT_EQ(work[work::n][row], integer_at(golden, "attr.N"));
    EXPECT_EQ(work[work::groups][row], integer_at(golden, "attr.groups"));
    if (work[work::groups][row] == 1) {
      EXPECT_EQ(work[work::k][row], integer_at(golden, "attr.K"));
    }
  }
  EXPECT_EQ(total(work[work::macs]), 300774272);  // MobileNet v2: 0.30 GMACs
}

TEST_P(Agreement, ConvolutionAttributesOfTheFile) {
  for (const Json& golden : rows_of(at(trex(), "convolutions"), "rows")) {
    const Row row = static_cast<Row>(integer_at(golden, "_index"));
    SCOPED_TRACE(engine().layers[layer::name][row]);
    const ConvolutionAttributes* c = engine().convolution(row);
    ASSERT_NE(c, nullptr);
    EXPECT_EQ(c->out_maps, integer_at(golden, "attr.out_maps"));
    EXPECT_EQ(engine().layers[layer::activation][row], text_at(golden, "attr.activation"));
    const std::pair<const char*, SmallDims> lists[] = {
        {"attr.kernel", c->kernel}, {"attr.stride", c->stride}, {"attr.dilation", c->dilation}};
    for (const auto& [key, dims] : lists) {
      const auto& expected = rows_of(golden, key);
      ASSERT_EQ(dims.rank, expected.size());
      for (std::size_t d = 0; d < expected.size(); ++d) {
        EXPECT_EQ(dims.values[d], *expected[d].integer());
      }
    }
  }
}

TEST_P(Agreement, Bindings) {
  const Json& totals = at(trex(), "totals");
  const Table& bindings = engine().bindings;
  ASSERT_EQ(bindings.row_count(), 2u);
  for (const Row row : {0u, 1u}) {
    const Json& expected = rows_of(totals, row == 0 ? "bindings_in" : "bindings_out").at(0);
    EXPECT_EQ(bindings[binding::name][row], text_at(expected, "name"));
    EXPECT_EQ(bindings[binding::mode][row], row == 0 ? "input" : "output");
    EXPECT_EQ(bindings[binding::format][row], text_at(expected, "format"));
    EXPECT_EQ(bindings[binding::datatype][row], text_at(expected, "precision"));
    EXPECT_EQ(bindings[binding::bytes][row], integer_at(expected, "size_bytes"));
    const auto& shape = rows_of(expected, "shape");
    ASSERT_EQ(bindings[binding::dims][row].size(), shape.size());
    for (std::size_t d = 0; d < shape.size(); ++d) {
      EXPECT_EQ(bindings[binding::dims][row][d], *shape[d].integer());
    }
  }
}

TEST_P(Agreement, Totals) {
  const Json& expected = at(trex(), "totals");
  const Totals result = totals(engine());
  EXPECT_EQ(result.file_layer_count, integer_at(expected, "layers_in_json"));
  EXPECT_EQ(result.layer_count, integer_at(expected, "df_layers"));
  expect_close(result.layer_time_ms.value(), real_at(expected, "total_runtime"));
}

TEST_P(Agreement, GroupCountsAndSums) {
  for (const char* column : {"type", "subtype", "precision", "output_precision", "tactic"}) {
    const Table groups = breakdown(engine(), column);
    const Json& counts = at(at(trex(), "group_count"), column);
    const Json& sums = at(at(trex(), "group_sum"), column);
    ASSERT_EQ(groups.row_count(), counts.object()->size());
    for (Row row = 0; row < groups.row_count(); ++row) {
      std::string value = groups.at(column).cell(row);
      if (value.empty()) value = "TensorRT";  // no tactic
      SCOPED_TRACE(std::string(column) + " " + value);
      EXPECT_EQ(groups[group_size][row], integer_at(counts, value));
      expect_close(groups[layer::time_ms][row].value(),
                   real_at(at(sums, "latency.avg_time"), value));
      expect_close(groups[layer::share][row].value(),
                   real_at(at(sums, "latency.pct_time"), value) / 100, 1e-5);
    }
  }
}

TEST_P(Agreement, Timing) {
  const Json& expected = at(trex(), "timing");
  const EndToEnd result = end_to_end(engine());
  EXPECT_EQ(result.source, "timing");
  EXPECT_EQ(result.count, integer_at(expected, "n"));
  EXPECT_EQ(result.min, real_at(expected, "min"));
  EXPECT_EQ(result.max, real_at(expected, "max"));
  EXPECT_EQ(result.median, real_at(expected, "median"));
  expect_close(result.mean, real_at(expected, "mean"));
  const auto latency = engine().timing[timing::latency_ms].values();
  const auto& first = rows_of(expected, "first5");
  for (std::size_t i = 0; i < first.size(); ++i) EXPECT_EQ(latency[i], first[i].number());
}

TEST_P(Agreement, DeviceAndPerformance) {
  const Json& properties = at(trex(), "device_properties");
  const Device device = device_of(engine());
  EXPECT_EQ(device.name, text_at(properties, "Selected Device"));
  EXPECT_EQ(device.compute_capability, 75);
  EXPECT_EQ(device.sms, integer_at(properties, "SMs"));

  // TREx calls these 7 numbers min, max, mean, median and 99 %; the last three are 90, 95, 99 %.
  const Json& performance = at(trex(), "performance_summary");
  for (const char* name : {"Latency", "GPU Compute Time", "Enqueue Time"}) {
    SCOPED_TRACE(name);
    const auto& values = rows_of(performance, name);
    const LatencySummary* latency = engine().profile_metadata.latency(name);
    ASSERT_NE(latency, nullptr);
    EXPECT_EQ(latency->min, values.at(0).number());
    EXPECT_EQ(latency->max, values.at(1).number());
    EXPECT_EQ(latency->mean, values.at(2).number());
    EXPECT_EQ(latency->median, values.at(3).number());
    const std::vector<std::pair<double, double>> percentiles = {
        {90, *values.at(4).number()}, {95, *values.at(5).number()}, {99, *values.at(6).number()}};
    EXPECT_EQ(latency->percentiles, percentiles);
  }
}

}  // namespace
}  // namespace trex

// Is what is written true to each generation's schema? Key sets as real files have them.

// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "trex/base/json.hpp"
#include "trex/base/text.hpp"
#include "trex/model/format.hpp"
#include "trex/sample/run.hpp"
#include "trex/sample/sample.hpp"
#include "trex/sample/write_graph.hpp"
#include "trex/sample/write_run.hpp"

namespace trex::sample {
namespace {

std::string keys_of(const Json& object) {
  std::vector<std::string> keys;
  for (const Json::Member& member : *object.object()) keys.push_back(member.first);
  return join(keys, " ");
}

const std::string convolution_start =
    "Name LayerType Inputs Outputs ParameterType Kernel PaddingMode PrePadding PostPadding Stride "
    "Dilation OutMaps Groups Weights Bias ";
const std::string convolution_end =
    "HasSparseWeights HasDynamicFilter HasDynamicBias HasResidual ConvXAsActInputIdx "
    "BiasAsActInputIdx ResAsActInputIdx Activation ";
const std::string tail = "TacticName TacticValue StreamId Metadata";

// By generation and LayerType.
std::map<std::string, std::string> layer_keys(Generation generation) {
  const std::string start = "Name LayerType Inputs Outputs ";
  std::map<std::string, std::string> keys = {
      {"Reformat", start + "ParameterType Origin TacticValue StreamId Metadata"},
      {"NoOp", start + "TacticValue StreamId Metadata"},
      {"CaskPooling", start +
                          "ParameterType PoolingType WindowSize PaddingMode PrePadding "
                          "PostPadding Stride BlendFactor AverageCountExcludesPadding " +
                          tail},
  };
  if (generation == Generation::trt8) {
    keys["CaskConvolution"] = convolution_start + convolution_end + "HasBias HasReLU " + tail;
    keys["CaskGemmConvolution"] = convolution_start + convolution_end + tail;
    return keys;
  }
  keys["CaskConvolution"] = convolution_start + "HasBias HasReLU " + convolution_end + tail;
  const std::string constants = generation == Generation::trt11 ? "Constants " : "";
  for (const char* type : {"kgen", "gemm", "cast", "shape_call", "signal", "wait"}) {
    keys[type] = start + constants + "TacticName StreamId Metadata";
  }
  return keys;
}

std::string tensor_keys(Generation generation, bool myelin) {
  if (generation == Generation::trt11) {
    return myelin ? "Name Dimensions Datatype Strides StrideOrder"
                  : "Name Location Dimensions Format Datatype Strides StrideOrder";
  }
  return myelin ? "Name Dimensions Format/Datatype" : "Name Location Dimensions Format/Datatype";
}

void check_layer(const Json& layer, Generation generation) {
  const std::string& type = *layer.find("LayerType")->text();
  SCOPED_TRACE(*layer.find("Name")->text());
  EXPECT_EQ(keys_of(layer), layer_keys(generation)[type]);
  const bool myelin = layer.find("TacticValue") == nullptr;
  for (const char* list : {"Inputs", "Outputs", "Constants"}) {
    const Json* tensors = layer.find(list);
    if (!tensors) continue;
    for (const Json& tensor : *tensors->array()) {
      EXPECT_EQ(keys_of(tensor), tensor_keys(generation, myelin));
    }
  }
}

TEST(SampleSchema, EveryLayerHasTheKeysOfItsGeneration) {
  for (const Info& info : list_samples()) {
    SCOPED_TRACE(info.name);
    const Plan plan = make_sample(info.name);
    const Json graph = parse_json(graph_text(plan), info.name);
    EXPECT_EQ(keys_of(graph), plan.generation == Generation::trt11
                                  ? "Layers I/O Tensors ProfilingVerbosity Engine Metadata"
                                  : "Layers Bindings");
    const Json::Array& layers = *graph.find("Layers")->array();
    EXPECT_EQ(layers.size(), plan.layers.size() + plan.other_profile.size());
    std::set<std::string> names;
    for (const Json& layer : layers) {
      check_layer(layer, plan.generation);
      EXPECT_TRUE(names.insert(*layer.find("Name")->text()).second);
    }
  }
}

TEST(SampleSchema, FormatSentencesAreReadAsWhatTheyWereMadeFrom) {
  std::set<std::string> seen;
  for (const Info& info : list_samples()) {
    const Plan plan = make_sample(info.name);
    for (const Layer& layer : plan.layers) {
      for (const auto* tensors : {&layer.inputs, &layer.outputs, &layer.constants}) {
        for (const Tensor& tensor : *tensors) {
          const std::string sentence = format_sentence(tensor.format, plan.generation);
          if (!seen.insert(sentence).second) continue;
          SCOPED_TRACE(sentence);
          EXPECT_TRUE(same_format(parse_format(sentence), tensor.format));
        }
      }
    }
  }
  EXPECT_GE(seen.size(), 15u);
}

TEST(SampleSchema, GraphText) {
  Plan plan;
  plan.generation = Generation::trt10;
  Layer layer;
  layer.name = "__myl_Add_myl0_0";
  layer.type = "kgen";
  layer.myelin = true;
  layer.tactic = "__myl_Add_0x1";
  layer.stream = 1;
  layer.inputs = {{"a", {2, -1}, make_format(Datatype::fp16, LayoutFamily::unknown)}};
  layer.constants = {{"c", {3}, make_format(Datatype::fp8, LayoutFamily::unknown)}};
  layer.sources = {{"/a", "/b"}, {"/c"}};
  plan.layers = {layer};
  plan.bindings = {{.name = "a"}, {.name = "b"}};
  EXPECT_EQ(graph_text(plan), R"({"Layers": [{
  "Name": "__myl_Add_myl0_0",
  "LayerType": "kgen",
  "Inputs": [
  {
    "Name": "a",
    "Dimensions": [2,-1],
    "Format/Datatype": "Half"
  },
  {
    "Name": "c",
    "Dimensions": [3],
    "Format/Datatype": "FP8"
  }],
  "Outputs": [],
  "TacticName": "__myl_Add_0x1",
  "StreamId": 1,
  "Metadata": "[ONNX Layer: /a]\u001e[ONNX Layer: /b]\u001f[ONNX Layer: /c]"
}],
"Bindings": ["a"
,"b"
]})");
}

TEST(SampleSchema, ProfileText) {
  // 100 x 12.5 / 50 = 25 %; six significant digits, as a stream prints them.
  EXPECT_EQ(profile_text(100, {{"conv1", {12.5, 0.125, 0.123456789}}, {"fc", {37.5, 0.375, 1e-7}}}),
            R"([
  { "count" : 100 }
, { "name" : "conv1", "timeMs" : 12.5, "averageMs" : 0.125, "medianMs" : 0.123457, "percentage" : 25 }
, { "name" : "fc", "timeMs" : 37.5, "averageMs" : 0.375, "medianMs" : 1e-07, "percentage" : 75 }
]
)");
}

TEST(SampleSchema, TimingText) {
  const Inferences inferences(0.5, 2, Random(1, "test"));
  std::string text;
  write_timing(inferences, [&](std::string_view piece) { text += piece; });
  const std::vector<std::string_view> rows = lines(text);
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_EQ(rows[0], "[");
  EXPECT_TRUE(starts_with(rows[1], "  { \"startEnqMs\" : ")) << rows[1];
  EXPECT_TRUE(starts_with(rows[2], ", { \"startEnqMs\" : ")) << rows[2];
  EXPECT_EQ(rows[3], "]");
  const Json records = parse_json(text, "timing");
  for (const Json& record : *records.array()) {
    EXPECT_EQ(keys_of(record),
              "startEnqMs endEnqMs startH2dMs endH2dMs startComputeMs endComputeMs startD2hMs "
              "endD2hMs h2dMs computeMs d2hMs latencyMs");
    EXPECT_EQ(*record.find("computeMs"), *record.find("latencyMs"));
    EXPECT_EQ(*record.find("startH2dMs"), *record.find("startComputeMs"));
  }
}

TEST(SampleRun, StatisticsByTrtexecsRule) {
  struct Case {
    const char* what;
    std::vector<double> values;
    double median, p90, p99;
  };
  std::vector<double> hundred;
  for (int i = 100; i >= 1; --i) hundred.push_back(i);
  const Case cases[] = {
      {"one value", {7}, 7, 7, 7},
      {"an even count: the middle two", {4, 1, 3, 2}, 2.5, 4, 4},
      // 100 - 1 - int(0.1 x 100): (1 - 0.9) x 100 is 9.99..., so int gives 9: index 90, the 91st.
      {"1 to 100", hundred, 50.5, 91, 99},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    const Statistics s = statistics(c.values);
    EXPECT_EQ(s.median, c.median);
    EXPECT_EQ(s.p90, c.p90);
    EXPECT_EQ(s.p99, c.p99);
  }
  EXPECT_EQ(statistics({}).max, 0);
}

TEST(SampleRun, NamedStreamsOfNumbersDiffer) {
  // SplitMix64 from state 0, as its authors publish it.
  Random zero(Random::hash("x"), "x");
  EXPECT_EQ(zero.next(), 0xe220a8397b1dcdafu);
  EXPECT_NE(Random(1, "a").next(), Random(1, "b").next());
  EXPECT_NE(Random(1, "a").next(), Random(2, "a").next());
}

}  // namespace
}  // namespace trex::sample

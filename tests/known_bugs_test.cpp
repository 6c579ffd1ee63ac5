// TREx's wrong figures and crashes that its MobileNets do not show, each on the smallest engine
// that does: what TREx 0.2.1 says, what we say, and why.

// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include <fmt/format.h>

#include "trex/analyze/summary.hpp"
#include "trex/analyze/tactics.hpp"
#include "trex/analyze/work.hpp"
#include "trex/base/error.hpp"
#include "trex/load/metadata.hpp"
#include "trex/load/plan.hpp"
#include "trex/load/profile.hpp"
#include "trex/load/timing.hpp"

namespace trex {
namespace {

Engine plan(std::string text, std::optional<int> opt_profile = std::nullopt) {
  return load_plan(Bytes::from(std::move(text)), "graph.json", opt_profile);
}

std::string graph(const std::string& layers) {
  return "{\"Layers\":[" + layers + "],\"Bindings\":[\"x\",\"y\"]}";
}

std::string tensor_json(const std::string& name, const std::string& dims,
                        const std::string& format) {
  return fmt::format(
      R"({{"Name":"{}","Location":"Device","Dimensions":{},"Format/Datatype":"{}"}})", name, dims,
      format);
}

// One layer from x to y, both of that shape and format; `more` begins with a comma or is empty.
std::string layer_json(const std::string& name, const std::string& type, const std::string& dims,
                       const std::string& format, const std::string& more = "") {
  return fmt::format(R"({{"Name":"{}","LayerType":"{}","Inputs":[{}],"Outputs":[{}]{}}})", name,
                     type, tensor_json("x", dims, format), tensor_json("y", dims, format), more);
}

std::string bare_layer(const std::string& name, const std::string& type = "kgen") {
  return fmt::format(R"({{"Name":"{}","LayerType":"{}","Inputs":[],"Outputs":[]}})", name, type);
}

struct BytesCase {
  const char* format;
  const char* dims;
  std::optional<std::int64_t> bytes;
  const char* precision;
};

std::string precision_of(const Engine& engine) {
  return std::string(engine.layers[layer::precision][0]);
}

// TREx: BFloat16 is FP32; BF16 layouts, Bool and every sentence it does not know have 0 bytes.
TEST(TrexBug, DatatypesAndFormatsItDoesNotKnowHaveNoBytes) {
  const BytesCase cases[] = {
      {"BFloat16", "[1,8,2,2]", 64, "BF16"},                                          // TREx: FP32
      {"Channel major BF16 format where channel % 8 == 0", "[1,3,2,2]", 64, "BF16"},  // TREx: 0
      {"Bool", "[1,8,2,2]", 32, "BOOL"},                                              // TREx: 0
      {"Row major linear FP8 format (kLINEAR)", "[1,8,2,2]", 32, "FP8"},              // TREx: 0
      {"Row major Int4 format", "[1,8,2,2]", 16, "INT4"},                             // TREx: 0
      {"FP4E2M1", "[1,3,3]", 5, "FP4"},  // 9 x 4 bits = 36 bits; TREx: 0
      {"Int64", "[4]", 32, "INT64"},
      {"Sixty-four dimensional knot format", "[1,8,2,2]", std::nullopt, ""},  // TREx: 0
      {"N/A due to dynamic shapes", "[1,8,2,2]", std::nullopt, ""},
  };
  for (const BytesCase& c : cases) {
    SCOPED_TRACE(c.format);
    const Engine engine = plan(graph(layer_json("l", "Shuffle", c.dims, c.format)));
    EXPECT_EQ(engine.tensors[tensor::bytes][0], c.bytes);
    EXPECT_EQ(precision_of(engine), c.precision);
    EXPECT_EQ(engine.tensors[tensor::format].is_null(0), false);
  }
}

// TREx: -602112 bytes, and so a negative total.
TEST(TrexBug, DynamicDimensionsGiveNegativeSizes) {
  const Engine engine =
      plan(graph(layer_json("l", "Reformat", "[-1,3,224,224]", "Row major linear FP32")));
  EXPECT_EQ(engine.tensors[tensor::bytes][0], std::nullopt);
  EXPECT_EQ(engine.layers[layer::io_bytes][0], std::nullopt);
  const Totals result = totals(engine);
  EXPECT_EQ(result.activation_bytes, std::nullopt);
  EXPECT_TRUE(result.activation_lower_bound);
}

// TREx: precision of the first input, so a Gather by Int32 indices is an INT32 layer.
TEST(TrexBug, PrecisionIsTheFirstInputs) {
  const Engine engine =
      plan(graph(R"({"Name":"g","LayerType":"Gather","ParameterType":"Gather","Inputs":[)" +
                 tensor_json("indices", "[4]", "Int32") + "," + tensor_json("x", "[10,8]", "Half") +
                 "],\"Outputs\":[" + tensor_json("y", "[4,8]", "Half") + "]}"));
  EXPECT_EQ(precision_of(engine), "FP16");
}

// TREx: layers without inputs get None and vanish from the counts: 2 layers, count 1.
TEST(TrexBug, LayersWithoutInputsVanishFromGroupCounts) {
  const Engine engine = plan(
      graph(layer_json("a", "Shuffle", "[4]", "Half") + "," + bare_layer("b", "TrainStation")));
  const Table groups = breakdown(engine, "precision");
  EXPECT_EQ(total(groups[group_size]), 2);
  EXPECT_EQ(groups.row_count(), 2u);
}

// TREx: 0 bytes for all but Int8, Half, Float and Int32, and for keys other than 'Weights'.
TEST(TrexBug, WeightsOfOtherTypesAndKeysHaveNoBytes) {
  struct WeightsCase {
    const char* keys;
    std::optional<std::int64_t> bytes;
  };
  const WeightsCase cases[] = {
      {R"(,"Weights":{"Type":"BFloat16","Count":100})", 200},
      {R"(,"Weights":{"Type":"FP8","Count":100})", 100},
      {R"(,"Weights":{"Type":"Int4","Count":101})", 51},
      {R"(,"Weights":{"Type":"Int64","Count":100})", 800},
      {R"(,"Weights":{"Type":"Half","Count":100},"Bias":{"Type":"Float","Count":10})", 240},
      {R"(,"ConvWeights":{"Type":"Int8","Count":100},"ConvBias":{"Type":"Float","Count":10})", 140},
      {R"(,"weights":{"Type":"Float","Count":100},"dimensions":[10,10])", 400},
      {R"(,"Weights":{"Type":"Knot","Count":100})", std::nullopt},
  };
  for (const WeightsCase& c : cases) {
    SCOPED_TRACE(c.keys);
    const Engine engine =
        plan(graph(layer_json("l", "CaskConvolution", "[1,4,2,2]", "Half",
                              std::string(R"(,"ParameterType":"Convolution")") + c.keys)));
    EXPECT_EQ(engine.layers[layer::weights_bytes][0], c.bytes);
  }
}

std::vector<std::optional<double>> times_of(Engine engine, const std::string& profile_json) {
  const Profile profile = load_profile(Bytes::from(profile_json), "profile.json", *engine.strings);
  join_profile(engine, profile, "profile.json");
  std::vector<std::optional<double>> result;
  for (Row row = 0; row < engine.layer_count(); ++row) {
    result.push_back(engine.layers[layer::time_ms][row]);
  }
  return result;
}

std::string profile_row(const std::string& name, double ms) {
  return fmt::format(R"({{"name":"{}","timeMs":{},"averageMs":{},"medianMs":{},"percentage":1}})",
                     name, ms, ms, ms);
}

using Times = std::vector<std::optional<double>>;

// TREx: whenever the counts match it joins by position, so swapped records give swapped times.
TEST(TrexBug, ProfileOfAnotherOrderIsJoinedByPosition) {
  const Engine engine = plan(graph(bare_layer("a") + "," + bare_layer("b")));
  EXPECT_EQ(
      times_of(engine, "[{\"count\":1}," + profile_row("b", 2) + "," + profile_row("a", 1) + "]"),
      (Times{1, 2}));
}

// TREx: 0 for a layer that the profile lacks; duplicates multiply (2 layers become 3 rows).
TEST(TrexBug, PartialProfileGivesZeroesAndMoreRows) {
  const Engine engine =
      plan(graph(bare_layer("a") + "," + bare_layer("b") + "," + bare_layer("a")));
  EXPECT_EQ(
      times_of(engine, "[{\"count\":1}," + profile_row("a", 1) + "," + profile_row("a", 2) + "]"),
      (Times{1, std::nullopt, 2}));
}

// TREx: renames duplicates, so A, A, A_2 collide and it dies.
TEST(TrexBug, DuplicateNamesCollide) {
  const Engine engine =
      plan(graph(bare_layer("A") + "," + bare_layer("A") + "," + bare_layer("A_2")));
  ASSERT_EQ(engine.layer_count(), 3u);
  EXPECT_EQ(engine.layers[layer::name][1], "A");
  EXPECT_EQ(times_of(engine, "[{\"count\":1}," + profile_row("A", 1) + "," + profile_row("A", 2) +
                                 "," + profile_row("A_2", 3) + "]"),
            (Times{1, 2, 3}));
}

// TREx: its regular expression reads one digit, so the layers of profile 10 stay in profile 0.
TEST(TrexBug, OptimizationProfileTenLeaksIntoProfileZero) {
  std::string layers = bare_layer("a");
  for (int i = 1; i <= 10; ++i) layers += "," + bare_layer(fmt::format("a [profile {}]", i));
  EXPECT_EQ(plan(graph(layers)).layer_count(), 1u);
  EXPECT_EQ(plan(graph(layers)).opt_profile_count, 11);
  const Engine tenth = plan(graph(layers), 10);
  ASSERT_EQ(tenth.layer_count(), 1u);
  EXPECT_EQ(tenth.layers[layer::name][0], "a [profile 10]");
}

// TREx: removes from a list while it walks it, so every second signal or wait stays.
TEST(TrexBug, EverySecondSignalOrWaitStays) {
  std::string layers = bare_layer("k");
  for (const char* type : {"signal", "signal", "wait", "wait", "shape_call"}) {
    layers += "," + bare_layer(type, type);
  }
  const Engine engine = plan(graph(layers));
  EXPECT_EQ(engine.layer_count(), 6u);
  EXPECT_EQ(totals(engine).layer_count, 1);
}

// TREx: no "Bindings" is a ValueError, though the file is complete.
TEST(TrexBug, MissingBindingsIsACrash) {
  const Engine engine = plan("{\"Layers\":[" + layer_json("l", "Shuffle", "[4]", "Half") + "]}");
  EXPECT_EQ(engine.layer_count(), 1u);
  EXPECT_EQ(engine.bindings.row_count(), 0u);
}

// TREx: an IndexError. There is nothing to show, and that is what we say.
TEST(TrexBug, NoLayersIsACrashWithoutAWord) {
  try {
    const Engine engine = plan(R"({"Layers":[],"Bindings":[]})");
    EXPECT_EQ(engine.layer_count(), 0u);
    EXPECT_FALSE(engine.notes.empty());
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("graph.json"), std::string::npos);
  }
}

// TREx: ValueError for kernels that are not two-dimensional.
TEST(TrexBug, OneAndThreeDimensionalConvolutionsCrash) {
  struct KernelCase {
    const char* input;
    const char* output;
    const char* kernel;
    const char* ones;
    const char* zeros;
    std::int64_t weights, macs;
  };
  const KernelCase cases[] = {
      {"[4,16,100]", "[4,32,98]", "[3]", "[1]", "[0]", 1536, 602112},
      {"[1,2,4,4,4]", "[1,2,2,2,2]", "[3,3,3]", "[1,1,1]", "[0,0,0]", 108, 864},  // 8 x 2 x 54
  };
  for (const KernelCase& c : cases) {
    SCOPED_TRACE(c.kernel);
    const Engine engine = plan(graph(fmt::format(
        R"({{"Name":"c","LayerType":"CaskConvolution","Inputs":[{}],"Outputs":[{}],)"
        R"("ParameterType":"Convolution","Kernel":{},"PaddingMode":"kEXPLICIT_ROUND_DOWN",)"
        R"("PrePadding":{},"PostPadding":{},"Stride":{},"Dilation":{},"OutMaps":{},"Groups":1,)"
        R"("Weights":{{"Type":"Half","Count":{}}}}})",
        tensor_json("x", c.input, "Half"), tensor_json("y", c.output, "Half"), c.kernel, c.zeros,
        c.zeros, c.ones, c.ones, c.weights == 1536 ? 32 : 2, c.weights)));
    const Table work = work_table(engine);
    EXPECT_EQ(work[work::macs][0], c.macs);
  }
}

// TREx: IndexError (layers without outputs) and KeyError (Reformat without 'Origin').
TEST(TrexBug, MissingOutputsAndOriginsCrash) {
  const Engine engine = plan(
      graph(bare_layer("t", "TrainStation") + "," + layer_json("r", "Reformat", "[4]", "Half")));
  EXPECT_EQ(engine.outputs(0).size(), 0u);
  EXPECT_TRUE(engine.layers[layer::origin].is_null(1));
  EXPECT_EQ(breakdown(engine, "origin").row_count(), 1u);
}

// TREx: its Tensor Core test misses h1688 and h16816: 24 false findings on its own examples.
TEST(TrexBug, TensorCoreKernelsAreCalledNotAccelerated) {
  struct TacticCase {
    const char* tactic;
    const char* tensor_core;
  };
  const TacticCase cases[] = {
      {"ampere_h16816cudnn_256x64_ldg8_relu_exp_stages_32x6_small_nhwc_tn_v1", "yes"},
      {"ampere_h1688cudnn_128x128_ldg8_relu_exp_stages_32x1_small_nhwc_tn_v1", "yes"},
      {"sm80_xmma_fprop_implicit_gemm_f32f32_f32f32_f32_nchw_ffma_tilesize32x32x8", "no"},
      {"volta_int8x4_icudnn_int8x4_128x32_relu_xregs_medium_c32_nn_v1", "no"},
  };
  for (const TacticCase& c : cases) {
    SCOPED_TRACE(c.tactic);
    const Engine engine = plan(graph(layer_json("l", "CaskConvolution", "[1,8,2,2]", "Half",
                                                fmt::format(R"(,"TacticName":"{}")", c.tactic))));
    EXPECT_EQ(tactics_table(engine)[tactics::tensor_core][0], c.tensor_core);
  }
}

// TREx: keeps a log's value only up to its second colon.
TEST(TrexBug, LogValuesAreCutAtTheirSecondColon) {
  const std::string log =
      "&&&& RUNNING TensorRT.trtexec [TensorRT v8601] # trtexec --onnx=a.onnx\n"
      "[11/23/2026-10:00:00] [I] === Build Options ===\n"
      "[11/23/2026-10:00:00] [I] Max batch: explicit batch\n"
      "[11/23/2026-10:00:00] [I] Memory Pools: workspace: default, dlaSRAM: default\n";
  StringPool strings;
  std::vector<Note> notes;
  const LogContents contents = load_trtexec_log(Bytes::from(log), "build.log", strings, notes);
  const Json* pools = contents.metadata.find("build_options", "Memory Pools");
  ASSERT_NE(pools, nullptr);
  EXPECT_EQ(*pools->text(), "workspace: default, dlaSRAM: default");
}

// TREx: KeyError for a metadata file that lacks a section.
TEST(TrexBug, MetadataWithoutASectionCrashes) {
  std::vector<Note> notes;
  const Metadata metadata = load_metadata_json(
      Bytes::from(R"({"model_options":{"Format":"ONNX"}})"), "metadata.json", notes);
  ASSERT_NE(metadata.find("model_options", "Format"), nullptr);
  EXPECT_EQ(metadata.find("build_options", "Precision"), nullptr);
  EXPECT_EQ(metadata.latency("Latency"), nullptr);
}

// TREx: the message for damaged JSON shows a Python file object and hides the cause.
TEST(TrexBug, DamagedJsonHidesItsCause) {
  std::vector<Note> notes;
  const Metadata metadata = load_metadata_json(
      Bytes::from(
          R"({"model_options": {"Format": "ONNX"}, "build_options": {"minTiming": "1", "avg)"),
      "metadata.json", notes);
  EXPECT_NE(metadata.find("model_options", "Format"), nullptr);
  ASSERT_EQ(notes.size(), 1u);  // a missing end is mended, and said
  EXPECT_EQ(notes[0].file, "metadata.json");
  EXPECT_NE(notes[0].message, "");
  try {
    load_metadata_json(Bytes::from(R"({"model_options" "ONNX"})"), "metadata.json", notes);
    FAIL() << "no error";
  } catch (const Error& error) {
    const std::string what = error.what();
    EXPECT_EQ(what.rfind("metadata.json: ", 0), 0u) << what;
    EXPECT_EQ(what.find('\n'), std::string::npos);
  }
}

// TREx: reads latencyMs and nothing else of a timing file.
TEST(TrexBug, TimingFileIsReadForOneOfItsFields) {
  const Timing timing = load_timing(
      Bytes::from(R"([{"startEnqMs":0,"endEnqMs":1,"startH2dMs":0,"endH2dMs":1,"startComputeMs":1,)"
                  R"("endComputeMs":3,"startD2hMs":3,"endD2hMs":4,"h2dMs":1,"computeMs":2,)"
                  R"("d2hMs":1,"latencyMs":4}])"),
      "timing.json");
  EXPECT_EQ(timing.table[timing::compute_ms][0], 2);
  EXPECT_EQ(timing.table[timing::h2d_ms][0], 1);
  EXPECT_EQ(timing.table[timing::d2h_ms][0], 1);
  EXPECT_EQ(timing.table[timing::latency_ms][0], 4);
}

}  // namespace
}  // namespace trex

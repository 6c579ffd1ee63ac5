// The shapes of plan graph that load: by generation, by who wrote them, by optimization profile.

// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "trex/load/plan_test.hpp"

namespace trex {
namespace {

constexpr const char* two_layers = R"({"Layers": [
  {"Name": "a", "LayerType": "NoOp", "Inputs": [{"Name": "x"}], "Outputs": [{"Name": "y"}]},
  {"Name": "b", "LayerType": "NoOp", "Inputs": [{"Name": "y"}], "Outputs": [{"Name": "z"}]}],
"Bindings": ["x", "z"]})";

TEST(Plan, ReadsADetailedLayerOf86) {
  const Engine engine = load(R"({"Layers": [{
    "Name": "conv1 + relu1", "LayerType": "CaskConvolution",
    "Inputs": [{"Name": "x", "Location": "Device", "Dimensions": [1,3,224,224],
                "Format/Datatype": "Row major linear FP32"}],
    "Outputs": [{"Name": "y", "Location": "Device", "Dimensions": [1,64,112,112],
                 "Format/Datatype": "Channel major FP16 format where channel % 8 == 0"}],
    "ParameterType": "Convolution", "Kernel": [7,7], "PaddingMode": "kEXPLICIT_ROUND_DOWN",
    "PrePadding": [3,3], "PostPadding": [2,2], "Stride": [2,2], "Dilation": [1,1], "OutMaps": 64,
    "Groups": 1, "Weights": {"Type": "Half", "Count": 9408}, "Bias": {"Type": "Float", "Count": 64},
    "HasSparseWeights": 0, "HasDynamicFilter": 0, "HasResidual": 1, "Activation": "RELU",
    "HasBias": 1, "TacticName": "sm80_kernel", "TacticValue": "0x5deb29b7a8e275f7", "StreamId": 2,
    "Metadata": "[ONNX Layer: /conv1]\u001e[ONNX Layer: /relu1]"}], "Bindings": ["x", "y"]})");

  EXPECT_EQ(notes_of(engine), Strings{});
  EXPECT_EQ(engine.schema, "TensorRT 8.6 to 10.x");
  EXPECT_EQ(engine.verbosity, Verbosity::detailed);
  EXPECT_EQ(engine.verbosity_source, "layers have fields");
  EXPECT_EQ(names_of(engine), Strings{"conv1 + relu1"});
  EXPECT_EQ(engine.layers[layer::type][0], "Convolution");
  EXPECT_EQ(engine.layers[layer::subtype][0], "CaskConvolution");
  EXPECT_EQ(engine.layers[layer::tactic][0], "sm80_kernel");
  EXPECT_EQ(engine.layers[layer::tactic_value][0], "0x5deb29b7a8e275f7");
  EXPECT_EQ(engine.layers[layer::activation][0], "RELU");
  EXPECT_EQ(engine.layers[layer::metadata][0], "[ONNX Layer: /conv1]\x1e[ONNX Layer: /relu1]");
  EXPECT_EQ(engine.layers[layer::stream][0], 2);
  EXPECT_EQ(engine.layers[layer::weights_count][0], 9408);
  EXPECT_EQ(engine.layers[layer::weights_bytes][0], 9408 * 2 + 64 * 4);
  EXPECT_EQ(tensors_of(engine, 0),
            (Strings{"input x FP32 1x3x224x224", "output y FP16 1x64x112x112"}));

  const ConvolutionAttributes* convolution = engine.convolution(0);
  ASSERT_NE(convolution, nullptr);
  const auto dims = [](const SmallDims& d) {
    return std::vector<std::int32_t>(d.span().begin(), d.span().end());
  };
  EXPECT_EQ(dims(convolution->kernel), (std::vector<std::int32_t>{7, 7}));
  EXPECT_EQ(dims(convolution->stride), (std::vector<std::int32_t>{2, 2}));
  EXPECT_EQ(dims(convolution->dilation), (std::vector<std::int32_t>{1, 1}));
  EXPECT_EQ(dims(convolution->pre_padding), (std::vector<std::int32_t>{3, 3}));
  EXPECT_EQ(dims(convolution->post_padding), (std::vector<std::int32_t>{2, 2}));
  EXPECT_EQ(convolution->out_maps, 64);
  EXPECT_EQ(convolution->groups, 1);
  EXPECT_TRUE(convolution->has_residual);
  EXPECT_FALSE(convolution->has_sparse_weights);
  EXPECT_FALSE(convolution->transposed);

  ASSERT_EQ(engine.bindings.row_count(), 2u);
  EXPECT_EQ(engine.bindings[binding::name][0], "x");
  EXPECT_EQ(engine.bindings[binding::name][1], "y");
}

TEST(Plan, ReadsConvolutionsByTheirKeys) {
  const struct {
    const char* what;
    const char* fields;
    bool found, transposed;
    Strings weights;
  } cases[] = {
      {"fused with activation and pooling: every key has a prefix",
       R"("ParameterType": "ConvActPool", "ConvKernel": [3,3], "ConvGroups": 1,
          "ConvWeights": {"Type": "Half", "Count": 8}, "ConvBias": {"Type": "Half", "Count": 2},
          "PoolingStride": [2,2])",
       true,
       false,
       {"ConvWeights 8", "ConvBias 2"}},
      {"deconvolution by parameter type",
       R"("ParameterType": "Deconvolution", "Kernel": [2,2])",
       true,
       true,
       {}},
      {"deconvolution by layer type",
       R"("LayerType": "CaskDeconvolutionV2", "Kernel": [2,2])",
       true,
       true,
       {}},
      {"three spatial dimensions",
       R"("ParameterType": "Convolution", "Kernel": [3,3,3])",
       true,
       false,
       {}},
      {"pooling has a window, not a kernel",
       R"("ParameterType": "Pooling", "WindowSize": [3,3], "Stride": [2,2])",
       false,
       false,
       {}},
      {"no group at all",
       R"("ParameterType": "Convolution", "Kernel": [3,3], "Groups": 0)",
       false,
       false,
       {}},
      {"weights of a constant",
       R"("weights": {"Type": "Float", "Count": 1}, "dimensions": [1,1])",
       false,
       false,
       {"weights 1"}},
      {"weights of a scale",
       R"("Shift": {"Type": "Float", "Count": 0},
          "Scale": {"Type": "Half", "Count": 64}, "Power": {"Type": "Float", "Count": 0})",
       false,
       false,
       {"Shift 0", "Scale 64", "Power 0"}},
      {"objects that are no weights",
       R"("Thing": {"Type": "x"}, "Other": {"Count": 3})",
       false,
       false,
       {}},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.what);
    const Engine engine = load(std::string(R"({"Layers": [{"Name": "a", )") + c.fields + "}]}");
    EXPECT_EQ(notes_of(engine), Strings{});
    EXPECT_EQ(engine.convolution(0) != nullptr, c.found);
    if (engine.convolution(0) != nullptr) {
      EXPECT_EQ(engine.convolution(0)->transposed, c.transposed);
    }
    Strings weights;
    for (const Weights& w : engine.weights_of(0)) {
      weights.push_back(std::string(w.key) + " " + std::to_string(w.count));
    }
    EXPECT_EQ(weights, c.weights);
  }
}

TEST(Plan, Reads11) {
  const Engine engine = load(R"j({"Layers": [{
    "Name": "gemm", "LayerType": "gemm",
    "Inputs": [{"Name": "x", "Dimensions": [-1,64], "Format": "Row major linear FP8 format (kLINEAR)",
                "Datatype": "FP8", "Strides": [64,1], "StrideOrder": [1,0]}],
    "Outputs": [{"Name": "y", "Dimensions": [-1,8], "Format": "Row major linear BF16 format (kLINEAR)",
                 "DataType": "BFloat16"}],
    "Constants": [{"Name": "w", "Dimensions": [64,8], "Datatype": "FP8"},
                  {"Type": "Float", "Count": 8}],
    "TacticName": "sm100_gemm", "StreamId": 0, "Metadata": ""}],
  "I/O Tensors": [
    {"Name": "x", "IOMode": "Input", "DataType": "FP8", "Dimensions": [-1,64], "Location": "Device",
     "IsShapeInferenceIO": false,
     "ProfileInfo": [
       {"MinShape": [1,64], "OptShape": [8,64], "MaxShape": [16,64], "Format": "Row major linear FP8 format (kLINEAR)"},
       {"MinShape": [2,64], "OptShape": [4,64], "MaxShape": [6,64], "Format": "Row major linear FP8 format (kLINEAR)"}]},
    {"Name": "y", "IOMode": "Output", "DataType": "BFloat16", "Dimensions": [-1,8],
     "IsShapeInferenceIO": true}],
  "ProfilingVerbosity": "DETAILED", "Engine Metadata": {"Multi-Device": "Disabled"}, "New": [1]})j");

  EXPECT_EQ(notes_of(engine), Strings{});
  EXPECT_EQ(engine.schema, "TensorRT 11.x");
  EXPECT_EQ(engine.verbosity_source, "ProfilingVerbosity");
  EXPECT_EQ(engine.opt_profile_count, 2);
  EXPECT_EQ(tensors_of(engine, 0),
            (Strings{"input x FP8 -1x64", "output y BF16 -1x8", "constant w FP8 64x8"}));
  ASSERT_EQ(engine.weights_of(0).size(), 1u);
  EXPECT_EQ(engine.weights_of(0)[0].key, "Constants");

  ASSERT_EQ(engine.bindings.row_count(), 2u);  // x of profile 0, and y
  EXPECT_EQ(dims_text(engine.bindings[binding::max_dims][0]), "16x64");
  const Table& bindings = engine.profile_bindings;
  ASSERT_EQ(bindings.row_count(), 3u);
  const Strings expected[] = {{"x", "1x64", "8x64", "16x64"}, {"x", "2x64", "4x64", "6x64"}};
  for (Row row = 0; row < 2; ++row) {
    EXPECT_EQ(bindings[binding::opt_profile][row], static_cast<std::int64_t>(row));
    EXPECT_EQ((Strings{std::string(bindings[binding::name][row]),
                       dims_text(bindings[binding::min_dims][row]),
                       dims_text(bindings[binding::opt_dims][row]),
                       dims_text(bindings[binding::max_dims][row])}),
              expected[row]);
    EXPECT_EQ(bindings[binding::mode][row], "input");
    EXPECT_EQ(bindings[binding::shape_inference][row], false);
  }
  EXPECT_EQ(bindings[binding::mode][2], "output");
  EXPECT_EQ(bindings[binding::datatype][2], "BF16");
  EXPECT_EQ(bindings[binding::shape_inference][2], true);

  ASSERT_EQ(engine.engine_attributes.size(), 3u);
  EXPECT_EQ(engine.engine_attributes[0].first, "ProfilingVerbosity");
  EXPECT_EQ(engine.engine_attributes[1].second.dump(), R"({"Multi-Device":"Disabled"})");
  EXPECT_EQ(engine.engine_attributes[2].first, "New");
}

TEST(Plan, TakesEveryShapeOfDocument) {
  const std::string a = R"({"Name": "a", "LayerType": "NoOp"})",
                    b = R"({"Name": "b", "Inputs": []})";
  const struct {
    const char* what;
    std::string text;
    Strings names, notes;
  } cases[] = {
      {"Layers and Bindings", two_layers, {"a", "b"}, {}},
      {"Bindings first", R"({"Bindings": ["x"], "Layers": [)" + a + "]}", {"a"}, {}},
      {"no Bindings", "{\"Layers\": [" + a + "]}", {"a"}, {}},
      {"a bare list", "[" + a + "," + b + "]", {"a", "b"}, {}},
      {"a bare list of names", R"(["a", "b"])", {"a", "b"}, {}},
      {"one layer", a, {"a"}, {}},
      {"one layer of a names-only engine", R"({"Name": "a"})", {"a"}, {}},
      {"names and objects mixed",
       "{\"Layers\": [" + a + ", \"n\"]}",
       {"a", "n"},
       {"/Layers: 1 of 2 layers are plain names, the others have fields"}},
      {"keys spelt otherwise",
       R"({"layers": [{"name": "a", "layer_type": "NoOp"}]})",
       {"a"},
       {"/layers: read as 'Layers' (3 times, here first)"}},
      {"LayerInfo", R"({"LayerInfo": ["a"]})", {"a"}, {}},
      {"records with marker lines",
       "--- Layer 0 ---\n" + a + "\n--- Layer 1 ---\n" + b + "\n",
       {"a", "b"},
       {"line 1, column 1: a line that is no JSON; skipped (2 times, here first)",
        ": 2 JSON documents in one file"}},
      {"a layer a line", a + "\n" + b + "\n", {"a", "b"}, {": 2 JSON documents in one file"}},
      {"engines run together",
       two_layers + ("\n{\"Layers\": [" + a + "]}"),
       {"a", "b"},
       {": 2 JSON documents in one file",
        "/1: this document is read no more: another engine, or a layer beside a whole engine"}},
      {"a document without layers before the engine",
       "{\"version\": 3}\n{\"Layers\": [" + a + "]}",
       {"a"},
       {": 2 JSON documents in one file", "/0: this document holds no layer; it is left out"}},
      {"the plan quoted as a string",
       R"("{\"Layers\": [\"a\"]}")",
       {"a"},
       {": layers that are quoted as JSON strings"}},
      {"layers quoted as strings",
       R"(["{\"Name\": \"a\", \"LayerType\": \"NoOp\"}", "{ForeignNode[x...y]}"])",
       {"a", "{ForeignNode[x...y]}"},
       {": layers that are quoted as JSON strings",
        "/Layers: 1 of 2 layers are plain names, the others have fields"}},
      {"layers quoted in an engine, with a separator that was not escaped twice",
       R"({"Layers": ["{\n\"Name\": \"a\u001eb\"}"], "Bindings": ["x"]})",
       {"a\x1e"
        "b"},
       {": layers that are quoted as JSON strings",
        "line 2, column 11: a raw control byte (0x1e) in a string; kept"}},
      {"Layers by name",
       R"({"Layers": {"a": {"LayerType": "NoOp"}, "b": {"Name": "B"}}})",
       {"a", "B"},
       {"/Layers: expected a list of layers, got an object; its members are read as layers",
        "/Layers: 1 of 2 layers are plain names, the others have fields"}},
      {"Layers is a layer",
       "{\"Layers\": " + a + "}",
       {"a"},
       {"/Layers: expected a list of layers, got an object; its members are read as layers"}},
      {"two lists",
       R"({"Layers": ["a"], "Layers": ["b"]})",
       {"a"},
       {"/Layers: a second list of layers; only the first is read"}},
      {"a byte-order mark",
       std::string("\xEF\xBB\xBF") + two_layers,
       {"a", "b"},
       {"line 1, column 1: a byte-order mark, which JSON has not; skipped"}},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.what);
    const Engine engine = load(c.text);
    EXPECT_EQ(names_of(engine), c.names);
    EXPECT_EQ(engine.file_layer_count, static_cast<std::int64_t>(c.names.size()));
    EXPECT_EQ(notes_of(engine), c.notes);
    for (Row row = 0; row < engine.layer_count(); ++row) {
      EXPECT_EQ(engine.layers[layer::index][row], static_cast<std::int64_t>(row));
      // Whatever was walked, the layer's own text is where the offsets say.
      EXPECT_NO_THROW(attributes(engine, row));
    }
  }
}

// The layers of 11.x carry no "[profile 1]": they serve every profile, the bindings' shapes differ.
TEST(Plan, LayersWithoutAProfileServeAll) {
  const std::string text = R"j({"Layers": [{"Name": "gemm", "LayerType": "gemm", "Inputs": [],
    "Outputs": []}], "I/O Tensors": [
    {"Name": "x", "IOMode": "Input", "ProfileInfo": [{"MaxShape": [16]}, {"MaxShape": [6]}]},
    {"Name": "y", "IOMode": "Output"}]})j";
  const struct {
    int profile;
    const char* max_dims;
  } cases[] = {{0, "16"}, {1, "6"}};
  for (const auto& c : cases) {
    SCOPED_TRACE(c.profile);
    const Engine engine = load_plan(Bytes::from(text), "plan.json", c.profile);
    EXPECT_EQ(engine.layer_count(), 1u);
    EXPECT_EQ(engine.opt_profile, c.profile);
    EXPECT_EQ(engine.opt_profile_count, 2);
    ASSERT_EQ(engine.bindings.row_count(), 2u);
    EXPECT_EQ(engine.bindings[binding::name][0], "x");
    EXPECT_EQ(engine.bindings[binding::opt_profile][0], c.profile);
    EXPECT_EQ(dims_text(engine.bindings[binding::max_dims][0]), c.max_dims);
    EXPECT_EQ(engine.bindings[binding::name][1], "y");
    EXPECT_EQ(engine.profile_bindings.row_count(), 3u);
  }
  try {
    load_plan(Bytes::from(text), "plan.json", 2);
    ADD_FAILURE() << "no error";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "plan.json: no layer of optimization profile 2; the file has 0 to 1: choose one "
                 "of them with --opt-profile");
  }
}

TEST(Plan, LeavesOutAProfileInTheSameFile) {
  const Engine engine =
      load(R"({"Layers": ["a"], "Bindings": []} [{"count": 1}, {"name": "a", "timeMs": 3}])");
  EXPECT_EQ(names_of(engine), Strings{"a"});
  EXPECT_EQ(notes_of(engine),
            Strings{": a profile stands in the same file and is left out; put it into a file of "
                    "its own and give that, too"});
}

TEST(Plan, TellsTheGenerationAndTheVerbosity) {
  const struct {
    const char* what;
    const char* text;
    const char* schema;
    Verbosity verbosity;
    const char* source;
    Strings notes;
  } cases[] = {
      {"8.2 to 8.5",
       R"({"Layers": [{"Name": "a", "LayerType": "NoOp", "TacticValue": "0x0"}]})",
       "TensorRT 8.2 to 8.5",
       Verbosity::detailed,
       "layers have fields",
       {}},
      {"8.6",
       R"({"Layers": [{"Name": "a", "LayerType": "NoOp", "Metadata": ""}]})",
       "TensorRT 8.6 to 10.x",
       Verbosity::detailed,
       "layers have fields",
       {}},
      {"8.6, stream only",
       R"({"Layers": [{"Name": "a", "LayerType": "NoOp", "StreamId": 0}]})",
       "TensorRT 8.6 to 10.x",
       Verbosity::detailed,
       "layers have fields",
       {}},
      {"11, by its bindings",
       R"({"Layers": ["a"], "I/O Tensors": []})",
       "TensorRT 11.x",
       Verbosity::names_only,
       "layers are plain names",
       {}},
      {"11, by a tensor",
       R"({"Layers": [{"Name": "a", "Inputs": [{"Name": "x", "Format": "Row major linear", "Datatype": "Half"}]}]})",
       "TensorRT 11.x",
       Verbosity::detailed,
       "layers have fields",
       {}},
      {"names only",
       R"({"Layers": ["a", "b"], "Bindings": ["x"]})",
       "TensorRT, layer names only",
       Verbosity::names_only,
       "layers are plain names",
       {}},
      {"names only, as it says",
       R"({"Layers": ["a"], "ProfilingVerbosity": "kLAYER_NAMES_ONLY"})",
       "TensorRT, layer names only",
       Verbosity::names_only,
       "ProfilingVerbosity",
       {}},
      {"verbosity none",
       R"({"Layers": ["0"], "ProfilingVerbosity": "NONE"})",
       "TensorRT, layer names only",
       Verbosity::none,
       "ProfilingVerbosity",
       {}},
      {"detailed, it says",
       R"({"Layers": ["a"], "ProfilingVerbosity": "DETAILED"})",
       "TensorRT, layer names only",
       Verbosity::names_only,
       "layers are plain names",
       {"/ProfilingVerbosity: says 'DETAILED', but layers are plain names"}},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.what);
    const Engine engine = load(c.text);
    EXPECT_EQ(engine.schema, c.schema);
    EXPECT_EQ(engine.verbosity, c.verbosity);
    EXPECT_EQ(engine.verbosity_source, c.source);
    EXPECT_EQ(notes_of(engine), c.notes);
  }
}

TEST(Plan, KeepsOneOptimizationProfile) {
  const std::string text =
      R"j({"Layers": ["a", "b", "a [profile 1]", "PWN(b [profile 1], c [profile 1])",
                      "a [profile  12]", "b [profile 12] copy", "[profile x] z"],
           "Bindings": ["x", "x [profile 1]"]})j";
  const auto note = [](int kept, int profile) {
    return "/Layers: " + std::to_string(kept) + " of 7 layers are of optimization profile " +
           std::to_string(profile) +
           ", which is shown; the file has 0, 1, 12: choose with --opt-profile";
  };
  const struct {
    std::optional<int> wanted;
    int profile;
    Strings names;
    std::vector<std::int64_t> indices;
    const char* binding;
  } cases[] = {
      {{}, 0, {"a", "b", "[profile x] z"}, {0, 1, 6}, "x"},
      {0, 0, {"a", "b", "[profile x] z"}, {0, 1, 6}, "x"},
      {1, 1, {"a [profile 1]", "PWN(b [profile 1], c [profile 1])"}, {2, 3}, "x [profile 1]"},
      {12, 12, {"a [profile  12]", "b [profile 12] copy"}, {4, 5}, "x"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.profile);
    const Engine engine = load(text, c.wanted);
    EXPECT_EQ(names_of(engine), c.names);
    EXPECT_EQ(engine.opt_profile, c.profile);
    EXPECT_EQ(engine.opt_profile_count, 3);
    EXPECT_EQ(engine.file_layer_count, 7);
    EXPECT_EQ(notes_of(engine), Strings{note(static_cast<int>(c.names.size()), c.profile)});
    for (Row row = 0; row < engine.layer_count(); ++row) {
      EXPECT_EQ(engine.layers[layer::index][row], c.indices[row]);
      EXPECT_EQ(engine.layers[layer::opt_profile][row], c.profile);
    }
    ASSERT_EQ(engine.bindings.row_count(), 1u);
    EXPECT_EQ(engine.bindings[binding::name][0], c.binding);
  }
  EXPECT_EQ(load(R"(["a [profile 3]", "a [profile 2]"])").opt_profile, 2);
  EXPECT_EQ(names_of(load(R"(["a [profile 99999999999999999999]"])")),
            Strings{"a [profile 99999999999999999999]"});
}

}  // namespace
}  // namespace trex

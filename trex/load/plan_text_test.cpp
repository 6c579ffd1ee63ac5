// The inspector's text form: what each kind of line becomes, and that no line breaks the JSON.

// SPDX-License-Identifier: Apache-2.0
#include "trex/load/plan_text.hpp"

#include "trex/load/plan_test.hpp"

namespace trex {
namespace {

const std::string note =
    ": the text form of the layer information, where names stand without quotes: odd ones may be "
    "misread; prefer trtexec --exportLayerInfo";

TEST(PlanText, ReadsDetailedLines) {
  const Engine engine = load(
      "Layers:\n"
      "Name: a + b, c, LayerType: CaskConvolution, Inputs: [ { Name: x, Location: Device, "
      "Dimensions: [1,3,8,8], Format/Datatype: Row major linear FP32 }], Outputs: [ { Name: "
      "{ForeignNode[p...q]}, Dimensions: [-1,4], Format/Datatype: Half }], ParameterType: "
      "Convolution, Kernel: [3,3], OutMaps: 8, Weights: {\"Type\": \"Half\", \"Count\": 216}, "
      "TacticName: t: 1, u, TacticValue: 0x12, StreamId: 2, Metadata: [ONNX Layer: a]\x1e[ONNX "
      "Layer: b, c]\n"
      "Name: {ForeignNode[a...b]}, LayerType: Myelin, Inputs: [], Outputs: [], Metadata: \n"
      "\n"
      "Bindings:\n"
      "x\n"
      "y, z\n");
  EXPECT_EQ(notes_of(engine), Strings{note});
  EXPECT_EQ(engine.schema, "TensorRT 8.6 to 10.x");
  EXPECT_EQ(names_of(engine), (Strings{"a + b, c", "{ForeignNode[a...b]}"}));
  EXPECT_EQ(tensors_of(engine, 0),
            (Strings{"input x FP32 1x3x8x8", "output {ForeignNode[p...q]} FP16 -1x4"}));
  EXPECT_EQ(engine.layers[layer::type][0], "Convolution");
  EXPECT_EQ(engine.layers[layer::tactic][0], "t: 1, u");
  EXPECT_EQ(engine.layers[layer::tactic_value][0], "0x12");
  EXPECT_EQ(engine.layers[layer::stream][0], 2);
  EXPECT_EQ(engine.layers[layer::metadata][0], "[ONNX Layer: a]\x1e[ONNX Layer: b, c]");
  EXPECT_EQ(engine.layers[layer::weights_count][0], 216);
  ASSERT_NE(engine.convolution(0), nullptr);
  EXPECT_EQ(engine.convolution(0)->out_maps, 8);
  EXPECT_EQ(engine.bindings[binding::name][1], "y, z");
}

TEST(PlanText, ReadsTypedLines) {
  const Engine engine = load(
      "[06/01/2026-10:11:12] [I] Layers:\n"
      "[06/01/2026-10:11:12] [I] Layer(Reformat): copy of a, Tactic: 0x00000000000003ea, (Unnamed "
      "Layer* 4) [Shuffle]_output (Float[1,3,224,224]), y (Half[1,8:8,4]) -> z (Int8[1])\n"
      "Layer(NoOp): n, Tactic: 0x0,  -> \n");
  EXPECT_EQ(notes_of(engine), Strings{note});
  EXPECT_EQ(engine.schema, "TensorRT, text form");
  EXPECT_EQ(names_of(engine), (Strings{"copy of a", "n"}));
  EXPECT_EQ(engine.layers[layer::subtype][0], "Reformat");
  EXPECT_EQ(engine.layers[layer::tactic_value][0], "0x00000000000003ea");
  EXPECT_EQ(tensors_of(engine, 0),
            (Strings{"input (Unnamed Layer* 4) [Shuffle]_output FP32 1x3x224x224",
                     "input y FP16 1x8x4", "output z INT8 1"}));
  EXPECT_EQ(tensors_of(engine, 1), Strings{});
}

TEST(PlanText, ReadsNames) {
  const Engine engine = load("Layers:\nconv1 + relu1\n{\"x\"}\n\nBindings:\nin\nout\n");
  EXPECT_EQ(names_of(engine), (Strings{"conv1 + relu1", "{\"x\"}"}));
  EXPECT_EQ(engine.schema, "TensorRT, layer names only");
  EXPECT_EQ(engine.bindings.row_count(), 2u);
}

TEST(PlanText, IsOnlyWhatItSeems) {
  EXPECT_FALSE(is_plan_text(""));
  EXPECT_FALSE(is_plan_text("hello"));
  EXPECT_FALSE(is_plan_text("Name: John\n"));
  EXPECT_FALSE(is_plan_text("{\"Layers\": []}"));
  EXPECT_TRUE(is_plan_text("\n[I] Layers:\n"));
}

TEST(PlanText, IsFoundInALog) {
  const std::string stamp = "[11/23/2026-10:00:00] [I] ";
  EXPECT_EQ(plan_text_in_log(stamp + "Layer Information:\n" + stamp +
                             "Layers:\na\nb\n\nBindings:\nx\n" + stamp + "Starting inference\n"),
            stamp + "Layers:\na\nb\n\nBindings:\nx");
  EXPECT_EQ(plan_text_in_log("Layers:\n[0] a\n&&&& PASSED"), "Layers:\n[0] a");
  EXPECT_EQ(plan_text_in_log("Layers:"), "Layers:");
  EXPECT_EQ(plan_text_in_log(stamp + "Dump Layers: Disabled\n"), std::nullopt);
  EXPECT_EQ(plan_text_in_log(""), std::nullopt);
}

// Lines cut at each of their bytes, or with odd ones in them, are still JSON.
TEST(PlanText, AlwaysGivesJson) {
  const std::string lines[] = {
      "Name: a, LayerType: b, Inputs: [ { Name: x}, Dimensions: [1,[2,x], Weights: {\"Type\": "
      "\"H\"}, Location: }], Metadata: \"\x80\n",
      "Layer(a): b, Tactic: 0x0, x (Half[1,2:2]) -> y (Half[])\n",
      "Name: a, LayerType: " + std::string(1000, '{') + ", Inputs: " + std::string(1000, '['),
  };
  for (const std::string& line : lines) {
    for (std::size_t size = 0; size <= line.size(); ++size) {
      const std::string text = "Layers:\n" + line.substr(0, size);
      const auto json = json_of_plan_text(text);
      ASSERT_TRUE(json);
      ASSERT_NO_THROW(parse_json(*json, "x")) << text << "\n" << *json;
    }
  }
}

}  // namespace
}  // namespace trex

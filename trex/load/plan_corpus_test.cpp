// Real plan graphs: every one loads, whole, and nothing in them is odd.

// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "trex/load/plan.hpp"

namespace trex {
namespace {

TEST(PlanCorpus, EveryPlanGraphLoadsWithoutANote) {
  const std::string corpus = TREX_SOURCE_DIR "/../shared/corpus/";
  if (!is_directory(corpus)) GTEST_SKIP() << "no corpus of real engine files at " << corpus;

  // Counted with Python's json module; convolutions: layers with Kernel or ConvKernel; weights:
  // members of layers with both Type and Count.
  const struct {
    const char* path;
    std::size_t layers, tensors, bindings, convolutions, weights;
    const char* schema;
  } cases[] = {
      {"fuzzylabs/alexnet.onnx.engine.graph.json", 14, 38, 2, 5, 10, "TensorRT 8.6 to 10.x"},
      {"fuzzylabs/jetson.mobilenet_v2.engine_info.json", 167, 344, 2, 53, 106,
       "TensorRT 8.6 to 10.x"},
      {"fuzzylabs/mobilenet_v2.onnx.engine.graph.json", 57, 126, 2, 52, 104,
       "TensorRT 8.6 to 10.x"},
      {"fuzzylabs/resnet18.onnx.engine.graph.json", 26, 60, 2, 20, 40, "TensorRT 8.6 to 10.x"},
      {"fuzzylabs/torch-tensorrt.mobilenet_v2.engine_info.json", 123, 260, 2, 52, 104,
       "TensorRT 8.6 to 10.x"},
      {"fuzzylabs/torch-tensorrt.resnet18.layer_information.json", 26, 60, 2, 21, 42,
       "TensorRT 8.6 to 10.x"},
      {"julianleeowl/depth-anything-int8.engine_inspector.json", 179, 475, 2, 33, 66,
       "TensorRT 8.6 to 10.x"},
      {"julianleeowl/depth-anything.layers.json", 139, 371, 2, 33, 66, "TensorRT 8.6 to 10.x"},
      {"trex-tests/mobilenet.qat.onnx.engine.graph.json", 73, 156, 2, 53, 106,
       "TensorRT 8.2 to 8.5"},
      {"trex-tests/mobilenet_v2_residuals.qat.onnx.engine.graph.json", 58, 126, 2, 53, 106,
       "TensorRT 8.2 to 8.5"},
      {"yuanjiechen/controlnet-a.layers.json", 389, 813, 17, 64, 210, "TensorRT 8.6 to 10.x"},
      {"yuanjiechen/controlnet-b.layers.json", 385, 805, 17, 64, 210, "TensorRT 8.6 to 10.x"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.path);
    const Engine engine = load_plan(read_file(corpus + c.path), c.path, {});
    EXPECT_EQ(engine.layer_count(), c.layers);
    EXPECT_EQ(engine.file_layer_count, static_cast<std::int64_t>(c.layers));
    EXPECT_EQ(engine.tensors.row_count(), c.tensors);
    EXPECT_EQ(engine.bindings.row_count(), c.bindings);
    EXPECT_EQ(engine.convolutions.size(), c.convolutions);
    EXPECT_EQ(engine.weights.size(), c.weights);
    EXPECT_EQ(engine.schema, c.schema);
    EXPECT_EQ(engine.verbosity, Verbosity::detailed);
    for (const Note& note : engine.notes) ADD_FAILURE() << note.path << ": " << note.message;
    for (Row row = 0; row < engine.layer_count(); ++row) {
      const Json* name = attributes(engine, row).find("Name");
      ASSERT_NE(name, nullptr);
    }
  }
}

}  // namespace
}  // namespace trex

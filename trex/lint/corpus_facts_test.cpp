// What was read by eye in real engines, and what must hold on any: true figures, a reason for every
// Reformat, a Tensor Core finding for no Tensor Core kernel.

// SPDX-License-Identifier: Apache-2.0

#include <cmath>
#include <filesystem>

#include "tests/support/golden.hpp"
#include "trex/base/text.hpp"
#include "trex/lint/lint.hpp"
#include "trex/lint/reformat_reason.hpp"

namespace trex::lint {
namespace {

const char* const graphs[] = {
    "fuzzylabs/alexnet.onnx.engine.graph.json",
    "fuzzylabs/jetson.mobilenet_v2.engine_info.json",
    "fuzzylabs/mobilenet_v2.onnx.engine.graph.json",
    "fuzzylabs/resnet18.onnx.engine.graph.json",
    "fuzzylabs/torch-tensorrt.mobilenet_v2.engine_info.json",
    "fuzzylabs/torch-tensorrt.resnet18.layer_information.json",
    "julianleeowl/depth-anything-int8.engine_inspector.json",
    "julianleeowl/depth-anything.layers.json",
    "trex-tests/mobilenet.qat.onnx.engine.graph.json",
    "trex-tests/mobilenet_v2_residuals.qat.onnx.engine.graph.json",
    "yuanjiechen/controlnet-a.layers.json",
    "yuanjiechen/controlnet-b.layers.json",
};

class CorpusFacts : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::is_directory(test::shared_path("corpus"))) GTEST_SKIP() << "no corpus";
  }
  static Engine load(const std::string& graph) {
    return test::load_with_siblings(test::shared_path("corpus/" + graph));
  }
  static std::vector<Finding> findings_of(const Engine& engine, const char* rule) {
    return run(engine, select_rules(rule), Thresholds()).findings;
  }
};

TEST_F(CorpusFacts, EveryReformatHasAReasonAndARemedy) {
  int reformats = 0;
  for (const char* graph : graphs) {
    const Engine engine = load(graph);
    const Thresholds thresholds;
    const Context c(engine, thresholds);
    for (Row row = 0; row < engine.layer_count(); ++row) {
      if (!c.is(row, reformat)) continue;
      SCOPED_TRACE(std::string(graph) + ": " + std::string(c.name(row)));
      const ReformatReason reason = reformat_reason(c, row);
      EXPECT_NE(reason.cause, ReformatCause::unknown);
      EXPECT_FALSE(reason_text(c, row, reason).empty());
      EXPECT_FALSE(remedy_text(c, reason).empty());
      ++reformats;
    }
  }
  EXPECT_GT(reformats, 150);
}

TEST_F(CorpusFacts, NoClaimIsAboveWhatWasMeasured) {
  const auto all = rules();
  for (const char* graph : graphs) {
    SCOPED_TRACE(graph);
    const Engine engine = load(graph);
    const Result result = run(engine, {all.begin(), all.end()}, Thresholds());
    double last = INFINITY;
    for (const Finding& finding : result.findings) {
      SCOPED_TRACE(std::string(finding.rule) + ": " + finding.message);
      const double claim = finding.recoverable_ms.value_or(-1);
      EXPECT_LE(claim, last);  // ranked
      last = claim;
      if (!finding.recoverable_ms) continue;
      ASSERT_TRUE(finding.measured_ms.has_value());
      EXPECT_GE(claim, 0);
      EXPECT_LE(claim, *finding.measured_ms);
      EXPECT_LE(*finding.measured_ms, *result.engine_ms * (1 + 1e-9));
    }
    if (!result.recoverable_ms) continue;
    EXPECT_LE(*result.recoverable_ms, *result.engine_ms);
    EXPECT_NEAR(*result.best_ms, *result.engine_ms - *result.recoverable_ms, 1e-12);
  }
}

TEST_F(CorpusFacts, NoTensorCoreKernelIsSaidToBeNone) {
  for (const char* graph : graphs) {
    SCOPED_TRACE(graph);
    const Engine engine = load(graph);
    for (const char* rule : {"low-precision-simt", "dp4a-kernel", "fp32-without-tf32"}) {
      for (const Finding& finding : findings_of(engine, rule)) {
        for (const Row row : finding.layers) {
          const std::string_view tactic = engine.layers[layer::tactic][row];
          for (const char* word : {"tensor16x8", "tensor8x8", "hmma", "h884", "h1688", "h16816",
                                   "i8816", "i16832", "wgmma"}) {
            EXPECT_FALSE(contains_ignoring_case(tactic, word)) << tactic;
          }
        }
      }
    }
  }
}

// 12 blocks of a ViT in FP32 and TF32: its softmax is written out by Myelin, between the two
// multiplications. The same model in FP16 runs 12 fused kernels.
TEST_F(CorpusFacts, AttentionOfTheViTsIsToldApart) {
  const auto unfused = findings_of(load("julianleeowl/depth-anything-int8.engine_inspector.json"),
                                   "attention-not-fused");
  ASSERT_EQ(unfused.size(), 1u);
  EXPECT_EQ(unfused[0].evidence[0].value.number(), 12.0);
  EXPECT_EQ(unfused[0].layers.size(), 36u);
  EXPECT_TRUE(
      findings_of(load("julianleeowl/depth-anything.layers.json"), "attention-not-fused").empty());
}

// MobileNet v2 has 35 ReLU6. Torch-TensorRT's casts keep all of them out of the convolutions, on
// both machines (the last one of the newer engine is fused with the mean behind it); through ONNX
// they are fused.
TEST_F(CorpusFacts, TheReLU6OfTorchTensorRTAreNotFused) {
  const std::pair<const char*, std::size_t> cases[] = {
      {"fuzzylabs/jetson.mobilenet_v2.engine_info.json", 35},
      {"fuzzylabs/torch-tensorrt.mobilenet_v2.engine_info.json", 34},
      {"fuzzylabs/mobilenet_v2.onnx.engine.graph.json", 0},
  };
  for (const auto& [graph, expected] : cases) {
    SCOPED_TRACE(graph);
    std::size_t count = 0;
    for (const Finding& f : findings_of(load(graph), "convolution-activation-not-fused")) {
      count += f.layers.size();
    }
    EXPECT_EQ(count, expected);
  }
}

// The float residuals hold 15 Quantize layers back; with the residuals quantized none is left.
TEST_F(CorpusFacts, TheResidualsOfTheQatMobileNet) {
  const Engine engine = load("trex-tests/mobilenet.qat.onnx.engine.graph.json");
  const auto quantize = findings_of(engine, "unfused-quantize");
  ASSERT_EQ(quantize.size(), 2u);
  EXPECT_EQ(quantize[0].layers.size(), 15u);
  EXPECT_NE(quantize[0].message.find("a float residual branch"), std::string::npos);
  const auto residual = findings_of(engine, "float-residual");
  ASSERT_EQ(residual.size(), 1u);
  EXPECT_EQ(residual[0].layers.size(), 10u);
  const Engine fixed = load("trex-tests/mobilenet_v2_residuals.qat.onnx.engine.graph.json");
  EXPECT_TRUE(findings_of(fixed, "float-residual").empty());
  for (const Finding& finding : findings_of(fixed, "unfused-quantize")) {
    EXPECT_EQ(finding.message.find("residual"), std::string::npos);
  }
}

}  // namespace
}  // namespace trex::lint

// The rules on precision and quantization, on real engines and on the quantized samples.

// SPDX-License-Identifier: Apache-2.0

#include <filesystem>

#include "tests/support/golden.hpp"
#include "trex/lint/lint.hpp"
#include "trex/sample/sample.hpp"

namespace trex::lint {
namespace {

std::size_t layer_count(const std::vector<Finding>& findings) {
  std::size_t count = 0;
  for (const Finding& finding : findings) count += finding.layers.size();
  return count;
}

std::vector<Finding> findings_of(const Engine& engine, const char* rule) {
  return run(engine, select_rules(rule), Thresholds()).findings;
}

struct Expected {
  const char* graph;
  std::size_t simt, dp4a;  // layers
};

// Every convolution and matrix multiplication of the FP16 engines but the three SIMT ones runs on
// Tensor Cores or is a matrix-vector product; the QAT engines have one SIMT 1x1 convolution and one
// int8x4 stem each.
const Expected expectations[] = {
    {"fuzzylabs/alexnet.onnx.engine.graph.json", 0, 0},
    {"fuzzylabs/mobilenet_v2.onnx.engine.graph.json", 0, 0},
    {"fuzzylabs/resnet18.onnx.engine.graph.json", 0, 0},
    {"fuzzylabs/torch-tensorrt.mobilenet_v2.engine_info.json", 0, 0},
    {"fuzzylabs/jetson.mobilenet_v2.engine_info.json", 0, 0},
    {"fuzzylabs/torch-tensorrt.resnet18.layer_information.json", 1, 0},
    {"yuanjiechen/controlnet-a.layers.json", 2, 0},
    {"yuanjiechen/controlnet-b.layers.json", 0, 0},
    {"julianleeowl/depth-anything.layers.json", 0, 0},
    {"trex-tests/mobilenet.qat.onnx.engine.graph.json", 1, 1},
    {"trex-tests/mobilenet_v2_residuals.qat.onnx.engine.graph.json", 1, 1},
};

TEST(PrecisionCorpus, NamesTheLayersOffTensorCoresAndNoOther) {
  for (const Expected& expected : expectations) {
    SCOPED_TRACE(expected.graph);
    const std::string path = test::shared_path(std::string("corpus/") + expected.graph);
    if (!file_exists(path)) GTEST_SKIP() << "no corpus: " << path;
    const Engine engine = test::load_with_siblings(path);
    const auto simt = findings_of(engine, "low-precision-simt");
    EXPECT_EQ(layer_count(simt), expected.simt);
    for (const Finding& finding : simt) {
      for (const Row row : finding.layers) {
        EXPECT_NE(engine.layers[layer::tactic][row].find("simt_small_batch"),
                  std::string_view::npos);
      }
    }
    const auto dp4a = findings_of(engine, "dp4a-kernel");
    EXPECT_EQ(layer_count(dp4a), expected.dp4a);
    for (const Finding& finding : dp4a) {
      EXPECT_NE(engine.layers[layer::tactic][finding.layers[0]].find("int8x4"),
                std::string_view::npos);
    }
  }
}

class Samples : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    directory() =
        std::filesystem::temp_directory_path() /
        ("trex-lint-samples-" + std::to_string(::testing::UnitTest::GetInstance()->random_seed()) +
         "-" +
         std::to_string(std::filesystem::file_time_type::clock::now().time_since_epoch().count()));
    sample::Options options;
    options.directory = directory().string();
    options.only = {"resnet18.qat", "resnet18.qat-residual", "resnet18.qat-residual-gap"};
    options.records = 10;
    sample::write_samples(options);
  }
  static void TearDownTestSuite() { std::filesystem::remove_all(directory()); }
  static std::filesystem::path& directory() {
    static std::filesystem::path path;
    return path;
  }
  static Engine load(const std::string& name) {
    return test::load_with_siblings((directory() / (name + ".onnx.engine.graph.json")).string());
  }
};

// Eight convolutions add a float residual, three shortcuts and the stem feed one, and the last
// product leaves the engine: 13 write float.
TEST_F(Samples, ResidualBranchesAreTheCauseOfFloatOutputs) {
  const auto findings = findings_of(load("resnet18.qat"), "quantized-conv-float-output");
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].layers.size(), 13u);
  EXPECT_EQ(
      findings[0].message.substr(0, 87),
      "13 quantized convolutions write floating point: 12 because of float residual branches (");
  ASSERT_EQ(findings[0].evidence.size(), 3u);
  EXPECT_EQ(findings[0].evidence[0].value.number(), 12.0);
  EXPECT_EQ(findings[0].evidence[2].value.number(), 1.0);
}

TEST_F(Samples, QuantizedResidualsLeaveNone) {
  const Engine engine = load("resnet18.qat-residual-gap");
  for (const char* rule : {"quantized-conv-float-output", "float-residual", "unfused-quantize"}) {
    SCOPED_TRACE(rule);
    EXPECT_TRUE(findings_of(engine, rule).empty());
  }
}

TEST_F(Samples, ResidualsHoldTheQuantizeLayersBack) {
  const Engine engine = load("resnet18.qat");
  const auto quantize = findings_of(engine, "unfused-quantize");
  ASSERT_EQ(quantize.size(), 2u);  // 8 behind residuals, 1 behind the global pooling
  EXPECT_EQ(quantize[0].layers.size(), 8u);
  EXPECT_EQ(quantize[1].layers.size(), 1u);
  const auto residual = findings_of(engine, "float-residual");
  ASSERT_EQ(residual.size(), 1u);
  EXPECT_EQ(residual[0].layers.size(), 9u);  // 8 convolutions, 1 reformat of an operand
}

}  // namespace
}  // namespace trex::lint

// The work of well-known networks, as TensorRT built them: their MACs are in the literature.

// SPDX-License-Identifier: Apache-2.0

#include <fmt/format.h>

#include "tests/support/golden.hpp"
#include "trex/analyze/memory.hpp"
#include "trex/analyze/roofline.hpp"
#include "trex/analyze/summary.hpp"
#include "trex/analyze/tactics.hpp"
#include "trex/analyze/work.hpp"

namespace trex {
namespace {

struct Network {
  const char* graph;
  std::int64_t macs;  // of all layers that can be counted
  std::size_t counted, uncounted;
};

const Network networks[] = {
    // 1.81 GMACs; the last product (512 x 1000) is in a kernel that states no dimensions
    {"fuzzylabs/resnet18.onnx.engine.graph.json", 1813561344, 20, 0},
    // the same with its last product as a 1x1 convolution
    {"fuzzylabs/torch-tensorrt.resnet18.layer_information.json", 1814073344, 21, 0},
    // 0.30 GMACs: 299494272 + 1280 x 1000
    {"fuzzylabs/mobilenet_v2.onnx.engine.graph.json", 300774272, 53, 0},
    {"fuzzylabs/torch-tensorrt.mobilenet_v2.engine_info.json", 300774272, 53, 0},
    {"fuzzylabs/jetson.mobilenet_v2.engine_info.json", 300774272, 53, 0},
    // 0.71 GMACs: convolutions 655566528 + 9216 x 4096 + 4096 x 4096 + 4096 x 1000
    {"fuzzylabs/alexnet.onnx.engine.graph.json", 714188480, 8, 0},
    {"yuanjiechen/controlnet-a.layers.json", 25716899840, 64, 0},
    {"yuanjiechen/controlnet-b.layers.json", 25716899840, 64, 0},
};

std::string graph_path(const char* name) {
  return test::shared_path(std::string("corpus/") + name);
}

TEST(CorpusWork, OfKnownNetworks) {
  for (const Network& network : networks) {
    SCOPED_TRACE(network.graph);
    if (!file_exists(graph_path(network.graph))) GTEST_SKIP() << "no corpus";
    const Engine engine = test::load_with_siblings(graph_path(network.graph));
    const Table work = work_table(engine);
    std::size_t counted = 0, uncounted = 0;
    for (Row row = 0; row < work.row_count(); ++row) {
      if (work[work::kind].is_null(row)) continue;
      ++(work[work::macs][row] ? counted : uncounted);
    }
    EXPECT_EQ(total(work[work::macs]), network.macs);
    EXPECT_EQ(counted, network.counted);
    EXPECT_EQ(uncounted, network.uncounted);
  }
}

// Twelve blocks of ViT-S on 1370 tokens: 1370 x 384 x (1152 + 384 + 1536 + 1536) and 6 heads'
// 2 x 1370 x 1370 x 64 each; 33 convolutions and deconvolutions of 11246136960 MACs.
TEST(CorpusWork, OfAVisionTransformer) {
  constexpr std::int64_t block = std::int64_t{1370} * 384 * (1152 + 384 + 1536 + 1536) +
                                 std::int64_t{6} * 2 * 1370 * 1370 * 64;
  for (const char* name : {"julianleeowl/depth-anything.layers.json",
                           "julianleeowl/depth-anything-int8.engine_inspector.json"}) {
    SCOPED_TRACE(name);
    if (!file_exists(graph_path(name))) GTEST_SKIP() << "no corpus";
    const Engine engine = load_engine([&] {
      EngineFiles files;
      files.graph = graph_path(name);
      return files;
    }());
    EXPECT_EQ(total(work_table(engine)[work::macs]), 12 * block + 11246136960);
  }
}

// Whatever the engine: every analysis runs, and its figures stay in their bounds.
TEST(CorpusWork, FiguresStayInTheirBounds) {
  for (const Network& network : networks) {
    SCOPED_TRACE(network.graph);
    if (!file_exists(graph_path(network.graph))) GTEST_SKIP() << "no corpus";
    const Engine engine = test::load_with_siblings(graph_path(network.graph));
    const Table work = work_table(engine);
    const Table roofline = roofline_table(engine, work, device_of(engine));
    const ActivationMemory memory = activation_memory(engine);
    ASSERT_TRUE(memory.peak_bytes && memory.total_bytes);
    EXPECT_GT(*memory.peak_bytes, 0);
    EXPECT_LE(*memory.peak_bytes, *memory.total_bytes);
    double shares = 0;
    for (Row row = 0; row < engine.layer_count(); ++row) {
      SCOPED_TRACE(engine.layers[layer::name][row]);
      shares += engine.layers[layer::share][row].value_or(0);
      const auto recoverable = roofline[roofline::recoverable_ms][row];
      if (recoverable) {
        EXPECT_GE(*recoverable, 0);
        EXPECT_LE(*recoverable, *engine.layers[layer::time_ms][row]);
      }
      const auto m = work[work::m][row];
      if (m) {
        EXPECT_EQ(*m * *work[work::n][row] * *work[work::k][row] * *work[work::gemm_count][row],
                  work[work::macs][row]);
      }
    }
    if (engine.profile.present) {
      EXPECT_NEAR(shares, 1, 1e-9);
    }
  }
}

}  // namespace
}  // namespace trex

// Logs without prefixes, in other encodings, interleaved or cut; and where layers run.

// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include "trex/trtexec/log_test_help.hpp"

namespace trex::trtexec {
namespace {

TEST(Log, ReadsWithoutPrefixesColoursOrLineFeeds) {
  const std::string plain =
      "=== Build Options ===\r\nPrecision: FP16\r\nMemory Pools: workspace: 8 MiB, dlaSRAM: "
      "default\r\n=== Device Information ===\r\nSMs: 8\r\n\r\nTensorRT version: 8.6.1\r\n"
      "Engine built in 2.5 sec.\r\nError Code 4: Internal Error (x)\r\n";
  const Log log = parse_log(plain);
  EXPECT_EQ(value_of(log, "Build Options", "Memory Pools"), "workspace: 8 MiB, dlaSRAM: default");
  EXPECT_EQ(value_of(log, "Device Information", "SMs"), "8");
  ASSERT_EQ(log.find("Device Information")->options.size(), 1u);
  EXPECT_EQ(number(log, "build_seconds"), 2.5);
  ASSERT_EQ(log.problems.size(), 1u);
  EXPECT_EQ(log.problems[0].severity, 'E');

  const Log coloured =
      parse_log("\x1b[32m[I]\x1b[0m === Build \x1b[1mOptions\x1b[0m ===\n[I] A: b");
  EXPECT_EQ(value_of(coloured, "Build Options", "A"), "b");
}

TEST(Log, ReadsWhatPowerShellWrites) {
  std::string utf16 = "\xff\xfe";
  for (const char c : std::string("[I] TensorRT version: 10.3.0\r\n")) {
    utf16 += c;
    utf16 += '\0';
  }
  EXPECT_EQ(parse_log(utf16).tensorrt_version, "10.3.0");
  EXPECT_EQ(parse_log(utf16 + "x").tensorrt_version, "10.3.0");
}

TEST(Log, PartsLinesThatTwoStreamsWroteAtOnce) {
  const Log log = parse_log(
      "[07/08/2025-10:00:00] [I] === Build Options ===\n"
      "[07/08/2025-10:00:00] [I] Precision: FP16[07/08/2025-10:00:00] [W] [TRT] careful: so\n"
      "[07/08/2025-10:00:00] [I] Refit: Disabled\n");
  EXPECT_EQ(value_of(log, "Build Options", "Precision"), "FP16");
  EXPECT_EQ(value_of(log, "Build Options", "Refit"), "Disabled");
  ASSERT_EQ(log.problems.size(), 1u);
  EXPECT_EQ(log.problems[0].text, "careful: so");
  EXPECT_EQ(log.problems[0].line, 2);
}

TEST(Log, HelpIsNoOption) {  // an unknown option makes trtexec print its whole help
  const Log log = parse_log(
      "=== Build Options ===\n  --minShapes=spec     Build with: dynamic shapes\n"
      "[E] Unknown option: --fp99 1\n&&&& FAILED TensorRT.trtexec [TensorRT v8601] # trtexec\n");
  EXPECT_TRUE(log.sections.empty());
  EXPECT_EQ(log.passed, false);
  ASSERT_EQ(log.problems.size(), 1u);
}

TEST(Log, FindsWhereLayersRun) {
  struct Case {
    const char* what;
    const char* text;
    std::vector<std::string> expected;  // layer|device
  };
  const Case cases[] = {
      {"8.x lists",
       "[I] [TRT] ---------- Layers Running on DLA ----------\n"
       "[I] [TRT] [DlaLayer] {ForeignNode[conv1...fc, 8]}\n"
       "[I] [TRT] ---------- Layers Running on GPU ----------\n"
       "[I] [TRT] [GpuLayer] SOFTMAX: prob\n"
       "[I] [TRT] [GpuLayer] /a/Conv + /a/Relu\n"
       "[I] [TRT] [GpuLayer] PLUGIN_V2: p: q\n"
       "[I] [TRT] [MemUsageChange] Init cuDNN: CPU +1, GPU +2, now: CPU 3, GPU 4 (MiB)\n",
       {"{ForeignNode[conv1...fc, 8]}|DLA", "prob|GPU", "/a/Conv + /a/Relu|GPU", "p: q|GPU"}},
      {"7.x lists on one line",
       "[I] [TRT] --------------- Layers running on DLA: \n"
       "[I] [TRT] {a,b}, {c}, \n"
       "[I] [TRT] --------------- Layers running on GPU: \n"
       "[I] [TRT] d + e, PWN(f, g), \n"
       "[I] [TRT] Detected 1 inputs and 2 output network tensors.\n",
       {"{a,b}|DLA", "{c}|DLA", "d + e|GPU", "PWN(f, g)|GPU"}},
      {"sample logs of 8.x and later",
       "[I] [TRT] --------------- Layers running on DLA:\n"
       "[I] [TRT] [DlaLayer] {ForeignNode[(Unnamed Layer* 0) [ElementWise]]},\n"
       "[I] [TRT] --------------- Layers running on GPU:\n[I] [TRT]\n"
       "[I] [TRT] Total Scratch Memory: 5, 6\n",
       {"{ForeignNode[(Unnamed Layer* 0) [ElementWise]]}|DLA"}},
      {"no DLA at all",
       "[I] [TRT] ---------- Layers Running on DLA ----------\n"
       "[I] [TRT] ---------- Layers Running on GPU ----------\n",
       {}},
      {"said of the whole engine",
       "[W] [TRT] setDefaultDeviceType was called but no layer in the network can run on DLA.\n",
       {}},
      {"verbose talk", "[V] [TRT] a: DLA does not support this\n", {}},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    std::vector<std::string> found;
    for (const DlaPlacement& p : parse_log(c.text).placements) {
      found.push_back(p.layer + "|" + p.device);
    }
    EXPECT_EQ(found, c.expected);
  }
}

TEST(Log, FindsWhyALayerIsNotOnDla) {
  const std::pair<const char*, const char*> cases[] = {
      {"Default DLA is enabled but layer route 3 is not supported on DLA, falling back to GPU.",
       "route 3"},
      {"Default DLA is enabled but layer act is not running on DLA, falling back to GPU.", "act"},
      {"Layer '/model.24/Constant_1' (CONSTANT): Unsupported on DLA. Switching this layer's device "
       "type to GPU.",
       "/model.24/Constant_1"},
      {"DLA supports only 8 subgraphs per DLA core. Switching to GPU for layer conv_6", "conv_6"},
      {"DLA only supports FP16 and Int8 precision type. Switching (Unnamed Layer* 275) [Gather] "
       "device type to GPU.",
       "(Unnamed Layer* 275) [Gather]"},
      {"DLA Layer /a/Relu does not support dynamic shapes in any dimension.", "/a/Relu"},
      {"Layer topk (DLA) is not supported on DLA, falling back to GPU.", "topk"},
      {"/model.24/Pow: DLA cores do not support POW ElementWise operation.", "/model.24/Pow"},
      {"route_3: Concatenation on DLA requires at least two inputs.", "route_3"},
      {"leaky_1: ActivationLayer (with ActivationType = LEAKY_RELU) not supported for DLA.",
       "leaky_1"},
      {"Validation failed for DLA layer: conv9. Switching to GPU fallback.", "conv9"},
      {"Splitting DLA subgraph at: mul because DLA validation failed for this layer.", "mul"},
  };
  for (const auto& [text, layer] : cases) {
    SCOPED_TRACE(text);
    const Log log = parse_log(std::string("[W] [TRT] ") + text + "\n");
    ASSERT_EQ(log.placements.size(), 1u);
    EXPECT_EQ(log.placements[0].layer, layer);
    EXPECT_EQ(log.placements[0].device, "GPU");
    EXPECT_EQ(log.placements[0].reason, text);
    EXPECT_EQ(log.problems.size(), 1u);
  }
}

TEST(Log, ToldFromOtherTexts) {
  const std::pair<const char*, bool> cases[] = {
      {"&&&& RUNNING TensorRT.trtexec # trtexec\n", true},
      {"[I] [TRT] a\n[I] [TRT] b\n", true},
      {"text\nmore\n[05/08/2024-14:05:14] [I] a\n[05/08/2024-14:05:14] [I] b\n", true},
      {"[05/08/2024-14:05:14] [I] a", true},
      {"=== Performance summary ===\nThroughput: 1 qps\n", true},
      {"[{\"count\": 3}]", false},
      {"{\"Layers\": []}", false},
      {"[I]\n[J]\n", false},
      {"plain words\n", false},
      {"", false},
  };
  for (const auto& [text, expected] : cases) {
    SCOPED_TRACE(text);
    EXPECT_EQ(looks_like_log(text), expected);
  }
}

TEST(Log, OddNumbersAndCutLinesDoNoHarm) {
  const Log log = parse_log(
      "[I] Throughput: nan qps\n[I] Latency: min = inf ms, max = 1 ms, mean = , median\n"
      "[I] Latency: min = \n[I] Engine built in sec.\n[I] === Profile ( iterations ) ===\n"
      "[I] Time(ms) Avg.(ms) Time(%) Layer\n[I] 1 2\n[I] 1 2 3\n[I] === ===\n[I] &&&& \n");
  EXPECT_EQ(log.throughput_qps, std::nullopt);
  ASSERT_EQ(log.statistics.size(), 1u);
  EXPECT_EQ(log.statistics[0].values, (std::vector<std::pair<std::string, double>>{{"max", 1}}));
  EXPECT_EQ(log.profile_iterations, std::nullopt);
  ASSERT_EQ(log.profile.size(), 1u);
  EXPECT_EQ(log.profile[0].name, "");
  EXPECT_TRUE(parse_log("").sections.empty());
}

}  // namespace
}  // namespace trex::trtexec

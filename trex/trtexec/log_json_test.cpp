// SPDX-License-Identifier: Apache-2.0
#include "trex/trtexec/log_json.hpp"

#include <gtest/gtest.h>

#include "trex/base/text.hpp"

namespace trex::trtexec {
namespace {

constexpr const char* build_text =
    R"(&&&& RUNNING TensorRT.trtexec [TensorRT v8601] # trtexec --onnx=net.onnx
[01/02/2022-10:00:00] [I] === Model Options ===
[01/02/2022-10:00:00] [I] Format: ONNX
[01/02/2022-10:00:00] [I] Model: C:\net.onnx
[01/02/2022-10:00:00] [I] === Build Options ===
[01/02/2022-10:00:00] [I] Memory Pools: workspace: 64 MiB, dlaSRAM: default
[01/02/2022-10:00:00] [I] Load engine:
[01/02/2022-10:00:00] [I] Input build shape: x=1x3
[01/02/2022-10:00:00] [I] Input build shape: y=1+1+1
[01/02/2022-10:00:00] [I] === Device Information ===
[01/02/2022-10:00:00] [I] Selected Device: T4
[01/02/2022-10:00:00] [I] SMs: 40
[01/02/2022-10:00:00] [I] Memory Bus Width: 256 bits (ECC disabled)
[01/02/2022-10:00:03] [I] Engine built in 7.94 sec.
)";

constexpr const char* run_text =
    R"([01/02/2022-10:00:00] [I] === Model Options ===
[01/02/2022-10:00:00] [I] Format: *
[01/02/2022-10:00:00] [I] Model:
[01/02/2022-10:00:00] [I] === Build Options ===
[01/02/2022-10:00:00] [I] Memory Pools: workspace: default
[01/02/2022-10:00:00] [I] Load engine: net.engine
[01/02/2022-10:00:00] [I] === Inference Options ===
[01/02/2022-10:00:00] [I] Iterations: 10
[01/02/2022-10:00:00] [I] === Device Information ===
[01/02/2022-10:00:00] [I] Selected Device: T4
[01/02/2022-10:00:00] [I] Compute Clock Rate: 1.59 GHz
[01/02/2022-10:00:00] [I] Application Memory Clock Rate: 5.001 GHz
[01/02/2022-10:00:00] [I] SMs: 40
[01/02/2022-10:00:00] [I] TensorRT version: 8.4.3
[01/02/2022-10:00:04] [I] Starting inference
[01/02/2022-10:00:07] [I] === Performance summary ===
[01/02/2022-10:00:07] [I] Throughput: 81.5 qps
[01/02/2022-10:00:07] [I] Latency: min = 0 ms, max = 13.5 ms, mean = 12.25 ms, median = 12 ms, percentile(99%) = 13 ms
[01/02/2022-10:00:07] [I] Total Host Walltime: 3.02 s
)";

// With ' for ", and spaces: the JSON stays readable.
std::string json(std::string_view text) {
  return parse_json(replace_all(text, "'", "\""), "expected").dump();
}

std::string trex_text(const std::string& text, Values values = Values::whole) {
  const Log log = parse_log(text);
  return trex_metadata(log, part_of(log), values).dump();
}

TEST(LogJson, WritesTheSectionsOfTrexsTwoFiles) {
  EXPECT_EQ(trex_text(build_text),
            json("{'model_options': {'Format': 'ONNX', 'Model': 'C:\\\\net.onnx'}, "
                 "'build_options': {'Memory Pools': 'workspace: 64 MiB, dlaSRAM: default', "
                 "'Load engine': '', 'Input build shape': 'x=1x3, y=1+1+1'}, "
                 "'device_information': {'Selected Device': 'T4', 'SMs': '40', "
                 "'Memory Bus Width': '256 bits (ECC disabled)'}}"));
  EXPECT_EQ(trex_text(run_text),
            json("{'performance_summary': {'Throughput': 81.5, "
                 "'Latency': [0.0, 13.5, 12.25, 12.0, 13.0], 'Total Host Walltime': 3.02}, "
                 "'inference_options': {'Iterations': '10'}, "
                 "'device_information': {'Selected Device': 'T4', 'Compute Clock Rate': 1.59, "
                 "'Application Memory Clock Rate': '5.001 GHz', 'SMs': 40.0}}"));
}

TEST(LogJson, CutsValuesAsTrexDid) {
  EXPECT_EQ(trex_text(build_text, Values::cut_as_trex_did),
            json("{'model_options': {'Format': 'ONNX', 'Model': 'C'}, "
                 "'build_options': {'Memory Pools': 'workspace', "
                 "'Load engine': '', 'Input build shape': 'y=1+1+1'}, "
                 "'device_information': {'Selected Device': 'T4', 'SMs': '40', "
                 "'Memory Bus Width': '256 bits (ECC disabled)'}}"));
}

TEST(LogJson, TakesTheBuildFromTheRunThatBuilt) {
  for (const std::string& text :
       {std::string(build_text) + run_text, std::string(run_text) + build_text}) {
    const Log log = parse_log(text);
    EXPECT_EQ(part_of(log), LogPart::both);
    const Json both = trex_metadata(log, LogPart::both);
    EXPECT_EQ(*both.find("model_options")->find("Format")->text(), "ONNX");
    EXPECT_EQ(*both.find("build_options")->find("Load engine")->text(), "");
    EXPECT_EQ(both.find("performance_summary")->find("Throughput")->number(), 81.5);
    EXPECT_EQ(both.find("device_information")->find("SMs")->number(), 40);
  }
}

TEST(LogJson, FullHoldsEveryOptionWithItsLine) {
  const Json build = full_json(parse_log(build_text));
  EXPECT_EQ(*build.find("tensorrt_version")->text(), "8.6.1");
  EXPECT_EQ(*build.find("command_line")->text(), "trtexec --onnx=net.onnx");
  EXPECT_TRUE(build.find("passed")->is_null());
  EXPECT_TRUE(build.find("profile")->is_null());
  const Json::Array& sections = *build.find("sections")->array();
  ASSERT_EQ(sections.size(), 3u);
  EXPECT_EQ(
      sections[1].dump(),
      json("{'title': 'Build Options', 'options': ["
           "{'key': 'Memory Pools', 'value': 'workspace: 64 MiB, dlaSRAM: default', 'line': 6}, "
           "{'key': 'Load engine', 'value': '', 'line': 7}, "
           "{'key': 'Input build shape', 'value': 'x=1x3', 'line': 8}, "
           "{'key': 'Input build shape', 'value': 'y=1+1+1', 'line': 9}]}"));
  EXPECT_EQ(build.find("facts")->dump(),
            json("[{'name': 'build_seconds', 'value': 7.94, 'unit': 's', 'line': 14}]"));
  const Json run = full_json(parse_log(run_text));
  EXPECT_EQ(run.find("performance")->find("statistics")->dump(),
            json("[{'name': 'Latency', 'ms': {'min': 0.0, 'max': 13.5, 'mean': 12.25, "
                 "'median': 12.0, 'percentile(99%)': 13.0}}]"));
  EXPECT_EQ(*run.find("tensorrt_version")->text(), "8.4.3");
  EXPECT_TRUE(run.find("command_line")->is_null());
}

}  // namespace
}  // namespace trex::trtexec

// trtexec logs of every era. The logs are written here, by the rules of the versions named.

// SPDX-License-Identifier: Apache-2.0

#include "trex/trtexec/log.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "trex/trtexec/log_test_help.hpp"

namespace trex::trtexec {
namespace {

TEST(LogLine, ReadsEveryPrefix) {
  struct Case {
    const char* what;
    std::string line;
    char severity;
    bool library;
    const char* time;
    const char* text;
  };
  const Case cases[] = {
      {"trtexec", "[05/08/2024-14:05:14] [I] TensorRT version: 10.0.1", 'I', false,
       "05/08/2024-14:05:14", "TensorRT version: 10.0.1"},
      {"library", "[05/08/2024-14:05:14] [W] [TRT] a", 'W', true, "05/08/2024-14:05:14", "a"},
      {"Python logger", "[05/08/2024-14:05:14] [TRT] [E] a", 'E', true, "05/08/2024-14:05:14", "a"},
      {"TensorRT-LLM", "[05/08/2024-14:05:14] [TRT-LLM] [I] a", 'I', false, "05/08/2024-14:05:14",
       "a"},
      {"TensorRT-LLM with rank", "[TRT-LLM] [RANK 3] [W] a", 'W', false, "", "a"},
      {"TensorRT-LLM C++", "[TensorRT-LLM][INFO] a", 'I', false, "", "a"},
      {"old Python", "[TensorRT] INFO: a", 'I', true, "", "a"},
      {"DeepStream", "WARNING: [TRT]: a", 'W', true, "", "a"},
      {"no date", "[V] [TRT] a", 'V', true, "", "a"},
      {"no prefix", "=== Model Options ===", 0, false, "", "=== Model Options ==="},
      {"a word that is no prefix", "ERROR: cannot open file", 0, false, "",
       "ERROR: cannot open file"},
      {"carriage return", "[I] a\r", 'I', false, "", "a"},
      {"colours", "\x1b[33m[05/08/2024-14:05:14] [W] \x1b[0m[TRT] a\x1b[0m", 'W', true,
       "05/08/2024-14:05:14", "a"},
      {"dates of three threads", "[07/29/2021-19:44:10] [07/29/2021-19:44:10] [W] [TRT] a", 'W',
       true, "07/29/2021-19:44:10", "a"},
      {"collected by a CI service", "2024-05-08T14:05:14.1234567Z [05/08/2024-14:05:14] [I] a", 'I',
       false, "05/08/2024-14:05:14", "a"},
      {"indent is kept", "[I]   Device 0: x", 'I', false, "", "  Device 0: x"},
      {"a bracket of the message", "[I] [TRT] [MemUsageChange] Init", 'I', true, "",
       "[MemUsageChange] Init"},
      {"only one severity", "[I] [E] is a letter", 'I', false, "", "[E] is a letter"},
      {"empty", "", 0, false, "", ""},
      {"an open bracket", "[", 0, false, "", "["},
      {"an unfinished colour", "\x1b[", 0, false, "", ""},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    const LogLine line = parse_line(c.line, 7);
    EXPECT_EQ(line.severity, c.severity);
    EXPECT_EQ(line.library, c.library);
    EXPECT_EQ(line.time, c.time);
    EXPECT_EQ(line.text, c.text);
    EXPECT_EQ(line.number, 7);
  }
}

TEST(Log, DecodesVersions) {
  const std::pair<const char*, const char*> cases[] = {
      {"&&&& RUNNING TensorRT.trtexec [TensorRT v8201] # trtexec", "8.2.1"},
      {"&&&& RUNNING TensorRT.trtexec [TensorRT v8601] # trtexec", "8.6.1"},
      {"&&&& RUNNING TensorRT.trtexec [TensorRT v9300] # trtexec", "9.3.0"},
      {"&&&& RUNNING TensorRT.trtexec [TensorRT v100001] # trtexec", "10.0.1"},
      {"&&&& RUNNING TensorRT.trtexec [TensorRT v101300] [b35] # trtexec", "10.13.0"},
      {"&&&& RUNNING TensorRT.trtexec [TensorRT v110100] [b48] # trtexec", "11.1.0"},
      {"&&&& RUNNING TensorRT.trtexec [TensorRT v11.1.0.106] [b48] # trtexec", "11.1.0"},
      {"[I] TensorRT version: 8.4.3", "8.4.3"},
      {"[I] TensorRT version: 8001", "8.0.1"},
      {"&&&& RUNNING TensorRT.trtexec # trtexec", ""},
      {"&&&& RUNNING TensorRT.trtexec [TensorRT vnext] # trtexec", ""},
      {"&&&& RUNNING TensorRT.trtexec [TensorRT v", ""},
      {"[I] TensorRT version: ", ""},
  };
  for (const auto& [text, version] : cases) {
    SCOPED_TRACE(text);
    EXPECT_EQ(parse_log(text).tensorrt_version, version);
  }
}

constexpr const char* log_8_2 =
    R"(&&&& RUNNING TensorRT.trtexec [TensorRT v8201] # trtexec --onnx=net.onnx --dumpProfile
[01/02/2022-10:00:00] [I] === Model Options ===
[01/02/2022-10:00:00] [I] Format: ONNX
[01/02/2022-10:00:00] [I] Model: C:\models\net.onnx
[01/02/2022-10:00:00] [I] Output:
[01/02/2022-10:00:00] [I] === Build Options ===
[01/02/2022-10:00:00] [I] Max batch: explicit batch
[01/02/2022-10:00:00] [I] Workspace: 16 MiB
[01/02/2022-10:00:00] [I] Precision: FP32+FP16
[01/02/2022-10:00:00] [I] Input build shape: x=1x3+2x3+4x3
[01/02/2022-10:00:00] [I] Input build shape: y=1+1+1
[01/02/2022-10:00:00] [I] === Reporting Options ===
[01/02/2022-10:00:00] [I] Percentile: 99
[01/02/2022-10:00:00] [I] Dump refittable layers:Disabled
[01/02/2022-10:00:00] [I]
[01/02/2022-10:00:00] [I] === Device Information ===
[01/02/2022-10:00:00] [I] Selected Device: Xavier
[01/02/2022-10:00:00] [I] Compute Capability: 7.2
[01/02/2022-10:00:00] [I] SMs: 8
[01/02/2022-10:00:00] [I] Compute Clock Rate: 1.377 GHz
[01/02/2022-10:00:00] [I] Memory Bus Width: 256 bits (ECC disabled)
[01/02/2022-10:00:00] [I]
[01/02/2022-10:00:00] [I] TensorRT version: 8.2.1
[01/02/2022-10:00:00] [I] [TRT] ----------------------------------------------------------------
[01/02/2022-10:00:00] [I] [TRT] Input filename:   net.onnx
[01/02/2022-10:00:00] [I] [TRT] Opset version:    13
[01/02/2022-10:00:00] [I] [TRT] [MemUsageChange] Init CUDA: CPU +300, GPU +0, now: CPU 400, GPU 1000 (MiB)
[01/02/2022-10:00:01] [I] [TRT] [MemUsageChange] Init cuDNN: CPU +10, GPU +52, now: CPU 410, GPU 900 (MiB)
[01/02/2022-10:00:02] [I] [TRT] Total Activation Memory: 4349937152
[01/02/2022-10:00:02] [I] [TRT] Detected 2 inputs and 1 output network tensors.
[01/02/2022-10:00:02] [I] [TRT] Total Host Persistent Memory: 106528
[01/02/2022-10:00:02] [I] [TRT] Total Device Persistent Memory: 29785600
[01/02/2022-10:00:02] [I] [TRT] Total Scratch Memory: 9970688
[01/02/2022-10:00:02] [I] [TRT] [MemUsageStats] Peak memory usage of TRT CPU/GPU memory allocators: CPU 13 MiB, GPU 1160 MiB
[01/02/2022-10:00:02] [I] [TRT] [BlockAssignment] Algorithm ShiftNTopDown took 70.8ms to assign 13 blocks to 219 nodes requiring 4616192 bytes.
[01/02/2022-10:00:02] [I] [TRT] Total Activation Memory: 4616192
[01/02/2022-10:00:02] [I] [TRT] [MemUsageChange] TensorRT-managed allocation in building engine: CPU +0, GPU +40, now: CPU 0, GPU 40 (MiB)
[01/02/2022-10:00:03] [I] Engine built in 7.94 sec.
[01/02/2022-10:00:03] [I] [TRT] Loaded engine size: 40 MiB
[01/02/2022-10:00:04] [I] Starting inference
[01/02/2022-10:00:07] [I] Warmup completed 17 queries over 200 ms
[01/02/2022-10:00:07] [I] Timing trace has 245 queries over 3.02 s
[01/02/2022-10:00:07] [I] === Trace details ===
[01/02/2022-10:00:07] [I] Average on 10 runs - GPU latency: 11.9 ms - Host latency: 12.2 ms (end to end 23.4 ms, enqueue 1.6 ms)
[01/02/2022-10:00:07] [I] === Performance summary ===
[01/02/2022-10:00:07] [I] Throughput: 81.0 qps
[01/02/2022-10:00:07] [I] Latency: min = 11.9 ms, max = 13.5 ms, mean = 12.3 ms, median = 12.2 ms, percentile(99%) = 13.1 ms
[01/02/2022-10:00:07] [I] End-to-End Host Latency: min = 12.1 ms, max = 26.2 ms, mean = 23.4 ms, median = 23.5 ms, percentile(99%) = 25.8 ms
[01/02/2022-10:00:07] [I] Total Host Walltime: 3.02 s
[01/02/2022-10:00:07] [I] Total GPU Compute Time: 2.94 s
[01/02/2022-10:00:07] [I] === Profile (260 iterations ) ===
[01/02/2022-10:00:07] [I]                     Layer   Time (ms)   Avg. Time (ms)   Time %
[01/02/2022-10:00:07] [I]        conv1 3 x 3 + relu     2600.00          10.0000     80.0
[01/02/2022-10:00:07] [I]                     Total      260.00           1.0000      8.0
[01/02/2022-10:00:07] [I]                        fc      390.00           1.5000     12.0
[01/02/2022-10:00:07] [I]                     Total     3250.00          12.5000    100.0
[01/02/2022-10:00:07] [I]
&&&& PASSED TensorRT.trtexec [TensorRT v8201] # trtexec --onnx=net.onnx --dumpProfile
)";

TEST(Log, ReadsTensorRT82) {
  const Log log = parse_log(log_8_2);
  EXPECT_EQ(log.tensorrt_version, "8.2.1");
  EXPECT_EQ(log.command_line, "trtexec --onnx=net.onnx --dumpProfile");
  EXPECT_EQ(log.passed, true);
  EXPECT_EQ(value_of(log, "Model Options", "Model"), "C:\\models\\net.onnx");
  EXPECT_EQ(value_of(log, "Model Options", "Output"), "");
  EXPECT_EQ(value_of(log, "Build Options", "Workspace"), "16 MiB");
  EXPECT_EQ(value_of(log, "Reporting Options", "Dump refittable layers"), "Disabled");
  EXPECT_EQ(value_of(log, "Device Information", "Memory Bus Width"), "256 bits (ECC disabled)");
  EXPECT_EQ(value_of(log, "Device Information", "TensorRT version"), "<no key>");
  const Section* build = log.find("Build Options");
  ASSERT_NE(build, nullptr);
  ASSERT_EQ(build->options.size(), 5u);
  EXPECT_EQ(build->options[3].value, "x=1x3+2x3+4x3");
  EXPECT_EQ(build->options[4].value, "y=1+1+1");
  EXPECT_EQ(build->options[4].line, 11);

  EXPECT_EQ(log.throughput_qps, 81.0);
  EXPECT_EQ(log.host_walltime_s, 3.02);
  EXPECT_EQ(log.gpu_compute_s, 2.94);
  const Statistic* latency = statistic(log, "Latency");
  ASSERT_NE(latency, nullptr);
  const std::vector<std::pair<std::string, double>> expected = {
      {"min", 11.9}, {"max", 13.5}, {"mean", 12.3}, {"median", 12.2}, {"percentile(99%)", 13.1}};
  EXPECT_EQ(latency->values, expected);
  EXPECT_NE(statistic(log, "End-to-End Host Latency"), nullptr);
}

TEST(Log, ReadsFactsOf82InBytesAndSeconds) {
  const Log log = parse_log(log_8_2);
  EXPECT_EQ(number(log, "used_gpu_bytes"), 1000.0 * 1048576);  // the largest, not the last
  EXPECT_EQ(number(log, "used_cpu_bytes"), 410.0 * 1048576);
  EXPECT_EQ(number(log, "managed_gpu_bytes"), 40.0 * 1048576);
  EXPECT_EQ(number(log, "peak_cpu_bytes"), 13.0 * 1048576);
  EXPECT_EQ(number(log, "peak_gpu_bytes"), 1160.0 * 1048576);
  EXPECT_EQ(number(log, "activation_bytes"), 4616192);  // the last: the first is an estimate
  EXPECT_EQ(number(log, "host_persistent_bytes"), 106528);
  EXPECT_EQ(number(log, "device_persistent_bytes"), 29785600);
  EXPECT_EQ(number(log, "scratch_bytes"), 9970688);
  EXPECT_EQ(number(log, "block_assignment_bytes"), 4616192);
  EXPECT_EQ(number(log, "build_seconds"), 7.94);
  EXPECT_EQ(number(log, "loaded_engine_bytes"), 40.0 * 1048576);
  EXPECT_EQ(number(log, "network_inputs"), 2);
  EXPECT_EQ(number(log, "timed_queries"), 245);
  EXPECT_EQ(number(log, "engine_bytes"), -1);
  ASSERT_NE(fact(log, "onnx_opset"), nullptr);
  EXPECT_EQ(fact(log, "onnx_opset")->text, "13");
  EXPECT_EQ(fact(log, "build_seconds")->unit, "s");
  EXPECT_EQ(fact(log, "build_seconds")->line, 38);
}

TEST(Log, ReadsTheTableWithTheNameFirst) {
  const Log log = parse_log(log_8_2);
  EXPECT_EQ(log.profile_iterations, 260);
  ASSERT_EQ(log.profile.size(), 3u);  // a layer may be called Total; the last row is the sum
  EXPECT_EQ(log.profile[0].name, "conv1 3 x 3 + relu");
  EXPECT_EQ(log.profile[0].total_ms, 2600);
  EXPECT_EQ(log.profile[0].mean_ms, 10);
  EXPECT_EQ(log.profile[0].median_ms, std::nullopt);
  EXPECT_EQ(log.profile[0].percent, 80);
  EXPECT_EQ(log.profile[1].name, "Total");
  EXPECT_EQ(log.profile[2].name, "fc");
}

constexpr const char* log_10 =
    R"(&&&& RUNNING TensorRT.trtexec [TensorRT v101300] [b35] # /opt/bin/trtexec --loadEngine=a b.engine
[07/08/2025-10:00:00] [I] === Model Options ===
[07/08/2025-10:00:00] [I] Format: *
[07/08/2025-10:00:00] [I]
[07/08/2025-10:00:00] [I] === System Options ===
[07/08/2025-10:00:00] [I] Device: 0
[07/08/2025-10:00:00] [I] dynamicPlugins:
[07/08/2025-10:00:00] [I] === Inference Options ===
[07/08/2025-10:00:00] [I] Input inference shape : x=4x3
[07/08/2025-10:00:00] [I] Inputs:
[07/08/2025-10:00:00] [I] x<-x.bin
[07/08/2025-10:00:00] [I] y<-y.bin
[07/08/2025-10:00:00] [I] === Device Information ===
[07/08/2025-10:00:00] [I] Available Devices:
[07/08/2025-10:00:00] [I]   Device 0: "NVIDIA L4" UUID: GPU-0a1b
[07/08/2025-10:00:00] [W] [TRT] Unable to determine: something, else
[07/08/2025-10:00:00] [I]   Device 1: "NVIDIA T4" UUID: GPU-2c3d
[07/08/2025-10:00:00] [I] Selected Device: NVIDIA L4
[07/08/2025-10:00:00] [I] Application Compute Clock Rate: 2.04 GHz
[07/08/2025-10:00:00] [I]
[07/08/2025-10:00:00] [I] Note: The application clock rates do not reflect the actual clock rates that the GPU is currently running at.
[07/08/2025-10:00:00] [I]
[07/08/2025-10:00:00] [I] TensorRT version: 10.13.0
[07/08/2025-10:00:01] [I] [TRT] Loaded engine size: 20 MiB
[07/08/2025-10:00:01] [I] Engine deserialized in 0.0125 sec.
[07/08/2025-10:00:01] [I] Created execution context with device memory size: 7.5 MiB
[07/08/2025-10:00:02] [I] Total Activation Memory: 8228864 bytes
[07/08/2025-10:00:02] [I] [TRT] Max Scratch Memory: 100 bytes
[07/08/2025-10:00:02] [I] [TRT] Total Weights Memory: 103529216 bytes
[07/08/2025-10:00:02] [I] [TRT] [MemUsageStats] Peak memory usage during Engine building and serialization: CPU: 4577 MiB
[07/08/2025-10:00:02] [I] Created engine with size: 1.5 MiB
[07/08/2025-10:00:05] [I] === Performance summary ===
[07/08/2025-10:00:05] [I] Throughput: 2012.22 qps
[07/08/2025-10:00:05] [I] Latency: min = 0.49 ms, max = 0.5 ms, mean = 0.495 ms, median = 0.4955 ms, percentile(50%) = 0.4955 ms, percentile(99.9%) = 0.499 ms, percentile(90%) = 0.498 ms
[07/08/2025-10:00:05] [I] Total Host Walltime: 3.00117 s
[07/08/2025-10:00:05] [I] Explanations of the performance metrics are printed in the verbose logs.
[07/08/2025-10:00:05] [W] * GPU compute time is unstable, with coefficient of variance = 5.5%.
[07/08/2025-10:00:05] [W]   If not already in use, locking GPU clock frequency may help.
[07/08/2025-10:00:05] [W] * Throughput may be bound by host.
[07/08/2025-10:00:05] [I]
[07/08/2025-10:00:06] [I] === Profile (1434 iterations ) ===
[07/08/2025-10:00:06] [I]    Time(ms)     Avg.(ms)   Median(ms)   Time(%)   Layer
[07/08/2025-10:00:06] [I]      486.12       0.3390       0.3389      21.0   {ForeignNode[771 + (Unnamed Layer* 1) [Shuffle]...9]}
[07/08/2025-10:00:06] [W] The engine uses 2 auxiliary streams, so the "Total" latency may not be accurate.
[07/08/2025-10:00:06] [I]        0.00       0.0000       0.0000      -nan   7 8 9
[07/08/2025-10:00:06] [I]      486.12       0.3390       0.3389     100.0   Total
[07/08/2025-10:00:06] [I]
&&&& FAILED TensorRT.trtexec [TensorRT v101300] [b35] # /opt/bin/trtexec --loadEngine=a b.engine
)";

TEST(Log, ReadsTensorRT10) {
  const Log log = parse_log(log_10);
  EXPECT_EQ(log.tensorrt_version, "10.13.0");
  EXPECT_EQ(log.command_line, "/opt/bin/trtexec --loadEngine=a b.engine");
  EXPECT_EQ(log.passed, false);
  EXPECT_EQ(log.find("Build Options"), nullptr);  // left out with --loadEngine
  EXPECT_EQ(value_of(log, "Inference Options", "Input inference shape"), "x=4x3");
  EXPECT_EQ(value_of(log, "Inference Options", "Inputs"), "x<-x.bin, y<-y.bin");
  EXPECT_EQ(value_of(log, "Device Information", "Device 0"), "\"NVIDIA L4\" UUID: GPU-0a1b");
  EXPECT_EQ(value_of(log, "Device Information", "Device 1"), "\"NVIDIA T4\" UUID: GPU-2c3d");
  EXPECT_EQ(value_of(log, "Device Information", "Selected Device"), "NVIDIA L4");
  ASSERT_EQ(log.find("Device Information")->options.size(), 5u);

  const Statistic* latency = statistic(log, "Latency");
  ASSERT_NE(latency, nullptr);
  ASSERT_EQ(latency->values.size(), 7u);
  EXPECT_EQ(latency->values[5].first, "percentile(99.9%)");
  EXPECT_EQ(latency->values[5].second, 0.499);

  EXPECT_EQ(number(log, "loaded_engine_bytes"), 20.0 * 1048576);
  EXPECT_EQ(number(log, "engine_bytes"), 1.5 * 1048576);
  EXPECT_EQ(number(log, "context_bytes"), 7.5 * 1048576);
  EXPECT_EQ(number(log, "deserialize_seconds"), 0.0125);
  EXPECT_EQ(number(log, "activation_bytes"), 8228864);
  EXPECT_EQ(number(log, "scratch_bytes"), 100);
  EXPECT_EQ(number(log, "weights_bytes"), 103529216);
  EXPECT_EQ(number(log, "peak_build_host_bytes"), 4577.0 * 1048576);
  EXPECT_EQ(number(log, "aux_streams"), 2);
  EXPECT_EQ(number(log, "coefficient_of_variance"), 5.5);
}

TEST(Log, ReadsTheTableWithTheNameLast) {
  const Log log = parse_log(log_10);
  ASSERT_EQ(log.profile.size(), 2u);
  EXPECT_EQ(log.profile[0].name, "{ForeignNode[771 + (Unnamed Layer* 1) [Shuffle]...9]}");
  EXPECT_EQ(log.profile[0].total_ms, 486.12);
  EXPECT_EQ(log.profile[0].mean_ms, 0.3390);
  EXPECT_EQ(log.profile[0].median_ms, 0.3389);
  EXPECT_EQ(log.profile[0].percent, 21);
  EXPECT_EQ(log.profile[1].name, "7 8 9");
  EXPECT_TRUE(std::isnan(log.profile[1].percent));
}

TEST(Log, KeepsWarningsWithTheirAdvice) {
  const Log log = parse_log(log_10);
  ASSERT_EQ(log.problems.size(), 4u);
  EXPECT_TRUE(log.problems[0].library);
  EXPECT_EQ(log.problems[1].text,
            "* GPU compute time is unstable, with coefficient of variance = 5.5%. If not already "
            "in use, locking GPU clock frequency may help.");
  EXPECT_EQ(log.problems[1].severity, 'W');
  EXPECT_EQ(log.problems[1].line, 37);
  EXPECT_EQ(log.problems[2].text, "* Throughput may be bound by host.");
}

TEST(Log, TableWithMedianAndNameFirst) {  // 8.4 and 8.5
  const Log log = parse_log(
      "[I] === Profile (10 iterations ) ===\n"
      "[I]              Layer   Time (ms)   Avg. Time (ms)   Median Time (ms)   Time %\n"
      "[I]   conv 1 (2) 3 4     1.50           0.1500             0.1400     75.0\n"
      "[I]              Total        2.00           0.2000             0.1900    100.0\n"
      "[I] \n[I] 1 2 3 4 5\n");
  ASSERT_EQ(log.profile.size(), 1u);  // the line after the sum is no longer of the table
  EXPECT_EQ(log.profile[0].name, "conv 1 (2) 3 4");
  EXPECT_EQ(log.profile[0].total_ms, 1.5);
  EXPECT_EQ(log.profile[0].median_ms, 0.14);
  EXPECT_EQ(log.profile[0].percent, 75);
}

}  // namespace
}  // namespace trex::trtexec

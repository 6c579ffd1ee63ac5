// Metadata JSON of every shape, and logs as metadata.

// SPDX-License-Identifier: Apache-2.0

#include "trex/load/metadata.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "trex/base/error.hpp"
#include "trex/load/test_engine.hpp"

namespace trex {
namespace {

Metadata load(const std::string& text, std::vector<Note>& notes) {
  return load_metadata_json(Bytes::from(text), "m.json", notes);
}

LogContents load_log(const std::string& text, StringPool& strings, std::vector<Note>& notes) {
  return load_trtexec_log(Bytes::from(text), "x.log", strings, notes);
}

std::string entry(const Metadata& metadata, std::string_view section, std::string_view key) {
  const Json* value = metadata.find(section, key);
  return value == nullptr ? "<none>" : value->dump();
}

using Percentiles = std::vector<std::pair<double, double>>;

TEST(Metadata, NotesSectionsThatAreNone) {
  std::vector<Note> notes;
  const Metadata metadata =
      load(R"({"build_options": 5, "performance_summary": [1], "TensorRT": "10.1",
               "device_information": {"Selected Device": "T4"}})",
           notes);
  EXPECT_EQ(entry(metadata, "device_information", "Selected Device"), "\"T4\"");
  EXPECT_EQ(entry(metadata, "", "build_options"), "5");
  ASSERT_EQ(notes.size(), 1u);  // one of a kind; a further key is no section
  EXPECT_EQ(notes[0].path, "/build_options");
  EXPECT_EQ(notes[0].message,
            "expected a section (an object) here; what it holds is kept, but tells nothing (2 "
            "times, here first)");
}

TEST(Metadata, ReadsLatencyListsByTheirLength) {
  struct Case {
    const char* what;
    const char* list;
    bool readable;
    double min, median;
    Percentiles percentiles;
  };
  const Case cases[] = {
      {"to 8.4: five", "[1, 9, 3, 2, 8]", true, 1, 2, {{99, 8}}},
      {"from 8.5: seven", "[1, 9, 3, 2, 6, 7, 8]", true, 1, 2, {{90, 6}, {95, 7}, {99, 8}}},
      {"six: which percentiles is not known", "[1, 9, 3, 2, 6, 7]", true, 1, 2, {}},
      {"four", "[1, 9, 3, 2]", true, 1, 2, {}},
      {"two", "[1, 9]", true, 1, null_real, {}},
      {"null", "[null, 9, 3, 2, 8]", true, null_real, 2, {{99, 8}}},
      {"by name",
       R"~({"median": 2, "min": 1, "percentile(99.9%)": 8, "percentile(x%)": 1})~",
       true,
       1,
       2,
       {{99.9, 8}}},
      {"text", R"([1, "9", 3, 2, 8])", false, 0, 0, {}},
      {"nothing", "[]", false, 0, 0, {}},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    std::vector<Note> notes;
    const Metadata metadata =
        load(std::string(R"({"performance_summary": {"Latency": )") + c.list + "}}", notes);
    const LatencySummary* latency = metadata.latency("Latency");
    ASSERT_EQ(latency != nullptr, c.readable);
    EXPECT_EQ(notes.empty(), c.readable);
    if (latency == nullptr) continue;
    EXPECT_TRUE(latency->min == c.min || (std::isnan(latency->min) && std::isnan(c.min)));
    EXPECT_TRUE(latency->median == c.median ||
                (std::isnan(latency->median) && std::isnan(c.median)));
    EXPECT_EQ(latency->percentiles, c.percentiles);
  }
}

TEST(Metadata, KeepsEverySectionAsItIs) {
  std::vector<Note> notes;
  const Metadata metadata = load(
      R"({"model_options": {"Model": "a:b"}, "device_information": {"SMs": 72.0, "x": [1, {"y": 2}]},
          "own_section": {"k": null}, "flat": 3, "performance_summary": {"Throughput": 5.5}})",
      notes);
  EXPECT_EQ(entry(metadata, "model_options", "Model"), "\"a:b\"");
  EXPECT_EQ(entry(metadata, "device_information", "SMs"), "72.0");
  EXPECT_EQ(entry(metadata, "device_information", "x"), "[1,{\"y\":2}]");
  EXPECT_EQ(entry(metadata, "own_section", "k"), "null");
  EXPECT_EQ(entry(metadata, "", "flat"), "3");
  EXPECT_EQ(entry(metadata, "performance_summary", "Throughput"), "5.5");
  EXPECT_EQ(entry(metadata, "build_options", "Precision"), "<none>");
  EXPECT_TRUE(metadata.latencies.empty());
  EXPECT_TRUE(notes.empty());
  EXPECT_EQ(metadata.entries[0].file, "m.json");
}

TEST(Metadata, ReadsTheOlderDeviceFile) {
  std::vector<Note> notes;
  const Metadata metadata = load(
      R"([{"name": "NVIDIA T4", "MULTIPROCESSOR_COUNT": 40, "COMPUTE_CAPABILITY_MAJOR": 7,
           "COMPUTE_CAPABILITY_MINOR": 5, "CLOCK_RATE": 1590000, "MEMORY_CLOCK_RATE": 5001000,
           "GLOBAL_MEMORY_BUS_WIDTH": 256}, {"name": "other"}])",
      notes);
  EXPECT_EQ(entry(metadata, "device_information", "Selected Device"), "\"NVIDIA T4\"");
  EXPECT_EQ(entry(metadata, "device_information", "SMs"), "40");
  EXPECT_EQ(entry(metadata, "device_information", "Compute Capability"), "\"7.5\"");
  EXPECT_EQ(entry(metadata, "device_information", "Compute Clock Rate"), "1.59");
  EXPECT_EQ(entry(metadata, "device_information", "Memory Clock Rate"), "5.001");
  EXPECT_EQ(entry(metadata, "device_information", "Memory Bus Width"), "256");
  EXPECT_EQ(entry(metadata, "device_information", "CLOCK_RATE"), "1590000");
  EXPECT_EQ(test::messages(notes),
            std::vector<std::string>{"/1: 2 devices in the file: the first is taken"});
}

TEST(Metadata, RefusesWhatIsNone) {
  for (const char* text : {"", " ", "7", "[]", "[1]", "\"x\"", "{\"a\"", "{}", "nonsense"}) {
    SCOPED_TRACE(text);
    std::vector<Note> notes;
    EXPECT_THROW(load(text, notes), Error);
  }
}

TEST(Metadata, MendsNan) {
  std::vector<Note> notes;
  const Metadata metadata =
      load(R"({"performance_summary": {"Latency": [1, 2, nan, 3, 4]}})", notes);
  ASSERT_NE(metadata.latency("Latency"), nullptr);
  EXPECT_TRUE(std::isnan(metadata.latency("Latency")->mean));
  EXPECT_FALSE(notes.empty());
}

constexpr const char* full_log =
    R"(&&&& RUNNING TensorRT.trtexec [TensorRT v8601] # trtexec --onnx=a.onnx
[I] === Build Options ===
[I] Memory Pools: workspace: default, dlaSRAM: default
[I] Input build shape: x=1+2+4
[I] Input build shape: y=1+1+1
[I] === Device Information ===
[I] Selected Device: NVIDIA L4
[I] TensorRT version: 8.6.1
[E] [TRT] Error Code 1: Cuda Runtime (out of memory)
[W] [TRT] Layer 'pow' (ELEMENTWISE): Unsupported on DLA. Switching this layer's device type to GPU.
[I] [TRT] [DlaLayer] {ForeignNode[a...b]}
[I] Engine built in 12.5 sec.
[I] === Performance summary ===
[I] Throughput: 81 qps
[I] Latency: min = 1 ms, max = 9 ms, mean = 3 ms, median = 2 ms, percentile(75%) = 4 ms
[I] Total Host Walltime: 3.01 s
[W] * GPU compute time is unstable, with coefficient of variance = 2%.
[I] === Profile (200 iterations ) ===
[I]    Time(ms)     Avg.(ms)   Median(ms)   Time(%)   Layer
[I]        1.25       0.0063       0.0060     100.0   a
[I]        0.25       0.0090       0.0060       0.0   b
[I]        1.25       0.0063       0.0060     100.0   Total
&&&& PASSED TensorRT.trtexec [TensorRT v8601] # trtexec --onnx=a.onnx
)";

TEST(LogMetadata, KeepsOptionsFiguresAndFacts) {
  StringPool strings;
  std::vector<Note> notes;
  const LogContents log = load_log(full_log, strings, notes);
  EXPECT_EQ(log.metadata.tensorrt_version, "8.6.1");
  EXPECT_EQ(log.metadata.command_line, "trtexec --onnx=a.onnx");
  EXPECT_EQ(entry(log.metadata, "build_options", "Memory Pools"),
            "\"workspace: default, dlaSRAM: default\"");
  EXPECT_EQ(entry(log.metadata, "build_options", "Input build shape"), "\"x=1+2+4; y=1+1+1\"");
  EXPECT_EQ(entry(log.metadata, "device_information", "Selected Device"), "\"NVIDIA L4\"");
  EXPECT_EQ(entry(log.metadata, "performance_summary", "Throughput"), "81.0");
  EXPECT_EQ(entry(log.metadata, "performance_summary", "Total Host Walltime"), "3.01");
  const LatencySummary* latency = log.metadata.latency("Latency");
  ASSERT_NE(latency, nullptr);
  EXPECT_EQ(latency->max, 9);
  EXPECT_EQ(latency->percentiles, (Percentiles{{75, 4}}));
  ASSERT_EQ(log.metadata.facts.size(), 2u);
  EXPECT_EQ(log.metadata.facts[0].name, "build_seconds");
  EXPECT_EQ(log.metadata.facts[0].value, 12.5);
  EXPECT_EQ(log.metadata.facts[0].file, "x.log");
  EXPECT_TRUE(log.is_build_log);
  EXPECT_TRUE(log.is_profile_log);
  ASSERT_EQ(log.placements.size(), 2u);
  EXPECT_EQ(log.placements[0].layer, "pow");
  EXPECT_EQ(log.placements[1].device, "DLA");
  EXPECT_EQ(test::messages(notes),
            (std::vector<std::string>{
                "line 9: trtexec error: Error Code 1: Cuda Runtime (out of memory)",
                "line 17: trtexec warning: GPU compute time is unstable, with coefficient of "
                "variance = 2%."}));
}

TEST(LogMetadata, TableGivesAProfile) {
  StringPool strings;
  std::vector<Note> notes;
  const LogContents log = load_log(full_log, strings, notes);
  ASSERT_TRUE(log.profile);
  EXPECT_EQ(log.profile->kind, "trtexec log");
  EXPECT_EQ(log.profile->iterations, 200);
  ASSERT_EQ(log.profile->rows.size(), 2u);
  EXPECT_EQ(log.profile->rows[0].name, "a");
  EXPECT_EQ(log.profile->rows[0].mean_ms, 0.00625);  // 1.25 / 200 agrees and has more digits
  EXPECT_EQ(log.profile->rows[1].mean_ms, 0.0090);   // 0.25 / 200 does not: not run every time
  EXPECT_EQ(log.profile->rows[1].median_ms, 0.0060);
  EXPECT_TRUE(test::any_contains(log.profile->notes, "--exportProfile writes them in full"));
}

TEST(LogMetadata, DefaultsOfALoadingRunAreNoBuildOptions) {
  StringPool strings;
  std::vector<Note> notes;
  const LogContents log = load_log(
      "[I] === Build Options ===\n[I] Precision: FP32\n[I] Load engine: a.engine\n"
      "[I] === Inference Options ===\n[I] Batch: 1\n",
      strings, notes);
  EXPECT_EQ(entry(log.metadata, "build_options", "Precision"), "<none>");
  EXPECT_EQ(entry(log.metadata, "inference_options", "Batch"), "\"1\"");
  EXPECT_FALSE(log.is_build_log);
  EXPECT_FALSE(log.is_profile_log);
}

TEST(LogMetadata, SaysWhenTheRunFailed) {
  StringPool strings;
  std::vector<Note> notes;
  std::string text = "&&&& RUNNING TensorRT.trtexec [TensorRT v8601] # trtexec\n";
  for (int i = 0; i < 9; ++i) text += "[E] Error " + std::to_string(i) + "\n";
  load_log(text + "&&&& FAILED TensorRT.trtexec [TensorRT v8601] # trtexec\n", strings, notes);
  const std::vector<std::string> messages = test::messages(notes);
  ASSERT_EQ(messages.size(), 7u);
  EXPECT_EQ(messages[0], "the log says that trtexec FAILED");
  EXPECT_EQ(messages[1], "line 2: trtexec error: Error 0");
  EXPECT_EQ(messages[6], "4 more errors in the log");

  EXPECT_THROW(load_log("nothing of trtexec\n", strings, notes), Error);
}

}  // namespace
}  // namespace trex

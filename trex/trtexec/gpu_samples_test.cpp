// Recordings of a GPU: written, read again, damaged, and what they come down to.

// SPDX-License-Identifier: Apache-2.0
#include "trex/trtexec/gpu_samples.hpp"

#include <gtest/gtest.h>

#include "trex/base/error.hpp"

namespace trex::trtexec {
namespace {

constexpr const char* header_line =
    R"({"trex_gpu_samples":1,"device":1,"name":"A100","uuid":"GPU-1","max_sm_mhz":1410,)"
    R"("max_memory_mhz":1593,"locked_sm_mhz":1410,"locked_memory_mhz":null,"power_limit_w":400.0})";

TEST(GpuSamples, ReadWhatTheyWrite) {
  const std::string line =
      R"({"time_ms":100.5,"power_w":55.25,"temperature_c":34,"sm_mhz":1410,"memory_mhz":1215,)"
      R"("gpu_percent":3,"memory_percent":1,"throttle":["idle","sw_power_cap"]})";
  const std::string empty =
      R"({"time_ms":200.0,"power_w":null,"temperature_c":null,"sm_mhz":null,"memory_mhz":null,)"
      R"("gpu_percent":null,"memory_percent":null,"throttle":null})";
  const std::string text = std::string(header_line) + "\n" + line + "\n" + empty + "\n";
  ASSERT_TRUE(looks_like_gpu_recording(text));
  const GpuRecording recording = parse_gpu_recording(text, "f");
  EXPECT_EQ(json_of(recording.header).dump(), header_line);
  ASSERT_EQ(recording.samples.size(), 2u);
  EXPECT_EQ(json_of(recording.samples[0]).dump(), line);
  EXPECT_EQ(json_of(recording.samples[1]).dump(), empty);
  EXPECT_EQ(recording.bad_lines, 0);
}

TEST(GpuSamples, LeaveOutWhatIsDamagedOrLies) {
  const std::pair<const char*, std::int64_t> cases[] = {
      // a line, and how many are left out
      {"", 0},
      {"{\"time_ms\": 1}", 0},
      {"{\"time_ms\": 1", 1},  // cut off
      {"{}", 1},
      {"{\"time_ms\": -1}", 1},
      {"{\"time_ms\": 1e300}", 1},
      {"{\"time_ms\": \"1\"}", 1},
      {"[1]", 1},
      {"\x01\xff", 1},
  };
  for (const auto& [line, bad] : cases) {
    SCOPED_TRACE(line);
    const auto recording = parse_gpu_recording(std::string(header_line) + "\n" + line, "f");
    EXPECT_EQ(recording.bad_lines, bad);
  }
  const auto lies = parse_gpu_recording(
      std::string(header_line) +
          "\n{\"time_ms\": 1, \"sm_mhz\": -5, \"power_w\": 1e300, \"temperature_c\": 9e18, "
          "\"throttle\": [1, \"no such\", \"idle\"]}",
      "f");
  ASSERT_EQ(lies.samples.size(), 1u);
  EXPECT_FALSE(lies.samples[0].sm_mhz);
  EXPECT_FALSE(lies.samples[0].power_w);
  EXPECT_FALSE(lies.samples[0].temperature_c);
  EXPECT_EQ(lies.samples[0].throttle, 1u);
}

TEST(GpuSamples, WithoutAHeaderAreAnError) {
  const std::pair<const char*, const char*> cases[] = {
      {"", "f: no recording of a GPU: its first line names none"},
      {"{\"time_ms\": 1}", "f: no recording of a GPU: its first line names none"},
      {"{\"trex_gpu_samples\": 2}", "f: a recording by a newer trex; this one knows version 1"},
      {"{\"trex_gpu_samples\": \"x\"}", "f: a recording by a newer trex; this one knows version 1"},
  };
  for (const auto& [text, expected] : cases) {
    try {
      parse_gpu_recording(text, "f");
      ADD_FAILURE() << text;
    } catch (const Error& error) {
      EXPECT_STREQ(error.what(), expected);
    }
  }
}

TEST(GpuSamples, ComeDownToAFewFigures) {
  GpuRecording recording;
  const auto add = [&](double time_ms, std::int64_t sm_mhz, double power_w, std::int64_t percent,
                       std::uint64_t throttle) {
    recording.samples.push_back({time_ms, power_w, 60, sm_mhz, 1593, percent, 10, throttle});
  };
  add(0, 210, 50, 0, 0x1);         // idle: counts for nothing but the time
  add(100, 1410, 300, 90, 0);      // as it should
  add(200, 1200, 400, 95, 0x4);    // the power limit
  add(300, 1100, 400, 95, 0x24);   // the power limit and the temperature
  add(400, 1410, 300, 90, 0x102);  // clocks that someone set: no slowdown
  const GpuSummary summary = summarize(recording);
  EXPECT_EQ(summary.samples, 5);
  EXPECT_EQ(summary.busy_samples, 4);
  EXPECT_EQ(summary.duration_ms, 400);
  EXPECT_EQ(summary.min_sm_mhz, 1100);
  EXPECT_EQ(summary.max_sm_mhz, 1410);
  EXPECT_EQ(summary.mean_sm_mhz, 1280);  // (1410 + 1200 + 1100 + 1410) / 4
  EXPECT_EQ(summary.mean_power_w, 350);
  EXPECT_EQ(summary.max_power_w, 400);
  EXPECT_EQ(summary.slowed_share, 0.5);
  ASSERT_EQ(summary.reasons.size(), 2u);
  EXPECT_EQ(summary.reasons[0].name, "sw_power_cap");
  EXPECT_EQ(summary.reasons[0].share, 0.5);
  EXPECT_EQ(summary.reasons[1].name, "sw_thermal_slowdown");
  EXPECT_EQ(summary.reasons[1].share, 0.25);
}

TEST(GpuSamples, WithoutFiguresAreUnknown) {
  GpuRecording recording;
  recording.samples.resize(3);
  const GpuSummary summary = summarize(recording);
  EXPECT_EQ(summary.busy_samples, 3);
  EXPECT_FALSE(summary.min_sm_mhz || summary.mean_sm_mhz || summary.mean_power_w);
  EXPECT_FALSE(summary.slowed_share);
}

TEST(GpuSamples, NameEveryBit) {
  EXPECT_EQ(throttle_names(0), std::vector<std::string>{});
  EXPECT_EQ(throttle_names(0x1), std::vector<std::string>{"idle"});
  EXPECT_EQ(throttle_names(0x1000000000004),
            (std::vector<std::string>{"sw_power_cap", "0x1000000000000"}));
}

}  // namespace
}  // namespace trex::trtexec

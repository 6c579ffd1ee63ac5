// SPDX-License-Identifier: Apache-2.0
#include "trex/trtexec/follow.hpp"

#include <gtest/gtest.h>

namespace trex::trtexec {
namespace {

TEST(Follow, GoesThroughTheBuild) {
  Follower follower;
  const auto after = [&](std::string_view line) {
    follower.feed(line);
    follower.feed("\n");
    return follower.progress().phase;
  };
  EXPECT_EQ(after("&&&& RUNNING TensorRT.trtexec [TensorRT v101300] # trtexec"), Phase::starting);
  EXPECT_EQ(after("[01/02/2025-10:00:00] [I] Start parsing network model."), Phase::parsing);
  EXPECT_EQ(after("[01/02/2025-10:00:00] [I] Finished parsing network model. Parse time: 1"),
            Phase::optimizing);
  EXPECT_EQ(after("[01/02/2025-10:00:00] [I] [TRT] [MemUsageChange] Init CUDA: CPU +19, GPU +0, "
                  "now: CPU 25, GPU 232 (MiB)"),
            Phase::optimizing);
  EXPECT_EQ(follower.progress().gpu_bytes, 232 * 1048576);
  EXPECT_EQ(follower.progress().cpu_bytes, 25 * 1048576);
  EXPECT_EQ(after("[01/02/2025-10:00:00] [I] [TRT] Local timing cache in use. Profiling results"),
            Phase::timing);
  EXPECT_EQ(after("[01/02/2025-10:00:00] [W] [TRT] odd"), Phase::timing);
  EXPECT_EQ(after("[01/02/2025-10:01:00] [I] [TRT] Detected 1 inputs and 1 output"),
            Phase::assembling);
  EXPECT_EQ(after("[01/02/2025-10:01:00] [I] Start parsing network model."), Phase::assembling);
  EXPECT_EQ(after("&&&& PASSED TensorRT.trtexec"), Phase::finished);
  EXPECT_EQ(follower.progress().warnings, 1);
  EXPECT_EQ(follower.progress().errors, 0);
  EXPECT_EQ(phase_words(Phase::finished), "finishing");
}

TEST(Follow, CountsLayersOfAVerboseLog) {
  Follower follower;
  follower.feed(
      "[V] [TRT] After dead-layer removal: 80 layers\n"
      "[V] [TRT] After vertical fusions: 57 layers\n"
      "[V] [TRT] --------------- Timing Runner: a (CaskConvolution[0x1])\n"
      "[V] [TRT] After reformat layers: 99 layers\n"
      "[V] [TRT] --------------- Timing Runner: b (CaskConvolution[0x1])\n");
  EXPECT_EQ(follower.progress().phase, Phase::timing);
  EXPECT_EQ(follower.progress().timed_layers, 2);
  EXPECT_EQ(follower.progress().layers, 57);
  // Where costs are told, they are counted instead.
  follower.feed(
      "[V] [TRT] =============== Computing costs for c\n"
      "[V] [TRT] --------------- Timing Runner: c (CaskConvolution[0x1])\n"
      "[V] [TRT] --------------- Timing Runner: c (CaskConvolution[0x2])\n");
  EXPECT_EQ(follower.progress().timed_layers, 1);
}

TEST(Follow, MayBeFedByteByByteAndAnything) {
  const std::string text = "[I] Starting inference\n[I] === Performance summary ===\n";
  Follower bytes;
  for (const char c : text) bytes.feed(std::string_view(&c, 1));
  EXPECT_EQ(bytes.progress().phase, Phase::profiling);

  Follower hostile;
  const std::string flood(1 << 20, 'x');
  for (int i = 0; i < 20; ++i) hostile.feed(flood);
  hostile.feed("\n[I] [TRT] [MemUsageChange] x now: CPU 1e308, GPU -5 (MiB)\nAfter : layers\n");
  hostile.feed(
      "After x: 99999999999999999999 layers\nAfter layers\n layers\n[MemUsageChange] now: CPU ");
  EXPECT_EQ(hostile.progress().gpu_bytes, std::nullopt);
  EXPECT_EQ(hostile.progress().cpu_bytes, std::nullopt);
  EXPECT_EQ(hostile.progress().layers, std::nullopt);
}

}  // namespace
}  // namespace trex::trtexec

// SPDX-License-Identifier: Apache-2.0
#include "trex/trtexec/commands.hpp"

#include <gtest/gtest.h>

namespace trex::trtexec {
namespace {

std::string build_line(Version version, std::vector<std::string> words) {
  return shell_line(build_command("trtexec", version,
                                  {.onnx = "m.onnx", .engine = "e", .timing_cache = "c"},
                                  check_arguments(words, version, {})));
}

std::string run_line(Version version, std::vector<std::string> words) {
  return shell_line(
      run_command("trtexec", version,
                  {.engine = "e", .times = "t.json", .profile = "p.json", .layer_info = "g.json"},
                  check_arguments(words, version, {})));
}

TEST(Commands, BuildDiffersInHowInferenceIsSkipped) {
  EXPECT_EQ(build_line({8, 5}, {"fp16"}),
            "trtexec --onnx=m.onnx --saveEngine=e --profilingVerbosity=detailed --buildOnly "
            "--timingCacheFile=c --fp16");
  EXPECT_EQ(build_line({8, 6}, {"fp16"}),
            "trtexec --onnx=m.onnx --saveEngine=e --profilingVerbosity=detailed --skipInference "
            "--timingCacheFile=c --fp16");
  EXPECT_EQ(build_line({11, 1}, {"timingCacheFile=mine", "iterations=3"}),
            "trtexec --onnx=m.onnx --saveEngine=e --profilingVerbosity=detailed --skipInference "
            "--timingCacheFile=mine");
}

TEST(Commands, RunByGeneration) {
  const std::string files =
      "trtexec --loadEngine=e --exportTimes=t.json --exportProfile=p.json "
      "--exportLayerInfo=g.json ";
  const std::string fast = " --separateProfileRun --noDataTransfers --useCudaGraph --useSpinWait";
  EXPECT_EQ(run_line({8, 4}, {}), files + "--nvtxMode=verbose" + fast);
  EXPECT_EQ(run_line({8, 6}, {"fp16"}), files + "--profilingVerbosity=detailed" + fast);
  EXPECT_EQ(run_line({10, 16}, {"useCudaGraph", "iterations=7"}),
            files +
                "--profilingVerbosity=detailed --separateProfileRun --noDataTransfers "
                "--useSpinWait --useCudaGraph --iterations=7");
  EXPECT_EQ(run_line({11, 0}, {}), files + "--profilingVerbosity=detailed");
}

TEST(Commands, OppositesOf11LeaveOutOursBefore11) {
  const std::string files =
      "trtexec --loadEngine=e --exportTimes=t.json --exportProfile=p.json "
      "--exportLayerInfo=g.json --profilingVerbosity=detailed";
  const std::vector<std::string> words = {"includeDataTransfers", "noCudaGraph"};
  EXPECT_EQ(run_line({10, 0}, words), files + " --separateProfileRun --useSpinWait");
  EXPECT_EQ(run_line({11, 0}, words), files + " --includeDataTransfers --noCudaGraph");
}

TEST(Commands, ShellLineReadsBack) {
  EXPECT_EQ(shell_line({"a b", "it's", "", "x;y", "--ok=1,2:3"}),
            "'a b' 'it'\\''s' '' 'x;y' --ok=1,2:3");
  EXPECT_EQ(shell_line({"\x1b[2J'\n", "größe"}), "$'\\x1b[2J\\'\\x0a' 'größe'");
}

}  // namespace
}  // namespace trex::trtexec

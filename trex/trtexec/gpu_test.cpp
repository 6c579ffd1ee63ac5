// NVML, locks and recordings on a stand-in library: nothing here touches a GPU.

// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <functional>

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/text.hpp"
#include "trex/trtexec/gpu_lock.hpp"
#include "trex/trtexec/gpu_nvml.hpp"
#include "trex/trtexec/gpu_recorder.hpp"

namespace trex::trtexec {
namespace {

class Gpu : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = testing::TempDir() + "trex_gpu_" +
              testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::remove_all(folder_);
    make_directories(folder_);
    setenv("TREX_NVML", TREX_STANDIN_NVML, 1);
    setenv("TREX_STATE_DIR", folder_.c_str(), 1);
    setenv("STANDIN_NVML_LOG", (folder_ + "/log").c_str(), 1);
    mode("");
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  static void mode(const char* words) { setenv("STANDIN_NVML_MODE", words, 1); }
  // What was set so far: "sm 0 1410;".
  std::string log() const {
    const std::string path = folder_ + "/log";
    return file_exists(path) ? replace_all(read_file(path).view(), "\n", ";") : "";
  }
  std::vector<std::string> files() const { return list_directory(folder_); }
  // The guard acts a moment after our death.
  std::string log_that_ends_with(const std::string& end) const {
    for (int i = 0; i < 500 && !ends_with(log(), end); ++i) usleep(10000);
    return log();
  }

  std::string folder_;
};

std::string error_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

TEST_F(Gpu, TellsWhatItIs) {
  const Nvml nvml;
  EXPECT_EQ(nvml.driver_version(), "550.54.15");
  EXPECT_EQ(nvml.cuda_version(), "12.4");
  ASSERT_EQ(nvml.device_count(), 2u);
  const GpuInfo info = nvml.info(1);
  EXPECT_EQ(info.name, "NVIDIA Stand-in 40GB");
  EXPECT_EQ(info.uuid, "GPU-standin-1");
  EXPECT_EQ(info.compute_capability, "8.0");
  EXPECT_EQ(info.memory_bytes, std::int64_t{40} << 30);
  EXPECT_EQ(info.max_sm_mhz, 1410);
  EXPECT_EQ(info.max_memory_mhz, 1593);
  EXPECT_EQ(info.power_limit_w, 400);
  EXPECT_EQ(info.min_power_limit_w, 100);
  EXPECT_EQ(info.slowdown_c, 92);
  EXPECT_EQ(info.persistence, true);
  EXPECT_EQ(nvml.find_device("GPU-standin-1"), 1u);
  EXPECT_EQ(nvml.find_device("GPU-other"), std::nullopt);
  const GpuSample sample = nvml.sample(0);
  EXPECT_EQ(sample.power_w, 55.25);
  EXPECT_EQ(sample.temperature_c, 34);
  EXPECT_EQ(sample.sm_mhz, 210);
  EXPECT_EQ(sample.gpu_percent, 3);
  EXPECT_EQ(sample.throttle, 1u);
}

TEST_F(Gpu, WhatItCannotTellIsUnknown) {
  mode("bare");
  const Nvml nvml;
  const GpuInfo info = nvml.info(0);
  EXPECT_FALSE(info.memory_bytes || info.max_sm_mhz || info.power_limit_w || info.persistence);
  const GpuSample sample = nvml.sample(0);
  EXPECT_FALSE(sample.power_w || sample.sm_mhz || sample.gpu_percent || sample.throttle);
}

TEST_F(Gpu, SaysWhatIsMissing) {
  mode("no-driver");
  EXPECT_EQ(error_of([] { Nvml(); }),
            "NVML is here, but NVIDIA's driver is not loaded: no GPU, or a container without one "
            "(docker run --gpus all)");
  mode("");
  EXPECT_EQ(error_of([] { Nvml().info(7); }), "there is no GPU 7: this machine has 2");
  EXPECT_EQ(error_of([] { GpuLock({.device = 7}); }), "there is no GPU 7: this machine has 2");
  setenv("TREX_NVML", "/nowhere/nvml.so", 1);
  EXPECT_TRUE(
      starts_with(error_of([] { Nvml(); }), "TREX_NVML: /nowhere/nvml.so cannot be loaded"));
}

TEST_F(Gpu, LocksAndGivesBack) {
  {
    GpuLock lock({.device = 1, .sm_mhz = 1410, .memory_mhz = 1593, .power_w = 300});
    EXPECT_EQ(log(), "sm 1 1410;memory 1 1593;power 1 300000;");
    EXPECT_EQ(lock.locked().power_before_w, 400);
    const auto kept = find_lock("GPU-standin-1");
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->process, getpid());
    EXPECT_EQ(kept->sm_mhz, 1410);
    EXPECT_TRUE(is_held(*kept));
  }
  EXPECT_EQ(log(),
            "sm 1 1410;memory 1 1593;power 1 300000;sm 1 reset;memory 1 reset;power 1 400000;");
  EXPECT_EQ(files(), std::vector<std::string>{"log"});
}

TEST_F(Gpu, ChangesOnlyWhatWasAskedFor) {
  { GpuLock lock({.device = 0, .sm_mhz = 1000}); }
  EXPECT_EQ(log(), "sm 0 1000;sm 0 reset;");
}

TEST_F(Gpu, RefusesWhatTheGpuHasNot) {
  EXPECT_EQ(error_of([] { GpuLock({.sm_mhz = 1411}); }),
            "GPU 0: a clock of 1411 MHz: the NVIDIA Stand-in 40GB runs at most at 1410 MHz");
  EXPECT_EQ(error_of([] { GpuLock({.memory_mhz = 0}); }),
            "GPU 0: a memory clock of 0 MHz: the NVIDIA Stand-in 40GB runs at most at 1593 MHz");
  EXPECT_EQ(error_of([] { GpuLock({.power_w = 99}); }),
            "GPU 0: a power limit of 99 W: the NVIDIA Stand-in 40GB takes 100 to 400 W");
  EXPECT_EQ(log(), "");
  EXPECT_EQ(files(), std::vector<std::string>{});
}

TEST_F(Gpu, WithoutRootChangesNothing) {
  mode("denied");
  EXPECT_EQ(error_of([] { GpuLock({.sm_mhz = 1410}); }),
            "GPU 0: the clock cannot be locked: that needs root; run it with sudo");
  EXPECT_EQ(files(), std::vector<std::string>{});
}

TEST_F(Gpu, UndoesTheFirstWhenTheSecondFails) {
  mode("no-memory-lock");
  EXPECT_EQ(error_of([] { GpuLock({.sm_mhz = 1410, .memory_mhz = 1593}); }),
            "GPU 0: the memory clock cannot be locked: this GPU, or its driver, cannot do that");
  EXPECT_EQ(log(), "sm 0 1410;sm 0 reset;");
  EXPECT_EQ(files(), std::vector<std::string>{"log"});
  GpuLock lock({.sm_mhz = 1410, .memory_mhz = 1593, .memory_may_fail = true});
  EXPECT_EQ(lock.locked().notes.size(), 1u);
  EXPECT_FALSE(lock.locked().memory_mhz);
  EXPECT_NO_THROW(lock.restore());
  EXPECT_EQ(log(), "sm 0 1410;sm 0 reset;sm 0 1410;sm 0 reset;");
}

// A child locks and dies in some way; who gives it back?
void die_with_lock(const std::function<void()>& die) {
  const pid_t child = fork();
  if (child == 0) {
    const GpuLock lock({.device = 0, .sm_mhz = 1000, .power_w = 200});
    die();
    _exit(0);
  }
  waitpid(child, nullptr, 0);
}

TEST_F(Gpu, IsGivenBackHoweverTheProcessDies) {
  const std::pair<const char*, std::function<void()>> deaths[] = {
      {"SIGKILL", [] { kill(getpid(), SIGKILL); }},
      {"SIGTERM", [] { kill(getpid(), SIGTERM); }},
      {"SIGINT", [] { kill(getpid(), SIGINT); }},
      {"SIGINT to the whole group, as a terminal sends it",
       [] {
         setpgid(0, 0);
         kill(0, SIGINT);
       }},
      {"a crash",
       [] {
         signal(SIGSEGV, SIG_DFL);
         kill(getpid(), SIGSEGV);
       }},
      {"_exit without a destructor", [] {}},
  };
  for (const auto& [what, die] : deaths) {
    SCOPED_TRACE(what);
    std::filesystem::remove(folder_ + "/log");
    die_with_lock(die);
    EXPECT_EQ(log_that_ends_with("power 0 400000;"),
              "sm 0 1000;power 0 200000;sm 0 reset;power 0 400000;");
    for (int i = 0; i < 500 && files().size() > 1; ++i) usleep(10000);
    EXPECT_EQ(files(), std::vector<std::string>{"log"});
  }
}

TEST_F(Gpu, OneProcessAtATime) {
  const GpuLock lock({.sm_mhz = 1000});
  EXPECT_EQ(error_of([] { GpuLock({.sm_mhz = 1200}); }),
            "GPU 0 is held by process " + std::to_string(getpid()) +
                ", which locked its clocks; wait for it, or end it");
  EXPECT_TRUE(contains(error_of([] { unlock_gpu(0); }), "which unlocks it when it ends"));
  EXPECT_NO_THROW(GpuLock({.device = 1, .sm_mhz = 1200}));
}

// Guard and process were both killed: the file tells the next one what was before.
TEST_F(Gpu, WhatNobodyGaveBackIsUndoneLater) {
  write_file(
      folder_ + "/trex-gpu-GPU-standin-0.json",
      R"({"uuid": "GPU-standin-0", "process": 2147483647, "sm_mhz": 1000, "power_w": 200.0, )"
      R"("power_before_w": 350.0})");
  write_file(folder_ + "/log", "sm 0 1000\npower 0 200000\n");
  EXPECT_FALSE(is_held(*find_lock("GPU-standin-0")));
  { GpuLock lock({.sm_mhz = 1410, .power_w = 300}); }
  EXPECT_TRUE(ends_with(log(), "sm 0 1410;power 0 300000;sm 0 reset;power 0 350000;")) << log();
}

TEST_F(Gpu, StaysUntilItIsUnlocked) {
  lock_gpu({.sm_mhz = 1200, .power_w = 250});
  ASSERT_TRUE(find_lock("GPU-standin-0"));
  EXPECT_EQ(find_lock("GPU-standin-0")->process, 0);
  // A measurement in between puts back what was set to stay.
  { GpuLock lock({.sm_mhz = 1410, .power_w = 400}); }
  EXPECT_EQ(log(), "sm 0 1200;power 0 250000;sm 0 1410;power 0 400000;sm 0 1200;power 0 250000;");
  EXPECT_EQ(find_lock("GPU-standin-0")->sm_mhz, 1200);
  EXPECT_EQ(unlock_gpu(0), 400);
  EXPECT_TRUE(ends_with(log(), "sm 0 reset;memory 0 reset;power 0 400000;")) << log();
  EXPECT_FALSE(find_lock("GPU-standin-0"));
}

TEST_F(Gpu, ADamagedStateFileIsNoObstacle) {
  write_file(folder_ + "/trex-gpu-GPU-standin-0.json", "{");
  EXPECT_FALSE(is_held(*find_lock("GPU-standin-0")));
  EXPECT_EQ(unlock_gpu(0), 400);
}

TEST_F(Gpu, RecordsWhileSomethingRuns) {
  mode("hot");
  const std::string path = folder_ + "/x.gpu.jsonl";
  const GpuLock lock({.sm_mhz = 1410});
  GpuRecorder recorder(0, path, &lock.locked(), 0.01);
  while (recorder.sample_count() < 3) recorder.poll();
  EXPECT_FALSE(file_exists(path));
  recorder.finish();
  const GpuRecording recording = parse_gpu_recording(read_file(path).view(), path);
  EXPECT_EQ(recording.header.locked_sm_mhz, 1410);
  EXPECT_EQ(recording.header.max_sm_mhz, 1410);
  ASSERT_EQ(recording.samples.size(), 3u);
  EXPECT_EQ(recording.samples[0].sm_mhz, 1100);
  EXPECT_GE(recording.samples[2].time_ms, 19);
  EXPECT_EQ(summarize(recording).slowed_share, 1);
}

TEST_F(Gpu, ARecorderThatIsNotFinishedLeavesNothing) {
  { GpuRecorder(0, folder_ + "/x.gpu.jsonl").poll(); }
  EXPECT_EQ(files(), std::vector<std::string>{});
}

}  // namespace
}  // namespace trex::trtexec

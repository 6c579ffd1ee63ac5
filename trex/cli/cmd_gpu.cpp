// `trex gpu`: what the GPUs are and do, and their clocks held for a measurement.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>

#include "trex/base/error.hpp"
#include "trex/base/subprocess.hpp"
#include "trex/base/text.hpp"
#include "trex/cli/commands.hpp"
#include "trex/cli/gpu_monitor.hpp"
#include "trex/cli/gpu_setting.hpp"
#include "trex/cli/gpu_tables.hpp"
#include "trex/trtexec/gpu_lock.hpp"
#include "trex/trtexec/gpu_recorder.hpp"

namespace trex::cli {
namespace {

struct Options : GpuWish {
  std::string action, record;
  std::vector<std::string> command;
  std::optional<std::int64_t> count;
  std::optional<double> interval;
};

std::vector<Flag> flags(Options& o) {
  return {
      {"ACTION", &o.action, "what to do", {"info", "monitor", "lock", "unlock"}},
      {"[COMMAND...]", &o.command,
       "lock: after '--', a command to run; what was locked is given back when it ends"},
      {"--device N", &o.device, "which GPU, as nvidia-smi counts them (default: info all, else 0)"},
      {"--interval S", &o.interval, "monitor: seconds between samples (default 1)"},
      {"--count N", &o.count, "monitor: so many samples; else until Ctrl-C"},
      {"--clock MHZ", &o.clock, "lock: the SM clock (without any of these three: the highest)"},
      {"--memory-clock MHZ", &o.memory_clock, "lock: the memory clock"},
      {"--power-limit W", &o.power_limit, "lock: the power limit"},
      {"--record FILE", &o.record, "lock: samples during the command, as JSON lines"},
  };
}

// The command's output is passed on as it comes.
ExitCode run_locked(const Options& o, const trtexec::GpuSetting& setting, Io& io) {
  constexpr double tick_seconds = 0.05, grace_seconds = 5;
  trtexec::GpuLock lock(setting);
  say_locked(lock.locked(), setting.device, io);
  std::optional<trtexec::GpuRecorder> recorder;
  if (!o.record.empty()) recorder.emplace(setting.device, o.record, &lock.locked());
  const Interrupts interrupts;
  Subprocess command(o.command);
  std::string output;
  const auto pass_on = [&] {
    if (!output.empty()) io.write(output);
    output.clear();
  };
  while (command.wait(tick_seconds, output)) {
    if (recorder) recorder->poll();
    pass_on();
    if (Interrupts::received() != 0) command.stop(grace_seconds, output);
  }
  pass_on();
  if (recorder) recorder->finish();
  lock.restore();
  io.say(fmt::format("GPU {}: given back", setting.device));
  if (command.status()->is_success()) return ExitCode::success;
  io.say(fmt::format("error: {}: {}", o.command[0], describe(*command.status())));
  return ExitCode::failed;
}

ExitCode lock(const Options& o, Io& io) {
  const trtexec::GpuSetting setting = gpu_setting(o);
  if (!o.command.empty()) return run_locked(o, setting, io);
  if (!o.record.empty()) fail("--record needs a command: trex gpu lock --record FILE -- COMMAND");
  say_locked(trtexec::lock_gpu(setting), setting.device, io);
  io.say(
      fmt::format("it stays so until a reboot, or: trex gpu unlock --device {}", setting.device));
  return ExitCode::success;
}

ExitCode unlock(const Options& o, Io& io) {
  const std::optional<double> power_w = trtexec::unlock_gpu(device_of(o));
  io.say(fmt::format("GPU {}: clocks unlocked{}", device_of(o),
                     power_w ? fmt::format(", power limit {} W", *power_w) : ""));
  return ExitCode::success;
}

ExitCode monitor(const Options& o, Io& io) {
  const double interval = o.interval.value_or(1);
  if (!(interval >= 0.01 && interval <= 3600)) {
    fail("--interval takes 0.01 to 3600 seconds, not {}", interval);
  }
  if (o.count && *o.count < 1) fail("--count takes a number from 1, not {}", *o.count);
  if (io.format_name != "text" && io.format_name != "json") {
    fail("trex gpu monitor writes text or json, not {}", io.format_name);
  }
  monitor_gpu({.device = device_of(o), .interval_seconds = interval, .count = o.count}, io);
  return ExitCode::success;
}

void refuse_idle_options(const Options& o) {
  const bool sets = o.clock || o.memory_clock || o.power_limit || !o.record.empty();
  if (o.action != "lock" && (sets || !o.command.empty())) {
    fail("a command, --clock, --memory-clock, --power-limit and --record are for trex gpu lock");
  }
  if (o.action != "monitor" && (o.interval || o.count)) {
    fail("--interval and --count are for trex gpu monitor");
  }
}

ExitCode run(const Options& o, Io& io) {
  refuse_idle_options(o);
  if (o.action == "monitor") return monitor(o, io);
  if (o.action == "lock") return lock(o, io);
  if (o.action == "unlock") return unlock(o, io);
  const std::optional<unsigned> device = o.device ? std::optional(device_of(o)) : std::nullopt;
  io.show(gpu_document(trtexec::Nvml(), device));
  return ExitCode::success;
}

}  // namespace

Command gpu_command() {
  Command result = command<Options>(
      "gpu", "the GPUs: what they are and do; clocks held for a measurement",
      {{"trex gpu info", "clocks, power, temperature, and what holds them back"},
       {"trex gpu monitor --json -o run.gpu.jsonl", "a sample a second, until Ctrl-C"},
       {"sudo trex gpu lock --clock 1410 -- trtexec --loadEngine=resnet.engine",
        "the clock is held while trtexec runs, and given back however it ends"},
       {"sudo trex gpu lock --power-limit 300", "until 'trex gpu unlock'"}},
      flags, run);
  result.more =
      "Works through NVML (libnvidia-ml.so.1), which comes with NVIDIA's driver; TREX_NVML\n"
      "names another library. Locking needs root. Locked clocks cannot be read back from\n"
      "NVML, so trex keeps what it locked in /run/trex-gpu-UUID.json.";
  return result;
}

}  // namespace trex::cli

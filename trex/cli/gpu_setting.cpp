// What a GPU is to be held at for a measurement.

// SPDX-License-Identifier: Apache-2.0
#include "trex/cli/gpu_setting.hpp"

#include <fmt/format.h>

#include "trex/base/error.hpp"
#include "trex/base/text.hpp"

namespace trex::cli {
namespace {

unsigned clock_of(std::int64_t mhz, std::string_view option) {
  if (mhz < 1 || mhz > 100000) fail("{} takes a clock in MHz, not {}", option, mhz);
  return static_cast<unsigned>(mhz);
}

}  // namespace

unsigned device_of(const GpuWish& o) {
  const std::int64_t device = o.device.value_or(0);
  if (device < 0 || device > 1000) fail("--device takes a number from 0, not {}", device);
  return static_cast<unsigned>(device);
}

trtexec::GpuSetting gpu_setting(const GpuWish& o) {
  trtexec::GpuSetting setting{.device = device_of(o), .power_w = o.power_limit};
  if (o.clock) setting.sm_mhz = clock_of(*o.clock, "--clock");
  if (o.memory_clock) setting.memory_mhz = clock_of(*o.memory_clock, "--memory-clock");
  if (o.clock || o.memory_clock || o.power_limit) return setting;
  const trtexec::GpuInfo info = trtexec::Nvml().info(setting.device);
  if (!info.max_sm_mhz) {
    fail("GPU {} does not tell its highest clock: give --clock", setting.device);
  }
  setting.sm_mhz = static_cast<unsigned>(*info.max_sm_mhz);
  if (info.max_memory_mhz) setting.memory_mhz = static_cast<unsigned>(*info.max_memory_mhz);
  setting.memory_may_fail = true;
  return setting;
}

void say_locked(const trtexec::GpuLocked& locked, unsigned device, Io& io) {
  std::vector<std::string> what;
  if (locked.sm_mhz) what.push_back(fmt::format("clock {} MHz", *locked.sm_mhz));
  if (locked.memory_mhz) what.push_back(fmt::format("memory clock {} MHz", *locked.memory_mhz));
  if (locked.power_w) what.push_back(fmt::format("power limit {} W", *locked.power_w));
  io.say(fmt::format("GPU {}: locked: {}", device, join(what, ", ")));
  for (const std::string& note : locked.notes) io.say("note: " + note);
}

}  // namespace trex::cli

// Tables and lines of `trex gpu`.

// SPDX-License-Identifier: Apache-2.0
#include "trex/cli/gpu_tables.hpp"

#include <fmt/format.h>

#include "trex/base/text.hpp"
#include "trex/base/units.hpp"
#include "trex/trtexec/gpu_lock.hpp"

namespace trex::cli {
namespace {

using trtexec::GpuInfo;
using trtexec::GpuLocked;
using trtexec::GpuSample;

template <class T>
std::string said(const std::optional<T>& value, std::string_view unit) {
  return value ? fmt::format("{} {}", *value, unit) : "-";
}

std::string said_lock(const GpuLocked& locked) {
  std::string text = locked.process == 0        ? "by trex gpu lock"
                     : trtexec::is_held(locked) ? fmt::format("by process {}", locked.process)
                                                : "by a process that has died: trex gpu unlock";
  if (locked.sm_mhz) text += fmt::format(", {} MHz", *locked.sm_mhz);
  if (locked.memory_mhz) text += fmt::format(", memory {} MHz", *locked.memory_mhz);
  if (locked.power_w) text += fmt::format(", {} W", *locked.power_w);
  return text;
}

std::string said_memory(const GpuInfo& info) {
  if (!info.memory_bytes) return "-";
  const std::string total = human_bytes(*info.memory_bytes);
  return info.used_memory_bytes ? human_bytes(*info.used_memory_bytes) + " of " + total + " used"
                                : total;
}

std::string said_limit(const GpuInfo& info) {
  std::string text = said(info.power_limit_w, "W");
  if (info.min_power_limit_w && info.max_power_limit_w) {
    text += fmt::format(" (may be {} to {} W, by default {})", *info.min_power_limit_w,
                        *info.max_power_limit_w, said(info.default_power_limit_w, "W"));
  }
  return text;
}

std::string said_throttle(const GpuSample& sample) {
  if (!sample.throttle) return "-";
  std::vector<std::string> said;
  for (const trtexec::ThrottleReason& reason : trtexec::throttle_reasons()) {
    if ((*sample.throttle & reason.bit) == 0) continue;
    said.push_back(fmt::format("{} ({})", reason.name, reason.meaning));
  }
  return said.empty() ? "not held back" : join(said, ", ");
}

FactsBlock device_block(const GpuInfo& info, const GpuSample& now,
                        const std::optional<GpuLocked>& locked) {
  FactsBlock block;
  block.title = fmt::format("GPU {}: {}", info.index, info.name);
  const auto fact = [&](const char* label, std::string value) {
    block.facts.push_back({.key = "", .label = label, .value = std::move(value)});
  };
  fact("uuid", info.uuid);
  fact("compute capability", info.compute_capability.value_or("-"));
  fact("memory", said_memory(info));
  fact("clock",
       fmt::format("{} now, at most {}", said(now.sm_mhz, "MHz"), said(info.max_sm_mhz, "MHz")));
  fact("memory clock", fmt::format("{} now, at most {}", said(now.memory_mhz, "MHz"),
                                   said(info.max_memory_mhz, "MHz")));
  fact("application clocks", fmt::format("{}, memory {}", said(info.application_sm_mhz, "MHz"),
                                         said(info.application_memory_mhz, "MHz")));
  fact("power", said(now.power_w, "W"));
  fact("power limit", said_limit(info));
  fact("temperature", fmt::format("{}, slows down from {}", said(now.temperature_c, "C"),
                                  said(info.slowdown_c, "C")));
  fact("use", fmt::format("{} of the time, memory {}", said(now.gpu_percent, "%"),
                          said(now.memory_percent, "%")));
  fact("held back by", said_throttle(now));
  fact("locked", locked ? said_lock(*locked) : "not by trex");
  return block;
}

Json device_json(const GpuInfo& info, const GpuSample& now,
                 const std::optional<GpuLocked>& locked) {
  Json json;
  json.set("device", info.index).set("name", info.name).set("uuid", info.uuid);
  json.set("compute_capability", info.compute_capability);
  json.set("memory_bytes", info.memory_bytes).set("used_memory_bytes", info.used_memory_bytes);
  json.set("max_sm_mhz", info.max_sm_mhz).set("max_memory_mhz", info.max_memory_mhz);
  json.set("application_sm_mhz", info.application_sm_mhz);
  json.set("application_memory_mhz", info.application_memory_mhz);
  json.set("power_limit_w", info.power_limit_w);
  json.set("default_power_limit_w", info.default_power_limit_w);
  json.set("min_power_limit_w", info.min_power_limit_w);
  json.set("max_power_limit_w", info.max_power_limit_w);
  json.set("slowdown_c", info.slowdown_c).set("persistence", info.persistence);
  Json sample = json_of(now);
  Json::Object without_time;
  for (const Json::Member& member : *sample.object()) {
    if (member.first != "time_ms") without_time.push_back(member);
  }
  json.set("now", std::move(without_time));
  Json lock;
  if (locked) {
    lock.set("process", locked->process).set("is_held", trtexec::is_held(*locked));
    lock.set("sm_mhz", locked->sm_mhz).set("memory_mhz", locked->memory_mhz);
    lock.set("power_w", locked->power_w);
  }
  return std::move(json.set("locked", std::move(lock)));
}

}  // namespace

Document gpu_document(const trtexec::Nvml& nvml, std::optional<unsigned> device) {
  Document document;
  const unsigned count = nvml.device_count();
  FactsBlock system;
  system.facts = {
      {.key = "driver", .label = "driver", .value = nvml.driver_version()},
      {.key = "cuda", .label = "CUDA", .value = nvml.cuda_version(), .remark = "at most"},
      {.key = "device_count", .label = "GPUs", .value = count},
  };
  document.blocks.emplace_back(std::move(system));
  Json devices{Json::Array{}};
  for (unsigned index = device.value_or(0); index < (device ? *device + 1 : count); ++index) {
    const GpuInfo info = nvml.info(index);
    const GpuSample now = nvml.sample(index);
    const auto locked = trtexec::find_lock(info.uuid);
    document.blocks.emplace_back(device_block(info, now, locked));
    devices.push(device_json(info, now, locked));
  }
  document.blocks.emplace_back(JsonBlock{
      .key = "devices", .title = "", .value = std::move(devices), .audience = Audience::programs});
  return document;
}

std::string gpu_line_head() {
  return "  time s  power W  temp C  SM MHz  mem MHz  GPU %  mem %  held back by\n";
}

std::string gpu_line(const GpuSample& sample) {
  const auto whole = [](const std::optional<std::int64_t>& value) {
    return value ? std::to_string(*value) : "-";
  };
  const std::string reasons =
      sample.throttle ? join(trtexec::throttle_names(*sample.throttle), ", ") : "-";
  return fmt::format("{:>8.2f}  {:>7}  {:>6}  {:>6}  {:>7}  {:>5}  {:>5}  {}\n",
                     sample.time_ms / 1000,
                     sample.power_w ? fmt::format("{:.1f}", *sample.power_w) : "-",
                     whole(sample.temperature_c), whole(sample.sm_mhz), whole(sample.memory_mhz),
                     whole(sample.gpu_percent), whole(sample.memory_percent), reasons);
}

}  // namespace trex::cli

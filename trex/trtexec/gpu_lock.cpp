// Locking, and undoing it: by us, by the guard, or later by `trex gpu unlock`.

// SPDX-License-Identifier: Apache-2.0
#include "trex/trtexec/gpu_lock.hpp"

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/stored_file.hpp"
#include "trex/base/text.hpp"

namespace trex::trtexec {
namespace {

// /run is root's alone: in a folder that all may write to, anyone could lay a link there.
std::string state_folder() {
  const char* chosen = std::getenv("TREX_STATE_DIR");
  if (chosen != nullptr && *chosen != '\0') return chosen;
  if (access("/run", W_OK) == 0) return "/run";
  const char* own = std::getenv("XDG_RUNTIME_DIR");
  return own == nullptr ? "" : own;
}

std::string state_path(const std::string& uuid) {
  const std::string folder = state_folder();
  const bool is_plain = !uuid.empty() && uuid.find_first_of("/.\\") == std::string::npos;
  return folder.empty() || !is_plain ? "" : join_path(folder, "trex-gpu-" + uuid + ".json");
}

std::optional<double> real_of(const Json& json, std::string_view key) {
  const Json* value = json.find(key);
  return value == nullptr ? std::nullopt : value->number();
}
std::optional<std::int64_t> integer_of(const Json& json, std::string_view key) {
  const Json* value = json.find(key);
  if (value == nullptr || value->integer() == nullptr) return std::nullopt;
  return *value->integer();
}

Json json_of(const GpuLocked& locked) {
  Json json;
  json.set("uuid", locked.uuid).set("process", locked.process).set("sm_mhz", locked.sm_mhz);
  json.set("memory_mhz", locked.memory_mhz).set("power_w", locked.power_w);
  return std::move(json.set("power_before_w", locked.power_before_w));
}

GpuLocked locked_of(const Json& json, const std::string& uuid) {
  return {uuid,
          integer_of(json, "process").value_or(0),
          integer_of(json, "sm_mhz"),
          integer_of(json, "memory_mhz"),
          real_of(json, "power_w"),
          real_of(json, "power_before_w"),
          {}};
}

void keep_state(const std::string& uuid, const std::string& text) {
  const std::string path = state_path(uuid);
  if (path.empty()) return;
  if (text.empty()) return remove_quietly(path);
  write_file(path, text);
}

// Runs `step`; its error is kept, so that the other steps still run.
template <class Step>
void try_step(std::string& errors, Step step) {
  try {
    step();
  } catch (const Error& error) {
    if (!errors.empty()) errors += "; ";
    errors += error.what();
  }
}

void set_clock(const Nvml& nvml, unsigned device, bool memory, std::optional<std::int64_t> mhz) {
  if (mhz && memory) return nvml.lock_memory_clock(device, static_cast<unsigned>(*mhz));
  if (mhz) return nvml.lock_sm_clock(device, static_cast<unsigned>(*mhz));
  memory ? nvml.reset_memory_clock(device) : nvml.reset_sm_clock(device);
}

// `order` says what to put back: the keys that are there, and "state", the file's text before.
std::string undo(const Nvml& nvml, const Json& order) {
  std::string errors;
  const Json* uuid = order.find("uuid");
  if (uuid == nullptr || uuid->text() == nullptr) return "no GPU in the order";
  const std::optional<unsigned> device = nvml.find_device(*uuid->text());
  if (!device) return fmt::format("the GPU {} has gone", *uuid->text());
  for (const bool memory : {false, true}) {
    const char* key = memory ? "memory_mhz" : "sm_mhz";
    if (order.find(key) == nullptr) continue;
    try_step(errors, [&] { set_clock(nvml, *device, memory, integer_of(order, key)); });
  }
  if (const auto power_w = real_of(order, "power_w")) {
    try_step(errors, [&] { nvml.set_power_limit(*device, *power_w); });
  }
  if (!errors.empty()) return errors;  // the file stays, for `trex gpu unlock`
  const Json* state = order.find("state");
  try_step(errors, [&] {
    keep_state(*uuid->text(), state != nullptr && state->text() != nullptr ? *state->text() : "");
  });
  return errors;
}

void act_as_guard(const std::string& order) {
  try {
    undo(Nvml(), parse_json(order, "order"));
  } catch (const std::exception&) {
    // The state file stays, for `trex gpu unlock`.
  }
}

void check_range(std::optional<unsigned> mhz, std::optional<std::int64_t> most, const char* what,
                 const GpuInfo& info) {
  if (!mhz || !most || (*mhz >= 1 && *mhz <= *most)) return;
  fail("GPU {}: {} of {} MHz: the {} runs at most at {} MHz", info.index, what, *mhz, info.name,
       *most);
}

void check_setting(const GpuSetting& setting, const GpuInfo& info) {
  check_range(setting.sm_mhz, info.max_sm_mhz, "a clock", info);
  check_range(setting.memory_mhz, info.max_memory_mhz, "a memory clock", info);
  if (!setting.power_w || !info.min_power_limit_w || !info.max_power_limit_w) return;
  if (*setting.power_w < *info.min_power_limit_w || *setting.power_w > *info.max_power_limit_w) {
    fail("GPU {}: a power limit of {} W: the {} takes {} to {} W", info.index, *setting.power_w,
         info.name, *info.min_power_limit_w, *info.max_power_limit_w);
  }
}

// Looks, checks, notes in the file and applies; on an Error everything is as before. `before` gets
// what undoes it, before the first change.
template <class Ready>
GpuLocked apply(const Nvml& nvml, const GpuSetting& setting, std::int64_t process, Ready ready) {
  const GpuInfo info = nvml.info(setting.device);
  check_setting(setting, info);
  const std::optional<GpuLocked> before = find_lock(info.uuid);
  if (before && is_held(*before)) {
    fail("GPU {} is held by process {}, which locked its clocks; wait for it, or end it",
         setting.device, before->process);
  }
  // What a dead process left is to be undone with ours; what was set to stay comes back.
  const bool stays = before && before->process == 0;
  GpuLocked locked{info.uuid, process};
  locked.power_before_w =
      before && before->power_before_w ? before->power_before_w : info.power_limit_w;
  const auto order_with = [&](bool memory) {
    Json order;
    order.set("uuid", info.uuid);
    if (setting.sm_mhz) order.set("sm_mhz", stays ? Json(before->sm_mhz) : Json());
    if (memory) order.set("memory_mhz", stays ? Json(before->memory_mhz) : Json());
    if (setting.power_w) order.set("power_w", stays ? info.power_limit_w : locked.power_before_w);
    return std::move(order.set("state", stays ? json_of(*before).dump() : std::string()));
  };
  Json order = order_with(setting.memory_mhz.has_value());
  if (setting.sm_mhz) locked.sm_mhz = *setting.sm_mhz;
  if (setting.memory_mhz) locked.memory_mhz = *setting.memory_mhz;
  locked.power_w = setting.power_w;
  ready(order);
  keep_state(info.uuid, json_of(locked).dump() + "\n");
  try {
    if (setting.sm_mhz) nvml.lock_sm_clock(setting.device, *setting.sm_mhz);
    if (setting.memory_mhz) {
      try {
        nvml.lock_memory_clock(setting.device, *setting.memory_mhz);
      } catch (const Error& error) {
        if (!setting.memory_may_fail) throw;
        locked.memory_mhz.reset();
        locked.notes.emplace_back(error.what());
        order = order_with(false);
        ready(order);
      }
    }
    if (setting.power_w) nvml.set_power_limit(setting.device, *setting.power_w);
  } catch (const Error&) {
    undo(nvml, order);
    keep_state(info.uuid, stays ? json_of(*before).dump() : std::string());
    throw;
  }
  return locked;
}

}  // namespace

std::optional<GpuLocked> find_lock(const std::string& uuid) {
  const std::string path = state_path(uuid);
  if (path.empty() || !is_regular_file(path)) return std::nullopt;
  try {
    return locked_of(parse_json(read_file(path).view(), path), uuid);
  } catch (const Error&) {
    return GpuLocked{uuid};  // damaged: someone locked it, more is not known
  }
}

bool is_held(const GpuLocked& locked) {
  if (locked.process <= 0) return false;
  const auto process = static_cast<pid_t>(locked.process);
  return kill(process, 0) == 0 || errno == EPERM;
}

GpuLock::GpuLock(const GpuSetting& setting) : guard_(act_as_guard) {
  locked_ = apply(nvml_, setting, getpid(), [this](const Json& order) {
    undo_ = order;
    guard_.order(order.dump());
  });
  is_locked_ = true;
}

GpuLock::~GpuLock() {
  try {
    restore();
  } catch (const Error&) {
    // Nobody is left to tell; the state file stays, for `trex gpu unlock`.
  }
}

void GpuLock::restore() {
  if (!is_locked_) return;
  is_locked_ = false;
  const std::string errors = undo(nvml_, undo_);
  guard_.dismiss();
  if (!errors.empty()) fail("{}; try again: trex gpu unlock", errors);
}

GpuLocked lock_gpu(const GpuSetting& setting) {
  return apply(Nvml(), setting, 0, [](const Json&) {});
}

std::optional<double> unlock_gpu(unsigned device) {
  const Nvml nvml;
  const GpuInfo info = nvml.info(device);
  const std::optional<GpuLocked> before = find_lock(info.uuid);
  if (before && is_held(*before)) {
    fail("GPU {} is held by process {}, which unlocks it when it ends", device, before->process);
  }
  nvml.reset_sm_clock(device);
  std::string ignored;  // a GPU that cannot lock its memory clock cannot unlock it either
  try_step(ignored, [&] { nvml.reset_memory_clock(device); });
  const bool had_limit = before && before->power_w;
  const auto power_w = had_limit && before->power_before_w ? before->power_before_w
                       : before                            ? info.power_limit_w
                                                           : info.default_power_limit_w;
  if (power_w && power_w != info.power_limit_w) nvml.set_power_limit(device, *power_w);
  keep_state(info.uuid, "");
  return power_w;
}

}  // namespace trex::trtexec

// Clocks and power limit of a GPU, held for a measurement and given back whatever happens.
//
// NVML can lock clocks but not tell whether they are locked. So what trex locked, and the power
// limit before, are kept in a small file (trex-gpu-UUID.json in /run, which a reboot empties as it
// does the locks). Given back means: as such a file says, else unlocked, and the power limit as it
// was.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "trex/base/json.hpp"
#include "trex/trtexec/gpu_guard.hpp"
#include "trex/trtexec/gpu_nvml.hpp"

namespace trex::trtexec {

struct GpuSetting {
  unsigned device = 0;
  std::optional<unsigned> sm_mhz, memory_mhz;
  std::optional<double> power_w;
  bool memory_may_fail = false;  // many GPUs cannot lock it: a note then, no error
};

// What holds, as the file says it.
struct GpuLocked {
  std::string uuid;
  std::int64_t process = 0;  // that holds it; 0: it stays until `trex gpu unlock`
  std::optional<std::int64_t> sm_mhz, memory_mhz;
  std::optional<double> power_w, power_before_w;
  std::vector<std::string> notes;
};
// Nothing when trex did not lock it. Needs no NVML.
std::optional<GpuLocked> find_lock(const std::string& uuid);
bool is_held(const GpuLocked& locked);  // by a process that lives

// Holds the setting while it lives. When this process dies instead, a guard process gives it back.
class GpuLock {
 public:
  // Throws Error when a clock is past what the GPU has, when another process holds the GPU, without
  // root, and where the GPU cannot do it; nothing is changed then.
  explicit GpuLock(const GpuSetting& setting);
  ~GpuLock();
  GpuLock(const GpuLock&) = delete;
  GpuLock& operator=(const GpuLock&) = delete;

  const GpuLocked& locked() const { return locked_; }
  void restore();  // throws Error when it fails; the destructor does not

 private:
  DeathGuard guard_;  // first: see DeathGuard
  Nvml nvml_;
  GpuLocked locked_;
  Json undo_;
  bool is_locked_ = false;
};

// Sets and leaves it so.
GpuLocked lock_gpu(const GpuSetting& setting);
// Undoes lock_gpu(), or what a lock left that nobody could give back: clocks are unlocked, the
// power limit is that of before, else the default one. The power limit that holds then, in W.
std::optional<double> unlock_gpu(unsigned device);

}  // namespace trex::trtexec

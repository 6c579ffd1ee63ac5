// NVML, NVIDIA's management library, loaded when it is asked for: what the GPUs are and do.
//
// trex runs without it and without a GPU; only `trex gpu` and `trex process` load it. The library
// is libnvidia-ml.so.1, or what the environment variable TREX_NVML names. What a GPU or a driver
// cannot tell is absent. Native only.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "trex/trtexec/gpu_samples.hpp"

namespace trex::trtexec {

struct GpuInfo {
  unsigned index = 0;
  std::string name, uuid;
  std::optional<std::string> compute_capability;  // "8.0"
  std::optional<std::int64_t> memory_bytes, used_memory_bytes;
  std::optional<std::int64_t> max_sm_mhz, max_memory_mhz;
  std::optional<std::int64_t> application_sm_mhz, application_memory_mhz;
  std::optional<double> power_limit_w, default_power_limit_w, min_power_limit_w, max_power_limit_w;
  std::optional<std::int64_t> slowdown_c;  // the temperature from which it slows itself down
  std::optional<bool> persistence;
};

class Nvml {
 public:
  // Throws Error: no library, no driver, no permission.
  Nvml();
  ~Nvml();
  Nvml(const Nvml&) = delete;
  Nvml& operator=(const Nvml&) = delete;

  std::string driver_version() const;  // "" when it does not tell
  std::string cuda_version() const;    // "12.4": the newest that the driver runs
  unsigned device_count() const;
  GpuInfo info(unsigned device) const;
  GpuSample sample(unsigned device) const;  // without a time
  std::optional<unsigned> find_device(const std::string& uuid) const;

  // These need root. Throw Error that says so, or that the GPU cannot do it.
  void lock_sm_clock(unsigned device, unsigned mhz) const;
  void lock_memory_clock(unsigned device, unsigned mhz) const;
  void reset_sm_clock(unsigned device) const;
  void reset_memory_clock(unsigned device) const;
  void set_power_limit(unsigned device, double watts) const;

 private:
  struct Library;
  std::unique_ptr<Library> library_;
};

}  // namespace trex::trtexec

// NVML through dlopen: its functions are looked up by name, so no header of NVIDIA's is needed.
//
// Types and numbers are those of nvml.h (NVIDIA's NVML API reference). Functions that an older
// driver lacks are simply not there.

// SPDX-License-Identifier: Apache-2.0
#include "trex/trtexec/gpu_nvml.hpp"

#include <dlfcn.h>
#include <fmt/format.h>

#include <array>
#include <cstdlib>

#include "trex/base/error.hpp"
#include "trex/base/text.hpp"

namespace trex::trtexec {
namespace {

using Result = int;
using Handle = void*;
using Number = unsigned;

constexpr Result success = 0, invalid_argument = 2, not_supported = 3, no_permission = 4,
                 driver_not_loaded = 9;
constexpr int sm_clock = 1, memory_clock = 2;
constexpr int on_gpu = 0, slowdown_threshold = 1;

struct MemoryInfo {
  unsigned long long total, free, used;
};
struct Utilization {
  Number gpu, memory;
};

// What a result code means, where NVML itself says too little.
std::string said(Result result, const char* text) {
  if (result == no_permission) return "that needs root; run it with sudo";
  if (result == not_supported) return "this GPU, or its driver, cannot do that";
  return text == nullptr ? fmt::format("NVML error {}", result) : lower(text);
}

std::optional<double> watts(const std::optional<Number>& milliwatts) {
  return milliwatts ? std::optional(*milliwatts / 1000.0) : std::nullopt;
}
std::optional<std::int64_t> whole(const std::optional<Number>& value) {
  return value ? std::optional<std::int64_t>(*value) : std::nullopt;
}

}  // namespace

struct Nvml::Library {
  void* handle = nullptr;
  std::string path;
  bool is_open = false;

  ~Library() {
    if (is_open) call("nvmlShutdown");
    if (handle != nullptr) dlclose(handle);
  }

  // The result of NVML's function of that name; not_supported where this NVML has none.
  template <class... Arguments>
  Result call(const char* name, Arguments... arguments) const {
    using Function = Result (*)(Arguments...);
    const auto function = reinterpret_cast<Function>(dlsym(handle, name));
    return function == nullptr ? not_supported : function(arguments...);
  }
  std::string text_of(Result result) const {
    using Function = const char* (*)(Result);
    const auto function = reinterpret_cast<Function>(dlsym(handle, "nvmlErrorString"));
    return said(result, function == nullptr ? nullptr : function(result));
  }
  Handle device(Number index) const {
    Handle device = nullptr;
    const Result result = call("nvmlDeviceGetHandleByIndex_v2", index, &device);
    if (result == invalid_argument) {
      Number count = 0;
      call("nvmlDeviceGetCount_v2", &count);
      fail("there is no GPU {}: this machine has {}", index, count);
    }
    if (result != success) fail("GPU {}: {}", index, text_of(result));
    return device;
  }
  // One number of the device: absent when it cannot be told.
  template <class... Arguments>
  std::optional<Number> number(const char* name, Handle device, Arguments... arguments) const {
    Number value = 0;
    if (call(name, device, arguments..., &value) != success) return std::nullopt;
    return value;
  }
  std::string name(const char* function, Handle device) const {
    std::array<char, 256> text{};
    if (call(function, device, text.data(), static_cast<Number>(text.size() - 1)) != success) {
      return "";
    }
    return text.data();
  }
  template <class... Arguments>
  void set(const char* name, std::string_view what, Number index, Arguments... arguments) const {
    const Result result = call(name, device(index), arguments...);
    if (result != success) fail("GPU {}: {}: {}", index, what, text_of(result));
  }
};

Nvml::Nvml() : library_(std::make_unique<Library>()) {
  const char* chosen = std::getenv("TREX_NVML");
  const bool is_chosen = chosen != nullptr && *chosen != '\0';
  // The driver's own; then where Windows keeps it for Linux.
  for (const char* path : {is_chosen ? chosen : "libnvidia-ml.so.1", "libnvidia-ml.so",
                           "/usr/lib/wsl/lib/libnvidia-ml.so.1"}) {
    library_->path = path;
    library_->handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (library_->handle != nullptr || is_chosen) break;
  }
  if (library_->handle == nullptr) {
    if (is_chosen) fail("TREX_NVML: {} cannot be loaded: {}", library_->path, dlerror());
    fail(
        "no NVML here (libnvidia-ml.so.1): it comes with NVIDIA's driver; without it trex cannot "
        "see or set a GPU");
  }
  const Result result = library_->call("nvmlInit_v2");
  if (result == driver_not_loaded) {
    fail(
        "NVML is here, but NVIDIA's driver is not loaded: no GPU, or a container without one "
        "(docker run --gpus all)");
  }
  if (result != success) fail("NVML: {}", library_->text_of(result));
  library_->is_open = true;
}

Nvml::~Nvml() = default;

std::string Nvml::driver_version() const {
  std::array<char, 96> text{};
  const auto size = static_cast<Number>(text.size() - 1);
  return library_->call("nvmlSystemGetDriverVersion", text.data(), size) == success ? text.data()
                                                                                    : "";
}

std::string Nvml::cuda_version() const {
  int version = 0;
  if (library_->call("nvmlSystemGetCudaDriverVersion_v2", &version) != success) return "";
  return fmt::format("{}.{}", version / 1000, version % 1000 / 10);
}

unsigned Nvml::device_count() const {
  Number count = 0;
  const Result result = library_->call("nvmlDeviceGetCount_v2", &count);
  if (result != success) fail("NVML: {}", library_->text_of(result));
  return count;
}

GpuInfo Nvml::info(unsigned index) const {
  const Library& nvml = *library_;
  const Handle device = nvml.device(index);
  GpuInfo info;
  info.index = index;
  info.name = nvml.name("nvmlDeviceGetName", device);
  info.uuid = nvml.name("nvmlDeviceGetUUID", device);
  int major = 0, minor = 0;
  if (nvml.call("nvmlDeviceGetCudaComputeCapability", device, &major, &minor) == success) {
    info.compute_capability = fmt::format("{}.{}", major, minor);
  }
  MemoryInfo memory{};
  if (nvml.call("nvmlDeviceGetMemoryInfo", device, &memory) == success) {
    info.memory_bytes = static_cast<std::int64_t>(memory.total);
    info.used_memory_bytes = static_cast<std::int64_t>(memory.used);
  }
  info.max_sm_mhz = whole(nvml.number("nvmlDeviceGetMaxClockInfo", device, sm_clock));
  info.max_memory_mhz = whole(nvml.number("nvmlDeviceGetMaxClockInfo", device, memory_clock));
  info.application_sm_mhz = whole(nvml.number("nvmlDeviceGetApplicationsClock", device, sm_clock));
  info.application_memory_mhz =
      whole(nvml.number("nvmlDeviceGetApplicationsClock", device, memory_clock));
  info.power_limit_w = watts(nvml.number("nvmlDeviceGetPowerManagementLimit", device));
  info.default_power_limit_w =
      watts(nvml.number("nvmlDeviceGetPowerManagementDefaultLimit", device));
  Number least = 0, most = 0;
  if (nvml.call("nvmlDeviceGetPowerManagementLimitConstraints", device, &least, &most) == success) {
    info.min_power_limit_w = least / 1000.0;
    info.max_power_limit_w = most / 1000.0;
  }
  info.slowdown_c =
      whole(nvml.number("nvmlDeviceGetTemperatureThreshold", device, slowdown_threshold));
  const auto persistence = nvml.number("nvmlDeviceGetPersistenceMode", device);
  if (persistence) info.persistence = *persistence != 0;
  return info;
}

GpuSample Nvml::sample(unsigned index) const {
  const Library& nvml = *library_;
  const Handle device = nvml.device(index);
  GpuSample sample;
  sample.power_w = watts(nvml.number("nvmlDeviceGetPowerUsage", device));
  sample.temperature_c = whole(nvml.number("nvmlDeviceGetTemperature", device, on_gpu));
  sample.sm_mhz = whole(nvml.number("nvmlDeviceGetClockInfo", device, sm_clock));
  sample.memory_mhz = whole(nvml.number("nvmlDeviceGetClockInfo", device, memory_clock));
  Utilization use{};
  if (nvml.call("nvmlDeviceGetUtilizationRates", device, &use) == success) {
    sample.gpu_percent = use.gpu;
    sample.memory_percent = use.memory;
  }
  unsigned long long bits = 0;
  if (nvml.call("nvmlDeviceGetCurrentClocksThrottleReasons", device, &bits) == success ||
      nvml.call("nvmlDeviceGetCurrentClocksEventReasons", device, &bits) == success) {
    sample.throttle = bits;
  }
  return sample;
}

std::optional<unsigned> Nvml::find_device(const std::string& uuid) const {
  for (unsigned index = 0; index < device_count(); ++index) {
    if (library_->name("nvmlDeviceGetUUID", library_->device(index)) == uuid) return index;
  }
  return std::nullopt;
}

void Nvml::lock_sm_clock(unsigned device, unsigned mhz) const {
  library_->set("nvmlDeviceSetGpuLockedClocks", "the clock cannot be locked", device, mhz, mhz);
}
void Nvml::lock_memory_clock(unsigned device, unsigned mhz) const {
  library_->set("nvmlDeviceSetMemoryLockedClocks", "the memory clock cannot be locked", device, mhz,
                mhz);
}
void Nvml::reset_sm_clock(unsigned device) const {
  library_->set("nvmlDeviceResetGpuLockedClocks", "the clock cannot be unlocked", device);
}
void Nvml::reset_memory_clock(unsigned device) const {
  library_->set("nvmlDeviceResetMemoryLockedClocks", "the memory clock cannot be unlocked", device);
}
void Nvml::set_power_limit(unsigned device, double power_w) const {
  library_->set("nvmlDeviceSetPowerManagementLimit", "the power limit cannot be set", device,
                static_cast<Number>(power_w * 1000 + 0.5));
}

}  // namespace trex::trtexec

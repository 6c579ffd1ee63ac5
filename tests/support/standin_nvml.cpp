// A STAND-IN for NVML (libnvidia-ml.so.1), for tests where there is no GPU. It is no NVML.
//
// Two invented GPUs. What is set is appended to the file that STANDIN_NVML_LOG names, and read from
// there again, so that several processes see the same clocks. STANDIN_NVML_MODE holds words for
// what should go wrong: "denied" (no root), "no-driver", "no-memory-lock", "bare" (hardly anything
// can be told), "hot" (slowed down by heat and power), "lost" (the GPU falls off when it is
// sampled).

// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>
#include <string>

namespace {

constexpr int success = 0, invalid_argument = 2, not_supported = 3, no_permission = 4,
              driver_not_loaded = 9, gpu_is_lost = 15;
constexpr unsigned device_count = 2, max_sm_mhz = 1410, max_memory_mhz = 1593;

bool has_mode(const char* word) {
  const char* mode = std::getenv("STANDIN_NVML_MODE");
  return mode != nullptr && std::strstr(mode, word) != nullptr;
}

struct Device {
  unsigned index;
};
Device devices[device_count] = {{0}, {1}};
unsigned index_of(void* device) { return static_cast<Device*>(device)->index; }

// The last value that was set of `what`, or `otherwise` after a reset and at first.
unsigned last_set(const char* what, unsigned index, unsigned otherwise) {
  const char* path = std::getenv("STANDIN_NVML_LOG");
  if (path == nullptr) return otherwise;
  std::ifstream log(path);
  unsigned value = otherwise;
  for (std::string line; std::getline(log, line);) {
    std::istringstream words(line);
    std::string name, figure;
    unsigned device = 0;
    words >> name >> device >> figure;
    if (name != what || device != index) continue;
    value = figure == "reset" ? otherwise : static_cast<unsigned>(std::stoul(figure));
  }
  return value;
}

int set(const char* what, void* device, const std::string& figure) {
  if (has_mode("denied")) return no_permission;
  if (const char* path = std::getenv("STANDIN_NVML_LOG")) {
    std::ofstream log(path, std::ios::app);
    log << what << ' ' << index_of(device) << ' ' << figure << '\n';
  }
  return success;
}

int text(char* out, unsigned size, const std::string& value) {
  if (value.size() + 1 > size) return invalid_argument;
  std::memcpy(out, value.c_str(), value.size() + 1);
  return success;
}

int told(unsigned* out, unsigned value) {
  if (has_mode("bare")) return not_supported;
  *out = value;
  return success;
}

}  // namespace

extern "C" {

int nvmlInit_v2() { return has_mode("no-driver") ? driver_not_loaded : success; }
int nvmlShutdown() { return success; }
const char* nvmlErrorString(int result) { return result == gpu_is_lost ? "GPU is lost" : "Error"; }
int nvmlSystemGetDriverVersion(char* out, unsigned size) { return text(out, size, "550.54.15"); }
int nvmlSystemGetCudaDriverVersion_v2(int* version) {
  *version = 12040;
  return success;
}
int nvmlDeviceGetCount_v2(unsigned* count) {
  *count = device_count;
  return success;
}
int nvmlDeviceGetHandleByIndex_v2(unsigned index, void** device) {
  if (index >= device_count) return invalid_argument;
  *device = &devices[index];
  return success;
}
int nvmlDeviceGetName(void*, char* out, unsigned size) {
  return text(out, size, "NVIDIA Stand-in 40GB");
}
int nvmlDeviceGetUUID(void* device, char* out, unsigned size) {
  return text(out, size, "GPU-standin-" + std::to_string(index_of(device)));
}
int nvmlDeviceGetCudaComputeCapability(void*, int* major, int* minor) {
  *major = 8;
  *minor = 0;
  return success;
}
int nvmlDeviceGetMemoryInfo(void*, unsigned long long* total_free_used) {
  if (has_mode("bare")) return not_supported;
  total_free_used[0] = 40ULL << 30;
  total_free_used[1] = 39ULL << 30;
  total_free_used[2] = 1ULL << 30;
  return success;
}
int nvmlDeviceGetMaxClockInfo(void*, int type, unsigned* mhz) {
  return told(mhz, type == 2 ? max_memory_mhz : max_sm_mhz);
}
int nvmlDeviceGetApplicationsClock(void*, int type, unsigned* mhz) {
  return told(mhz, type == 2 ? max_memory_mhz : 1095);
}
int nvmlDeviceGetClockInfo(void* device, int type, unsigned* mhz) {
  if (type == 2) return told(mhz, last_set("memory", index_of(device), 1215));
  return told(mhz, has_mode("hot") ? 1100 : last_set("sm", index_of(device), 210));
}
int nvmlDeviceGetPowerManagementLimit(void* device, unsigned* milliwatts) {
  return told(milliwatts, last_set("power", index_of(device), 400000));
}
int nvmlDeviceGetPowerManagementDefaultLimit(void*, unsigned* milliwatts) {
  return told(milliwatts, 400000);
}
int nvmlDeviceGetPowerManagementLimitConstraints(void*, unsigned* least, unsigned* most) {
  if (has_mode("bare")) return not_supported;
  *least = 100000;
  *most = 400000;
  return success;
}
int nvmlDeviceGetPowerUsage(void*, unsigned* milliwatts) {
  if (has_mode("lost")) return gpu_is_lost;
  return told(milliwatts, has_mode("hot") ? 399500 : 55250);
}
int nvmlDeviceGetTemperature(void*, int, unsigned* celsius) {
  return told(celsius, has_mode("hot") ? 91 : 34);
}
int nvmlDeviceGetTemperatureThreshold(void*, int, unsigned* celsius) { return told(celsius, 92); }
int nvmlDeviceGetPersistenceMode(void*, unsigned* mode) { return told(mode, 1); }
int nvmlDeviceGetUtilizationRates(void*, unsigned* gpu_memory) {
  if (has_mode("bare")) return not_supported;
  gpu_memory[0] = has_mode("hot") ? 100 : 3;
  gpu_memory[1] = has_mode("hot") ? 60 : 1;
  return success;
}
int nvmlDeviceGetCurrentClocksThrottleReasons(void*, unsigned long long* bits) {
  if (has_mode("bare")) return not_supported;
  *bits = has_mode("hot") ? 0x24 : 0x1;  // the power limit and the temperature; idle
  return success;
}
int nvmlDeviceSetGpuLockedClocks(void* device, unsigned least, unsigned) {
  return set("sm", device, std::to_string(least));
}
int nvmlDeviceResetGpuLockedClocks(void* device) { return set("sm", device, "reset"); }
int nvmlDeviceSetMemoryLockedClocks(void* device, unsigned least, unsigned) {
  return has_mode("no-memory-lock") ? not_supported : set("memory", device, std::to_string(least));
}
int nvmlDeviceResetMemoryLockedClocks(void* device) {
  return has_mode("no-memory-lock") ? not_supported : set("memory", device, "reset");
}
int nvmlDeviceSetPowerManagementLimit(void* device, unsigned milliwatts) {
  return set("power", device, std::to_string(milliwatts));
}

}  // extern "C"

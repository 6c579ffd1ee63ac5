// One line a sample, written beside and renamed at the end.

// SPDX-License-Identifier: Apache-2.0
#include "trex/trtexec/gpu_recorder.hpp"

#include "trex/base/error.hpp"

namespace trex::trtexec {

GpuHeader gpu_header(const Nvml& nvml, unsigned device, const GpuLocked* locked) {
  const GpuInfo info = nvml.info(device);
  GpuHeader header{device, info.name, info.uuid, info.max_sm_mhz, info.max_memory_mhz};
  header.power_limit_w = info.power_limit_w;
  if (locked != nullptr) {
    header.locked_sm_mhz = locked->sm_mhz;
    header.locked_memory_mhz = locked->memory_mhz;
  }
  return header;
}

GpuRecorder::GpuRecorder(unsigned device, const std::string& path, const GpuLocked* locked,
                         double interval_seconds)
    : device_(device),
      interval_(interval_seconds),
      file_(path),
      start_(Clock::now()),
      next_(start_) {
  file_.write(json_of(gpu_header(nvml_, device, locked)).dump() + "\n");
}

void GpuRecorder::poll() {
  const Clock::time_point now = Clock::now();
  if (now < next_) return;
  next_ = now + std::chrono::duration_cast<Clock::duration>(interval_);
  GpuSample sample;
  try {
    sample = nvml_.sample(device_);
  } catch (const Error&) {
    // Fallen off the bus: the time still shows when.
  }
  sample.time_ms = std::chrono::duration<double, std::milli>(now - start_).count();
  file_.write(json_of(sample).dump() + "\n");
  ++count_;
}

void GpuRecorder::finish() { file_.commit(); }

}  // namespace trex::trtexec

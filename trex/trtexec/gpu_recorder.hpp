// Watches a GPU while something else runs, and leaves a file of what it did.
//
// No thread: whoever waits for the other program calls poll() now and then. Native only.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>

#include "trex/base/file.hpp"
#include "trex/trtexec/gpu_lock.hpp"
#include "trex/trtexec/gpu_nvml.hpp"

namespace trex::trtexec {

// For the first line of a recording; `locked` may be null.
GpuHeader gpu_header(const Nvml& nvml, unsigned device, const GpuLocked* locked);

class GpuRecorder {
 public:
  // Writes to `path` ("X.gpu.jsonl" beside "X.timing.json") once it is finished. Make a GpuLock
  // before it, not after. Throws Error without NVML, the GPU, or a folder to write to.
  GpuRecorder(unsigned device, const std::string& path, const GpuLocked* locked = nullptr,
              double interval_seconds = 0.1);

  // Takes a sample when one is due, else costs nothing. A GPU that falls off gives empty samples.
  void poll();
  // The file is there afterwards; without it there is none.
  void finish();
  std::size_t sample_count() const { return count_; }

 private:
  using Clock = std::chrono::steady_clock;
  Nvml nvml_;
  unsigned device_;
  std::chrono::duration<double> interval_;
  AtomicFile file_;
  Clock::time_point start_, next_;
  std::size_t count_ = 0;
};

}  // namespace trex::trtexec

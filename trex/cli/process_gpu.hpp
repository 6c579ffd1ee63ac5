// The GPU during `trex process`: its clocks held when that is asked for, and what it did recorded.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "trex/cli/process_plan.hpp"
#include "trex/trtexec/gpu_recorder.hpp"
#include "trex/trtexec/log.hpp"

namespace trex::cli {

class ProcessGpu {
 public:
  // Locks the clocks with --lock-clocks; they are given back when this ends, or the process dies.
  // Throws Error when they cannot be locked.
  ProcessGpu(const ProcessOptions& options, Io& io);

  // Begins a recording into `path`. Without NVML, or where the GPU cannot be watched, there is
  // none.
  void record(const std::string& path);
  void poll() {
    if (recorder_) recorder_->poll();
  }
  // Ends the recording: what it comes down to, for process.json; nothing without one, or when `log`
  // says that another GPU ran. `path` holds the samples then.
  std::optional<Json> finish(const trtexec::Log& log);
  void drop() { recorder_.reset(); }

 private:
  unsigned device_ = 0;
  Io& io_;
  std::unique_ptr<trtexec::GpuLock> lock_;  // before any NVML of the recorder's
  std::unique_ptr<trtexec::GpuRecorder> recorder_;
  std::string path_;
};

}  // namespace trex::cli

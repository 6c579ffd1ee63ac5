// The GPU during `trex process`.

// SPDX-License-Identifier: Apache-2.0
#include "trex/cli/process_gpu.hpp"

#include <fmt/format.h>

#include "trex/base/error.hpp"

namespace trex::cli {
namespace {

// Up to 9.1 the log does not tell.
std::string uuid_of(const trtexec::Log& log) {
  const trtexec::Section* device = log.find("Device Information");
  if (device == nullptr) return "";
  for (const trtexec::Option& option : device->options) {
    if (option.key == "Selected Device UUID") return option.value;
  }
  return "";
}

Json summary_json(const trtexec::GpuRecording& recording) {
  const trtexec::GpuSummary summary = trtexec::summarize(recording);
  Json result = trtexec::json_of(recording.header);
  result.set("samples", summary.samples);
  result.set("min_sm_mhz", summary.min_sm_mhz);
  result.set("mean_sm_mhz", summary.mean_sm_mhz);
  result.set("max_sm_mhz_seen", summary.max_sm_mhz);
  result.set("mean_power_w", summary.mean_power_w);
  result.set("max_temperature_c", summary.max_temperature_c);
  result.set("slowed_share", summary.slowed_share);
  Json reasons = Json(Json::Array{});
  for (const auto& reason : summary.reasons) reasons.push(reason.name);
  result.set("slowed_by", std::move(reasons));
  return result;
}

}  // namespace

ProcessGpu::ProcessGpu(const ProcessOptions& o, Io& io) : device_(device_of(o)), io_(io) {
  if (!o.lock_clocks && !o.clock && !o.memory_clock && !o.power_limit) return;
  lock_ = std::make_unique<trtexec::GpuLock>(gpu_setting(o));
  say_locked(lock_->locked(), device_, io);
}

void ProcessGpu::record(const std::string& path) {
  path_ = path;
  try {
    recorder_ =
        std::make_unique<trtexec::GpuRecorder>(device_, path, lock_ ? &lock_->locked() : nullptr);
  } catch (const Error& error) {
    if (io_.verbose) io_.say(fmt::format("no record of the GPU: {}", error.what()));
  }
}

std::optional<Json> ProcessGpu::finish(const trtexec::Log& log) {
  if (!recorder_) return std::nullopt;
  recorder_->finish();
  recorder_.reset();
  const trtexec::GpuRecording recording =
      trtexec::parse_gpu_recording(read_file(path_).view(), path_);
  // CUDA_VISIBLE_DEVICES and CUDA's own order may make another GPU of the same number.
  const std::string ran = uuid_of(log);
  if (!ran.empty() && !recording.header.uuid.empty() && ran != recording.header.uuid) {
    io_.say(fmt::format("note: trtexec ran on {}, but GPU {} is {}: its record is left out", ran,
                        device_, recording.header.uuid));
    return std::nullopt;
  }
  return summary_json(recording);
}

}  // namespace trex::cli

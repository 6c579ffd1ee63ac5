// A recording of the GPU comes down to a few figures beside those of the log.

// SPDX-License-Identifier: Apache-2.0
#include "trex/load/gpu_samples.hpp"

#include <fmt/format.h>

#include "trex/trtexec/gpu_samples.hpp"

namespace trex {
namespace {

std::string said_reasons(const trtexec::GpuSummary& summary) {
  std::string text;
  for (const auto& reason : summary.reasons) {
    text += fmt::format("{}{} ({:.0f} %)", text.empty() ? "" : ", ", reason.meaning,
                        100 * reason.share);
  }
  return text;
}

}  // namespace

std::vector<MetadataEntry> load_gpu_recording(const Bytes& text, const std::string& file,
                                              std::vector<Note>& notes) {
  const trtexec::GpuRecording recording = trtexec::parse_gpu_recording(text.view(), file);
  const trtexec::GpuSummary summary = trtexec::summarize(recording);
  const trtexec::GpuHeader& header = recording.header;
  std::vector<MetadataEntry> entries;
  const auto add = [&](const char* key, Json value) {
    if (!value.is_null()) entries.push_back({"gpu_recording", key, std::move(value), file});
  };
  add("samples", summary.samples);
  add("busy_samples", summary.busy_samples);
  add("duration_ms", summary.duration_ms);
  add("gpu", header.name.empty() ? Json() : Json(header.name));
  add("locked_sm_mhz", header.locked_sm_mhz);
  add("locked_memory_mhz", header.locked_memory_mhz);
  add("asked_sm_mhz", header.locked_sm_mhz ? header.locked_sm_mhz : header.max_sm_mhz);
  add("power_limit_w", header.power_limit_w);
  add("min_sm_mhz", summary.min_sm_mhz);
  add("mean_sm_mhz", summary.mean_sm_mhz);
  add("max_sm_mhz", summary.max_sm_mhz);
  add("min_memory_mhz", summary.min_memory_mhz);
  add("max_memory_mhz", summary.max_memory_mhz);
  add("mean_power_w", summary.mean_power_w);
  add("max_power_w", summary.max_power_w);
  add("max_temperature_c", summary.max_temperature_c);
  add("slowed_share", summary.slowed_share);
  add("slowed_by", summary.reasons.empty() ? Json() : Json(said_reasons(summary)));
  if (recording.bad_lines > 0) {
    notes.push_back({file, "",
                     fmt::format("{} of {} lines of the GPU's recording cannot be read; left out",
                                 recording.bad_lines, recording.bad_lines + summary.samples)});
  }
  return entries;
}

}  // namespace trex

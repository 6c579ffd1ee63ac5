// What a GPU did while it was watched: one sample a moment, as JSON lines.
//
// The first line says which GPU and how it was set, each further one is a sample. `trex process`
// and `trex gpu monitor` write them; load reads them beside the timing file.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "trex/base/json.hpp"

namespace trex::trtexec {

// Bits of nvmlDeviceGetCurrentClocksThrottleReasons.
struct ThrottleReason {
  std::uint64_t bit;
  std::string_view name;     // "sw_power_cap"
  std::string_view meaning;  // "the power limit"
  bool slows;                // below what was asked for: not idle, not a clock that someone set
};
const std::vector<ThrottleReason>& throttle_reasons();
std::vector<std::string> throttle_names(std::uint64_t bits);  // those of unknown bits in hex

struct GpuSample {
  double time_ms = 0;  // since the first one
  std::optional<double> power_w;
  std::optional<std::int64_t> temperature_c, sm_mhz, memory_mhz, gpu_percent, memory_percent;
  std::optional<std::uint64_t> throttle;  // bits
};

// The first line.
struct GpuHeader {
  std::int64_t device = 0;
  std::string name, uuid;
  std::optional<std::int64_t> max_sm_mhz, max_memory_mhz, locked_sm_mhz, locked_memory_mhz;
  std::optional<double> power_limit_w;
};
struct GpuRecording {
  GpuHeader header;
  std::vector<GpuSample> samples;
  std::int64_t bad_lines = 0;  // left out: the last of a recording that was cut off, say
};

Json json_of(const GpuHeader& header);
Json json_of(const GpuSample& sample);
// Whether a file's beginning is such a recording.
bool looks_like_gpu_recording(std::string_view head);
// Throws Error naming `file` when the first line is no header.
GpuRecording parse_gpu_recording(std::string_view text, const std::string& file);

// What a recording comes down to. Shares are of the samples in which the GPU worked (gpu_percent
// above 0, or not told).
struct GpuSummary {
  std::int64_t samples = 0, busy_samples = 0;
  double duration_ms = 0;
  std::optional<std::int64_t> min_sm_mhz, max_sm_mhz, min_memory_mhz, max_memory_mhz;
  std::optional<double> mean_sm_mhz, mean_power_w, max_power_w;
  std::optional<std::int64_t> max_temperature_c;
  std::optional<double> slowed_share;  // of any reason that slows
  struct Slowed {
    std::string name, meaning;
    double share;
  };
  std::vector<Slowed> reasons;  // that slow, the commonest first
};
GpuSummary summarize(const GpuRecording& recording);

}  // namespace trex::trtexec

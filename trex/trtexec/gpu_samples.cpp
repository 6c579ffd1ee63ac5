// GPU samples to JSON lines and back, and what they come down to.

// SPDX-License-Identifier: Apache-2.0
#include "trex/trtexec/gpu_samples.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "trex/base/error.hpp"
#include "trex/base/text.hpp"

namespace trex::trtexec {
namespace {

constexpr std::string_view header_key = "trex_gpu_samples";
constexpr std::int64_t version = 1;
constexpr std::size_t longest_line = std::size_t{64} << 10;

std::optional<std::int64_t> integer_of(const Json& line, std::string_view key) {
  const Json* value = line.find(key);
  if (value == nullptr || value->integer() == nullptr) return std::nullopt;
  return *value->integer();
}

// Figures outside of what any GPU has are not figures.
std::optional<std::int64_t> count_of(const Json& line, std::string_view key) {
  constexpr std::int64_t most = 1'000'000;
  const auto value = integer_of(line, key);
  return value && *value >= 0 && *value <= most ? value : std::nullopt;
}
std::optional<double> watts_of(const Json& line, std::string_view key) {
  constexpr double most = 1e6;
  const Json* value = line.find(key);
  const std::optional<double> number = value == nullptr ? std::nullopt : value->number();
  return number && *number >= 0 && *number <= most ? number : std::nullopt;
}
std::string text_of(const Json& line, std::string_view key) {
  const Json* value = line.find(key);
  return value != nullptr && value->text() != nullptr ? *value->text() : "";
}

std::optional<std::uint64_t> throttle_of(const Json& line) {
  const Json* list = line.find("throttle");
  if (list == nullptr || list->array() == nullptr) return std::nullopt;
  std::uint64_t bits = 0;
  for (const Json& name : *list->array()) {
    if (name.text() == nullptr) continue;
    for (const ThrottleReason& reason : throttle_reasons()) {
      if (reason.name == *name.text()) bits |= reason.bit;
    }
  }
  return bits;
}

std::optional<GpuSample> sample_of(std::string_view line) {
  if (line.size() > longest_line) return std::nullopt;
  try {
    const Json json = parse_json(line, "");
    const Json* time = json.find("time_ms");
    const std::optional<double> time_ms = time == nullptr ? std::nullopt : time->number();
    if (!time_ms || !(*time_ms >= 0) || *time_ms > 1e12) return std::nullopt;
    GpuSample sample;
    sample.time_ms = *time_ms;
    sample.power_w = watts_of(json, "power_w");
    sample.temperature_c = count_of(json, "temperature_c");
    sample.sm_mhz = count_of(json, "sm_mhz");
    sample.memory_mhz = count_of(json, "memory_mhz");
    sample.gpu_percent = count_of(json, "gpu_percent");
    sample.memory_percent = count_of(json, "memory_percent");
    sample.throttle = throttle_of(json);
    return sample;
  } catch (const Error&) {
    return std::nullopt;
  }
}

template <class T>
void keep_least(std::optional<T>& least, const std::optional<T>& value) {
  if (value && (!least || *value < *least)) least = value;
}
template <class T>
void keep_most(std::optional<T>& most, const std::optional<T>& value) {
  if (value && (!most || *value > *most)) most = value;
}

struct Mean {
  double sum = 0;
  std::int64_t count = 0;
  template <class T>
  void add(const std::optional<T>& value) {
    if (!value) return;
    sum += static_cast<double>(*value);
    ++count;
  }
  std::optional<double> value() const {
    return count == 0 ? std::nullopt : std::optional(sum / static_cast<double>(count));
  }
};

}  // namespace

// nvml.h, nvmlClocksThrottleReason*.
const std::vector<ThrottleReason>& throttle_reasons() {
  static const std::vector<ThrottleReason> reasons = {
      {0x1, "idle", "nothing runs", false},
      {0x2, "application_clocks", "the clocks that were set for applications", false},
      {0x4, "sw_power_cap", "the power limit", true},
      {0x8, "hw_slowdown", "a slowdown by the hardware", true},
      {0x10, "sync_boost", "another GPU of its group", true},
      {0x20, "sw_thermal_slowdown", "the temperature", true},
      {0x40, "hw_thermal_slowdown", "the temperature, by the hardware", true},
      {0x80, "hw_power_brake", "the power supply", true},
      {0x100, "display_clocks", "the clocks of the display", false},
  };
  return reasons;
}

std::vector<std::string> throttle_names(std::uint64_t bits) {
  std::vector<std::string> names;
  for (const ThrottleReason& reason : throttle_reasons()) {
    if ((bits & reason.bit) != 0) names.emplace_back(reason.name);
    bits &= ~reason.bit;
  }
  if (bits != 0) names.push_back(fmt::format("{:#x}", bits));
  return names;
}

Json json_of(const GpuHeader& header) {
  Json json;
  json.set(std::string(header_key), version).set("device", header.device);
  json.set("name", header.name).set("uuid", header.uuid);
  json.set("max_sm_mhz", header.max_sm_mhz).set("max_memory_mhz", header.max_memory_mhz);
  json.set("locked_sm_mhz", header.locked_sm_mhz);
  json.set("locked_memory_mhz", header.locked_memory_mhz);
  return std::move(json.set("power_limit_w", header.power_limit_w));
}

Json json_of(const GpuSample& sample) {
  Json throttle;
  if (sample.throttle) {
    throttle = Json::Array{};
    for (std::string& name : throttle_names(*sample.throttle)) throttle.push(std::move(name));
  }
  Json json;
  json.set("time_ms", sample.time_ms).set("power_w", sample.power_w);
  json.set("temperature_c", sample.temperature_c).set("sm_mhz", sample.sm_mhz);
  json.set("memory_mhz", sample.memory_mhz).set("gpu_percent", sample.gpu_percent);
  json.set("memory_percent", sample.memory_percent);
  return std::move(json.set("throttle", std::move(throttle)));
}

bool looks_like_gpu_recording(std::string_view head) {
  return starts_with(trim(head), "{") &&
         contains(head.substr(0, head.find('\n')), fmt::format("\"{}\"", header_key));
}

GpuRecording parse_gpu_recording(std::string_view text, const std::string& file) {
  GpuRecording recording;
  const std::size_t end = std::min(text.find('\n'), text.size());
  if (!looks_like_gpu_recording(text) || end > longest_line) {
    fail("{}: no recording of a GPU: its first line names none", file);
  }
  const Json header = parse_json(text.substr(0, end), file);
  const std::optional<std::int64_t> stated = integer_of(header, header_key);
  if (!stated || *stated > version) {
    fail("{}: a recording by a newer trex; this one knows version {}", file, version);
  }
  recording.header = {count_of(header, "device").value_or(0),
                      text_of(header, "name"),
                      text_of(header, "uuid"),
                      count_of(header, "max_sm_mhz"),
                      count_of(header, "max_memory_mhz"),
                      count_of(header, "locked_sm_mhz"),
                      count_of(header, "locked_memory_mhz"),
                      watts_of(header, "power_limit_w")};
  for (const std::string_view line : lines(text.substr(std::min(end + 1, text.size())))) {
    if (trim(line).empty()) continue;
    if (const auto sample = sample_of(line)) {
      recording.samples.push_back(*sample);
    } else {
      ++recording.bad_lines;
    }
  }
  return recording;
}

GpuSummary summarize(const GpuRecording& recording) {
  GpuSummary summary;
  summary.samples = static_cast<std::int64_t>(recording.samples.size());
  Mean sm_mhz, power_w;
  std::uint64_t slowing_bits = 0;
  for (const ThrottleReason& reason : throttle_reasons()) {
    if (reason.slows) slowing_bits |= reason.bit;
  }
  std::int64_t told = 0, slowed = 0;
  std::vector<std::int64_t> counts(throttle_reasons().size(), 0);
  for (const GpuSample& sample : recording.samples) {
    summary.duration_ms = std::max(summary.duration_ms, sample.time_ms);
    keep_most(summary.max_temperature_c, sample.temperature_c);
    if (sample.gpu_percent && *sample.gpu_percent == 0) continue;
    ++summary.busy_samples;
    keep_least(summary.min_sm_mhz, sample.sm_mhz);
    keep_most(summary.max_sm_mhz, sample.sm_mhz);
    keep_least(summary.min_memory_mhz, sample.memory_mhz);
    keep_most(summary.max_memory_mhz, sample.memory_mhz);
    keep_most(summary.max_power_w, sample.power_w);
    sm_mhz.add(sample.sm_mhz);
    power_w.add(sample.power_w);
    if (!sample.throttle) continue;
    ++told;
    slowed += (*sample.throttle & slowing_bits) != 0 ? 1 : 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
      counts[i] += (*sample.throttle & throttle_reasons()[i].bit) != 0 ? 1 : 0;
    }
  }
  summary.mean_sm_mhz = sm_mhz.value();
  summary.mean_power_w = power_w.value();
  if (told == 0) return summary;
  summary.slowed_share = static_cast<double>(slowed) / static_cast<double>(told);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const ThrottleReason& reason = throttle_reasons()[i];
    if (!reason.slows || counts[i] == 0) continue;
    summary.reasons.push_back({std::string(reason.name), std::string(reason.meaning),
                               static_cast<double>(counts[i]) / static_cast<double>(told)});
  }
  std::stable_sort(summary.reasons.begin(), summary.reasons.end(),
                   [](const auto& a, const auto& b) { return a.share > b.share; });
  return summary;
}

}  // namespace trex::trtexec

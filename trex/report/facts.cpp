// What metadata, logs and the GPU table say of an engine, as JSON objects and in words.

// SPDX-License-Identifier: Apache-2.0
#include "trex/report/facts.hpp"

#include <fmt/format.h>

#include <cmath>
#include <set>

#include "trex/analyze/summary.hpp"
#include "trex/base/text.hpp"
#include "trex/base/units.hpp"
#include "trex/document/units.hpp"
#include "trex/report/known.hpp"

namespace trex::report {
namespace {

// A JSON object where the first value of a key stays: files repeat keys.
class FirstWins {
 public:
  void set(const std::string& key, const Json& value) {
    if (keys_.insert(key).second) object_.set(key, value);
  }
  void add_section(const Metadata& metadata, std::string_view section) {
    for (const MetadataEntry& entry : metadata.entries) {
      if (entry.section == section) set(entry.key, entry.value);
    }
  }
  Json take() { return std::move(object_); }

 private:
  Json object_{Json::Object{}};
  std::set<std::string> keys_;
};

std::string said_capability(int capability) {
  return fmt::format("{}.{}", capability / 10, capability % 10);
}

// The build's options stand in the build log; a profile log repeats the model's.
const Metadata& metadata_with(const Engine& engine, std::string_view section, bool build_first) {
  const Metadata& first = build_first ? engine.build_metadata : engine.profile_metadata;
  const Metadata& second = build_first ? engine.profile_metadata : engine.build_metadata;
  for (const MetadataEntry& entry : first.entries) {
    if (entry.section == section) return first;
  }
  return second;
}

const LogFact* find_fact(const Engine& engine, std::string_view name) {
  for (const Metadata* metadata : {&engine.build_metadata, &engine.profile_metadata}) {
    for (const LogFact& fact : metadata->facts) {
      if (fact.name == name && std::isfinite(fact.value)) return &fact;
    }
  }
  return nullptr;
}

// Below 2^53 a double holds every whole number.
bool is_whole(double value) {
  return std::abs(value) < 9007199254740992.0 && std::trunc(value) == value;
}

Json whole_bytes(std::optional<double> value) {
  if (!value || !std::isfinite(*value)) return {};
  const double rounded = std::round(*value);
  return is_whole(rounded) ? Json(static_cast<std::int64_t>(rounded)) : Json(rounded);
}

// Bytes and counts are whole numbers; seconds and percent are not, even where they happen to be.
Json value_of(const LogFact& fact) {
  if (!std::isfinite(fact.value)) return {};
  const bool counts = fact.unit == "B" || fact.unit.empty();
  if (counts && is_whole(fact.value)) return Json(static_cast<std::int64_t>(fact.value));
  return Json(fact.value);
}

Json facts_json(const Metadata& metadata) {
  Json list{Json::Array{}};
  for (const LogFact& fact : metadata.facts) {
    Json row{Json::Object{}};
    row.set("name", Json(fact.name));
    row.set("value", value_of(fact));
    row.set("unit", fact.unit.empty() ? Json() : Json(fact.unit));
    row.set("text", fact.text.empty() ? Json() : Json(fact.text));
    list.push(std::move(row));
  }
  return list;
}

}  // namespace

Json device_json(const Device& device, const Metadata& metadata) {
  Json result{Json::Object{}};
  result.set("name", device.name.empty() ? Json() : Json(device.name));
  result.set("compute_capability", device.compute_capability
                                       ? Json(said_capability(*device.compute_capability))
                                       : Json());
  result.set("sms", device.sms ? Json(*device.sms) : Json());
  result.set("clock_mhz", Json(device.clock_mhz));
  result.set("clock_source", device.clock_source.empty() ? Json() : Json(device.clock_source));
  result.set("bandwidth_gbps", Json(device.bandwidth_gbps));
  result.set("bandwidth_source",
             device.bandwidth_source.empty() ? Json() : Json(device.bandwidth_source));
  result.set("memory_bytes", whole_bytes(device.memory_bytes));
  FirstWins stated;
  stated.add_section(metadata, "device_information");
  result.set("stated", stated.take());
  return result;
}

std::string said_device(const Device& device) {
  std::vector<std::string> parts;
  if (!device.name.empty()) parts.push_back(device.name);
  if (device.compute_capability) {
    parts.push_back("compute capability " + said_capability(*device.compute_capability));
  }
  if (device.sms) parts.push_back(fmt::format("{} SMs", *device.sms));
  if (device.clock_mhz) parts.push_back(fmt::format("{:.0f} MHz", *device.clock_mhz));
  if (device.bandwidth_gbps) parts.push_back(fmt::format("{:.0f} GB/s", *device.bandwidth_gbps));
  if (device.memory_bytes) parts.push_back(human_byte_size(*device.memory_bytes));
  return join(parts, ", ");
}

Json builder_json(const Engine& engine) {
  FirstWins result;
  result.add_section(metadata_with(engine, "model_options", true), "model_options");
  result.add_section(metadata_with(engine, "build_options", true), "build_options");
  for (const LogFact& fact : engine.build_metadata.facts) {
    result.set(fact.name, std::isfinite(fact.value) ? value_of(fact) : Json(fact.text));
  }
  result.set("facts", facts_json(engine.build_metadata));
  const std::string& version = engine.build_metadata.tensorrt_version;
  if (!version.empty()) result.set("tensorrt_version", Json(version));
  const std::string& command = engine.build_metadata.command_line;
  if (!command.empty()) result.set("command_line", Json(command));
  return result.take();
}

namespace {

// "workspace: 1024 MiB, dlaSRAM: default" -> "workspace: 1024 MiB".
std::string without_defaults(std::string_view pools) {
  std::vector<std::string_view> parts;
  for (const std::string_view part : split(pools, ',')) {
    if (!contains(part, "default")) parts.push_back(trim(part));
  }
  return join(parts, ", ");
}

// Options that decide how fast and where an engine runs, and what they are unless someone chose;
// the rest is in the JSON. The names are those of trtexec 8.2 to 11.x.
struct TellingOption {
  std::string_view key, label;  // without a label the value speaks for itself
  std::string_view usual;       // "Disabled", "-" and nothing are usual for all
};
constexpr TellingOption telling_options[] = {
    {"Precision", "", ""},
    {"BuilderOptimizationLevel", "optimization level", "-1"},
    {"avgTiming", "avgTiming", "8"},
    {"Sparsity", "sparsity", ""},
    {"Calibration", "calibration", "Dynamic"},
    {"Memory Pools", "memory pools", ""},
    {"MaxAuxStreams", "auxiliary streams at most", "-1"},
    {"Version Compatible", "version compatible", ""},
    {"TensorRT runtime", "runtime", "full"},
    {"Exclude Lean Runtime", "lean runtime excluded", ""},
    {"Runtime Platform", "runtime platform", "Same As Build"},
    {"Refit", "refittable", ""},
    {"Strip weights", "weights stripped", ""},
    {"Weight Streaming", "weight streaming", ""},
    {"Safe mode", "safe mode", ""},
    {"Build DLA standalone loadable", "DLA standalone", ""},
};

}  // namespace

std::string said_builder(const Engine& engine) {
  const Metadata& metadata = metadata_with(engine, "build_options", true);
  std::vector<std::string> parts;
  for (const TellingOption& option : telling_options) {
    const Json* value = metadata.find("build_options", option.key);
    if (value == nullptr) continue;
    std::string text = said(*value, Unit::none);
    if (option.key == "Memory Pools") text = without_defaults(text);
    if (text.empty() || text == "-" || text == "Disabled" || text == option.usual) continue;
    if (option.label.empty()) {
      parts.push_back(text);
    } else {
      parts.push_back(text == "Enabled" ? std::string(option.label)
                                        : fmt::format("{} {}", option.label, text));
    }
  }
  return join(parts, ", ");
}

std::string said_build(const Engine& engine) {
  const LogFact* seconds = find_fact(engine, "build_seconds");
  if (seconds == nullptr) seconds = find_fact(engine, "generation_seconds");
  std::vector<std::string> parts;
  if (seconds != nullptr) parts.push_back(fixed(seconds->value, 1) + " s");
  static constexpr std::pair<const char*, const char*> sizes[] = {
      {"engine_bytes", "engine"},
      {"context_bytes", "context"},
      {"peak_gpu_bytes", "peak GPU memory"},
      {"peak_cpu_bytes", "peak host memory"},
  };
  for (const auto& [name, label] : sizes) {
    if (const LogFact* fact = find_fact(engine, name)) {
      parts.push_back(fmt::format("{} {}", label, human_byte_size(fact->value)));
    }
  }
  return join(parts, ", ");
}

Json performance_json(const Engine& engine) {
  const Metadata& metadata = metadata_with(engine, "performance_summary", false);
  FirstWins result;
  result.set("throughput_qps", Json(throughput_qps(engine)));
  for (const LatencySummary& latency : metadata.latencies) {
    FirstWins statistics;
    statistics.set("min", known(latency.min));
    statistics.set("max", known(latency.max));
    statistics.set("mean", known(latency.mean));
    statistics.set("median", known(latency.median));
    for (const auto& [percent, value] : latency.percentiles) {
      statistics.set(fmt::format("p{:g}", percent), known(value));
    }
    result.set(latency.name, statistics.take());
  }
  result.add_section(metadata, "performance_summary");
  result.set("facts", facts_json(engine.profile_metadata));
  return result.take();
}

Json inference_json(const Engine& engine) {
  FirstWins result;
  result.add_section(metadata_with(engine, "inference_options", false), "inference_options");
  return result.take();
}

Table notes_table(const Engine& engine) {
  std::vector<std::string> files, paths, messages;
  for (const Note& note : engine.notes) {
    files.push_back(note.file);
    paths.push_back(note.path);
    messages.push_back(note.message);
  }
  using Text = Key<std::string_view>;
  Table table;
  table.add(Text{"file", Unit::none, "file"}, files);
  table.add(Text{"path", Unit::none, "JSON path or line"}, paths);
  table.add(Text{"message", Unit::none, "what was tolerated"}, messages);
  return table;
}

Table sources_table(const Engine& engine) {
  std::vector<std::string> kinds, paths, hows;
  for (const SourceFile& source : engine.sources) {
    kinds.push_back(source.kind);
    paths.push_back(source.path);
    hows.push_back(source.how);
  }
  using Text = Key<std::string_view>;
  Table table;
  table.add(Text{"kind", Unit::none, "what the file is"}, kinds);
  table.add(Text{"path", Unit::none, "file"}, paths);
  table.add(Text{"how", Unit::none, "how it was found"}, hows);
  return table;
}

std::string said_pairing(const Engine& engine) {
  const ProfileFacts& profile = engine.profile;
  if (!profile.present) return "no profile: times are unknown";
  std::string text =
      fmt::format("{} of {} profile rows joined", profile.matched_rows, profile.rows);
  if (!profile.joined_by.empty()) text += fmt::format(" by {}", profile.joined_by);
  if (profile.iterations != null_integer) {
    text += fmt::format(", {} iterations", profile.iterations);
  }
  return text;
}

}  // namespace trex::report

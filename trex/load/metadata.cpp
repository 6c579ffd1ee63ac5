// Metadata JSON: what TREx kept of a trtexec log, or of a machine's devices.
//
// Objects of sections, with strings, numbers or lists of numbers; the lists are latencies without
// names: minimum, maximum, mean, median, then percentiles, which are known only for the default
// lists (99 up to TensorRT 8.4; 90, 95, 99 from 8.5). Any section may be missing. The older device
// files are a list, one object a GPU.

// SPDX-License-Identifier: Apache-2.0
#include "trex/load/metadata.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "trex/base/error.hpp"
#include "trex/base/text.hpp"
#include "trex/load/lenient_json.hpp"
#include "trex/load/metadata_latency.hpp"
#include "trex/load/oddities.hpp"

namespace trex {
namespace {

constexpr std::size_t most_entries = 100000;

bool is_one_of_sections(std::string_view name) {
  static constexpr std::string_view sections[] = {
      "model_options",     "build_options",     "device_information", "performance_summary",
      "inference_options", "reporting_options", "system_options"};
  return std::find(std::begin(sections), std::end(sections), name) != std::end(sections);
}

class MetadataReader {
 public:
  MetadataReader(const std::string& file, std::vector<Note>& notes)
      : file_(file), notes_(notes), odd_(file) {}

  Metadata read(const Json& root) {
    if (root.object() != nullptr) {
      for (const auto& [name, value] : *root.object()) read_member(name, value);
    } else if (root.array() != nullptr) {
      read_devices(*root.array());
    } else {
      fail_at(file_, "",
              fmt::format("metadata is an object of sections, not a {}", root.type_name()));
    }
    if (metadata_.entries.empty()) fail_at(file_, "", "no section in this metadata file");
    const std::vector<Note> odd = odd_.notes();
    notes_.insert(notes_.end(), odd.begin(), odd.end());
    return std::move(metadata_);
  }

 private:
  void add(std::string_view section, const std::string& key, const Json& value) {
    if (metadata_.entries.size() >= most_entries) return;
    metadata_.entries.push_back({std::string(section), key, value, file_});
    if (equals_ignoring_case(key, "TensorRT version") && value.text() != nullptr) {
      metadata_.tensorrt_version = *value.text();
    }
  }
  void read_member(const std::string& name, const Json& value);
  void read_devices(const Json::Array& devices);
  void read_latencies(const std::string& section);

  const std::string& file_;
  std::vector<Note>& notes_;
  Oddities odd_;
  Metadata metadata_;
};

void MetadataReader::read_member(const std::string& name, const Json& value) {
  if (value.object() == nullptr) {
    if (is_one_of_sections(name)) {
      odd_.add("expected a section (an object) here; what it holds is kept, but tells nothing",
               [&] { return "/" + name; });
    }
    add("", name, value);
    return;
  }
  for (const Json::Member& member : *value.object()) {
    const std::string& key = member.first;
    const Json& entry = member.second;
    add(name, key, entry);
    if (name != "performance_summary") continue;
    std::optional<LatencySummary> latency = read_latency(key, entry);
    if (latency) {
      metadata_.latencies.push_back(std::move(*latency));
    } else if (entry.array() != nullptr || entry.object() != nullptr) {
      odd_.add("latencies that are no list of numbers are left out",
               [&name, &key = key] { return fmt::format("/{}/{}", name, key); });
    }
  }
}

// The CUDA attribute names of the older device files, by what trtexec calls them.
void MetadataReader::read_devices(const Json::Array& devices) {
  if (devices.empty() || devices.front().object() == nullptr) {
    fail_at(file_, "", "metadata is an object of sections, or a list of devices");
  }
  if (devices.size() > 1) {
    notes_.push_back(
        {file_, "/1", fmt::format("{} devices in the file: the first is taken", devices.size())});
  }
  std::string major, minor;
  for (const auto& [key, value] : *devices.front().object()) {
    add("device_information", key, value);
    const std::string name = lower(key);
    const std::optional<double> number = value.number();
    if (value.text() != nullptr && (name == "name" || name == "device_name")) {
      add("device_information", "Selected Device", value);
    } else if (name == "multiprocessor_count" && number) {
      add("device_information", "SMs", value);
    } else if (name == "compute_capability_major" && value.integer() != nullptr) {
      major = std::to_string(*value.integer());
    } else if (name == "compute_capability_minor" && value.integer() != nullptr) {
      minor = std::to_string(*value.integer());
    } else if (name == "global_memory_bus_width" && number) {
      add("device_information", "Memory Bus Width", value);
    } else if ((name == "clock_rate" || name == "memory_clock_rate") && number) {
      // CUDA states kHz, trtexec GHz.
      add("device_information", name == "clock_rate" ? "Compute Clock Rate" : "Memory Clock Rate",
          Json(*number / 1e6));
    }
  }
  if (!major.empty() && !minor.empty()) {
    add("device_information", "Compute Capability", Json(major + "." + minor));
  }
}

Json parse_metadata(std::string_view text, const std::string& file, std::vector<Note>& notes) {
  std::string why;
  try {
    return parse_json(text, file);
  } catch (const Error& error) {
    why = error.what();
  }
  MendedJson mended = mend_json(text, file);
  if (mended.documents.empty()) throw Error(why);
  notes.insert(notes.end(), mended.notes.begin(), mended.notes.end());
  return parse_json(mended.documents.front(), file);
}

}  // namespace

Metadata load_metadata_json(Bytes text, const std::string& file, std::vector<Note>& notes) {
  if (trim(text.view()).empty()) fail_at(file, "", "the file is empty");
  const Json root = parse_metadata(text.view(), file, notes);
  return MetadataReader(file, notes).read(root);
}

}  // namespace trex

// The metadata JSON that TREx derives from trtexec's logs, with its way of reading them.

// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "trex/base/json.hpp"
#include "trex/base/text.hpp"
#include "trex/sample/write_log.hpp"

namespace trex::sample {
namespace {

// TREx splits a line at every ':' and keeps the second field.
std::string second_field(const std::string& value) {
  return std::string(trim(split(value, ':')[0]));
}

// A key that the log repeats keeps its last value.
void set(Json::Object& object, std::string key, std::string value) {
  for (Json::Member& member : object) {
    if (member.first == key) {
      member.second = std::move(value);
      return;
    }
  }
  object.emplace_back(std::move(key), std::move(value));
}

Json::Object section_object(const Section& section) {
  Json::Object object;
  for (const auto& [key, value] : section.entries) {
    set(object, std::string(trim(key)), second_field(value));
  }
  return object;
}

// In the profile's metadata the figures of the device are numbers; the clocks under their names of
// 8.6 and later stay text.
Json::Object device_numbers(const Section& section) {
  Json::Object object = section_object(section);
  for (Json::Member& member : object) {
    if (member.first != "Compute Capability" && member.first != "SMs" &&
        member.first != "Memory Bus Width") {
      continue;
    }
    const std::string_view text = *member.second.text();
    if (const auto number = parse_real(text.substr(0, text.find(' ')))) member.second = *number;
  }
  return object;
}

// As the log prints it, so that both files say the same.
double as_printed(double value) { return parse_real(real_text(value)).value_or(0); }

Json statistic(const Statistics& s) {
  Json list = Json::Array{};
  for (const double v : {s.min, s.max, s.mean, s.median, s.p90, s.p95, s.p99}) {
    list.push(as_printed(v));
  }
  return list;
}

const Section& find(const std::vector<Section>& sections, std::string_view title) {
  for (const Section& section : sections) {
    if (section.title == title) return section;
  }
  return sections.front();
}

}  // namespace

std::string build_metadata(const Plan& plan, const GpuSpec& gpu) {
  const std::vector<Section> sections = option_sections(plan, Phase::build);
  Json::Object model = section_object(find(sections, "Model Options"));
  model[1].second = plan.onnx + " (figures modelled by trex sample, not measured)";
  Json root;
  root.set("model_options", std::move(model));
  root.set("build_options", section_object(find(sections, "Build Options")));
  root.set("device_information", section_object(device_section(gpu, plan.generation)));
  return root.dump(4);
}

std::string profile_metadata(const Plan& plan, const GpuSpec& gpu, const RunFacts& run) {
  const double wall_s = run.inferences->wall_s();
  Json summary;
  summary.set("Throughput", as_printed(static_cast<double>(run.inferences->count()) / wall_s));
  summary.set("Latency", statistic(run.compute));
  summary.set("Enqueue Time", statistic(run.enqueue));
  summary.set("H2D Latency", statistic({}));
  summary.set("GPU Compute Time", statistic(run.compute));
  summary.set("D2H Latency", statistic({}));
  summary.set("Total Host Walltime", as_printed(wall_s));
  summary.set("Total GPU Compute Time", as_printed(run.compute.sum / 1e3));
  Json root;
  root.set("performance_summary", std::move(summary));
  root.set("inference_options",
           section_object(find(option_sections(plan, Phase::profile), "Inference Options")));
  root.set("device_information", device_numbers(device_section(gpu, plan.generation)));
  return root.dump(4);
}

}  // namespace trex::sample

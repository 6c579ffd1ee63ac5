// A trtexec log as JSON: TREx's metadata, and everything that was read.
//
// A log may hold several runs, one after the other (a build, then `>>` of a run that loads). Of the
// sections that describe the model and the build the first that is not a loading run's counts; of
// the others the last, as the last figures of performance do.

// SPDX-License-Identifier: Apache-2.0
#include "trex/trtexec/log_json.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "trex/base/text.hpp"

namespace trex::trtexec {
namespace {

bool has_fact(const Log& log, std::string_view name) {
  return std::any_of(log.facts.begin(), log.facts.end(),
                     [&](const Fact& fact) { return fact.name == name; });
}

std::string_view value_of(const Section& section, std::string_view key) {
  for (const Option& option : section.options) {
    if (option.key == key) return option.value;
  }
  return "";
}

// Written by a run that loads an engine: it tells nothing of how the engine was built.
bool describes_loading(const Section& section) {
  if (section.title == "Build Options") return !value_of(section, "Load engine").empty();
  return section.title == "Model Options" && value_of(section, "Format") == "*";
}

const Section* first_of_build(const Log& log, std::string_view title) {
  for (const Section& section : log.sections) {
    if (section.title == title && !describes_loading(section)) return &section;
  }
  return log.find(title);
}

const Section* last_of(const Log& log, std::string_view title) {
  const Section* found = nullptr;
  for (const Section& section : log.sections) {
    if (section.title == title) found = &section;
  }
  return found;
}

// The device's figures that TREx made numbers of, only in the profile's metadata; the clocks under
// the names that they had up to TensorRT 8.5.
bool is_figure(std::string_view key) {
  static constexpr std::string_view figures[] = {"Compute Capability", "SMs", "Compute Clock Rate",
                                                 "Memory Bus Width", "Memory Clock Rate"};
  return std::find(std::begin(figures), std::end(figures), key) != std::end(figures);
}

Json section_json(const Section& section, Values values, bool figures) {
  Json::Object result;
  for (const Option& option : section.options) {
    std::string text = option.value;
    if (values == Values::cut_as_trex_did) text = trim(text.substr(0, text.find(':')));
    const auto same = [&](const Json::Member& known) { return known.first == option.key; };
    const auto known = std::find_if(result.begin(), result.end(), same);
    if (known != result.end()) {  // "Input build shape: ..." once an input
      const std::string* before = known->second.text();
      const bool joined = values == Values::whole && before != nullptr && !before->empty();
      known->second = joined ? *before + ", " + text : text;
      continue;
    }
    const auto number = figures && is_figure(option.key)
                            ? parse_real(text.substr(0, text.find(' ')))
                            : std::nullopt;
    result.emplace_back(option.key, number ? Json(*number) : Json(text));
  }
  return result;
}

Json performance_json(const Log& log) {
  Json::Object result;
  const auto add = [&](const char* key, const std::optional<double>& value) {
    if (value) result.emplace_back(key, *value);
  };
  add("Throughput", log.throughput_qps);
  for (const Statistic& statistic : log.statistics) {
    Json::Array figures;
    for (const auto& [word, value] : statistic.values) figures.emplace_back(value);
    result.emplace_back(statistic.name, std::move(figures));
  }
  add("Total Host Walltime", log.host_walltime_s);
  add("Total GPU Compute Time", log.gpu_compute_s);
  return result;
}

Json texts_and_values(const std::vector<Fact>& facts) {
  Json::Array result;
  for (const Fact& fact : facts) {
    Json::Object item{{"name", fact.name}};
    if (fact.value) {
      item.emplace_back("value", *fact.value);
      if (!fact.unit.empty()) item.emplace_back("unit", fact.unit);
    } else {
      item.emplace_back("text", fact.text);
    }
    item.emplace_back("line", fact.line);
    result.emplace_back(std::move(item));
  }
  return result;
}

Json sections_json(const Log& log) {
  Json::Array result;
  for (const Section& section : log.sections) {
    Json::Array options;
    for (const Option& option : section.options) {
      options.emplace_back(
          Json::Object{{"key", option.key}, {"value", option.value}, {"line", option.line}});
    }
    result.emplace_back(Json::Object{{"title", section.title}, {"options", std::move(options)}});
  }
  return result;
}

Json statistics_json(const Log& log) {
  Json::Array statistics;
  for (const Statistic& statistic : log.statistics) {
    Json::Object values;
    for (const auto& [word, value] : statistic.values) values.emplace_back(word, value);
    statistics.emplace_back(Json::Object{{"name", statistic.name}, {"ms", std::move(values)}});
  }
  return Json::Object{{"throughput_qps", log.throughput_qps},
                      {"host_walltime_s", log.host_walltime_s},
                      {"gpu_compute_s", log.gpu_compute_s},
                      {"statistics", std::move(statistics)}};
}

Json profile_json(const Log& log) {
  Json::Array rows;
  for (const ProfileTableRow& row : log.profile) {
    rows.emplace_back(Json::Object{{"name", row.name},
                                   {"total_ms", row.total_ms},
                                   {"mean_ms", row.mean_ms},
                                   {"median_ms", row.median_ms},
                                   {"percent", row.percent}});
  }
  return Json::Object{{"iterations", log.profile_iterations}, {"rows", std::move(rows)}};
}

}  // namespace

LogPart part_of(const Log& log) {
  const bool runs = !log.statistics.empty() || !log.profile.empty() ||
                    has_fact(log, "timed_queries") || has_fact(log, "warmup_queries");
  const bool builds = has_fact(log, "build_seconds") || has_fact(log, "generation_seconds");
  if (runs && builds) return LogPart::both;
  return runs ? LogPart::profile : LogPart::build;
}

Json trex_metadata(const Log& log, LogPart part, Values values) {
  Json result = Json(Json::Object{});
  const auto add = [&](const char* name, const Section* section, bool figures = false) {
    if (section != nullptr) result.set(name, section_json(*section, values, figures));
  };
  if (part != LogPart::profile) {
    add("model_options", first_of_build(log, "Model Options"));
    add("build_options", first_of_build(log, "Build Options"));
  }
  if (part != LogPart::build) {
    result.set("performance_summary", performance_json(log));
    add("inference_options", last_of(log, "Inference Options"));
  }
  add("device_information", last_of(log, "Device Information"), part != LogPart::build);
  return result;
}

Json full_json(const Log& log) {
  Json::Array placements, problems;
  for (const DlaPlacement& placement : log.placements) {
    placements.emplace_back(Json::Object{
        {"layer", placement.layer}, {"device", placement.device}, {"reason", placement.reason}});
  }
  for (const Message& problem : log.problems) {
    problems.emplace_back(Json::Object{{"severity", std::string(1, problem.severity)},
                                       {"library", problem.library},
                                       {"text", problem.text},
                                       {"line", problem.line}});
  }
  const auto text = [](const std::string& known) { return known.empty() ? Json() : Json(known); };
  return Json::Object{{"tensorrt_version", text(log.tensorrt_version)},
                      {"command_line", text(log.command_line)},
                      {"passed", log.passed},
                      {"sections", sections_json(log)},
                      {"performance", statistics_json(log)},
                      {"facts", texts_and_values(log.facts)},
                      {"profile", log.profile.empty() ? Json() : profile_json(log)},
                      {"placements", std::move(placements)},
                      {"problems", std::move(problems)}};
}

}  // namespace trex::trtexec

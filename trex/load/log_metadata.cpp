// A trtexec log -> Metadata, the console's profile table, and where layers run.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "trex/base/error.hpp"
#include "trex/load/metadata.hpp"
#include "trex/load/metadata_latency.hpp"
#include "trex/load/quoted.hpp"
#include "trex/trtexec/log.hpp"

namespace trex {
namespace {

// "Build Options" -> "build_options", TREx's name of the section.
std::string section_name(std::string_view title) { return replace_all(lower(title), " ", "_"); }

// A key that comes again in its section (an input a line) keeps all its values.
void add_options(const trtexec::Section& section, const std::string& file, Metadata& metadata) {
  const std::string name = section_name(section.title);
  const std::size_t first = metadata.entries.size();
  for (const trtexec::Option& option : section.options) {
    const auto same = [&](const MetadataEntry& entry) { return entry.key == option.key; };
    const auto known = std::find_if(metadata.entries.begin() + static_cast<std::ptrdiff_t>(first),
                                    metadata.entries.end(), same);
    if (known == metadata.entries.end()) {
      metadata.entries.push_back({name, option.key, Json(option.value), file});
    } else {
      known->value = Json(*known->value.text() + "; " + option.value);
    }
  }
}

// Up to 9.3 a run that only loads an engine prints build options, too: their defaults, which say
// nothing of how the engine was built.
bool only_loads(const trtexec::Section& section) {
  return section.title == "Build Options" &&
         std::any_of(section.options.begin(), section.options.end(), [](const auto& option) {
           return option.key == "Load engine" && !option.value.empty();
         });
}

void add_performance(const trtexec::Log& log, const std::string& file, Metadata& metadata) {
  const std::string section = "performance_summary";
  const auto add_number = [&](const char* key, const std::optional<double>& value) {
    if (value) metadata.entries.push_back({section, key, Json(*value), file});
  };
  add_number("Throughput", log.throughput_qps);
  for (const trtexec::Statistic& statistic : log.statistics) {
    LatencySummary latency{.name = statistic.name};
    Json values = Json(Json::Object{});
    for (const auto& [word, value] : statistic.values) {
      set_statistic(latency, word, value);
      values.set(word, value);
    }
    metadata.latencies.push_back(std::move(latency));
    metadata.entries.push_back({section, statistic.name, std::move(values), file});
  }
  add_number("Total Host Walltime", log.host_walltime_s);
  add_number("Total GPU Compute Time", log.gpu_compute_s);
}

std::optional<Profile> console_profile(const trtexec::Log& log, const std::string& file,
                                       StringPool& strings) {
  if (log.profile.empty()) return std::nullopt;
  Profile profile;
  profile.kind = "trtexec log";
  profile.iterations = log.profile_iterations.value_or(null_integer);
  for (const trtexec::ProfileTableRow& row : log.profile) {
    ProfileRow result{.name = strings[strings.intern(row.name)],
                      .total_ms = row.total_ms,
                      .mean_ms = row.mean_ms};
    if (row.median_ms) result.median_ms = *row.median_ms;
    // The table rounds the mean to 4 decimals; the total over the count says more.
    if (profile.iterations > 0 && !std::isnan(row.total_ms)) {
      const double finer = row.total_ms / static_cast<double>(profile.iterations);
      const bool agrees =
          std::abs(finer - row.mean_ms) <= 0.5e-4 + 0.01 / static_cast<double>(profile.iterations);
      if (agrees) result.mean_ms = finer;
    }
    profile.rows.push_back(result);
  }
  profile.notes.push_back(
      {file, "",
       "layer times are from the log's table, which rounds and leaves out layers that "
       "never ran; --exportProfile writes them in full"});
  return profile;
}

// What a reader of the results must know: the run failed, or trtexec itself doubts the figures.
void note_problems(const trtexec::Log& log, const std::string& file, std::vector<Note>& notes) {
  constexpr std::size_t shown = 5;
  if (log.passed == false) notes.push_back({file, "", "the log says that trtexec FAILED"});
  std::size_t errors = 0;
  for (const trtexec::Message& problem : log.problems) {
    const bool is_error = problem.severity == 'E' || problem.severity == 'F';
    const bool doubts =
        starts_with(problem.text, "* ") || contains(problem.text, "auxiliary streams");
    if (!is_error && !doubts) continue;
    if (is_error && ++errors > shown) continue;
    const std::string_view text =
        starts_with(problem.text, "* ") ? std::string_view(problem.text).substr(2) : problem.text;
    notes.push_back({file, fmt::format("line {}", problem.line),
                     fmt::format("trtexec {}: {}", is_error ? "error" : "warning",
                                 printable(text.substr(0, 600)))});
  }
  if (errors > shown) {
    notes.push_back({file, "", fmt::format("{} more errors in the log", errors - shown)});
  }
}

bool has_fact(const trtexec::Log& log, std::string_view name) {
  return std::any_of(log.facts.begin(), log.facts.end(),
                     [&](const trtexec::Fact& fact) { return fact.name == name; });
}

}  // namespace

LogContents load_trtexec_log(Bytes text, const std::string& file, StringPool& strings,
                             std::vector<Note>& notes) {
  const trtexec::Log log = trtexec::parse_log(text.view());
  if (!trtexec::says_anything(log)) {
    fail_at(file, "",
            "no line of a trtexec log in this file; save it with 'trtexec ... 2>&1 | "
            "tee FILE'");
  }
  LogContents result;
  Metadata& metadata = result.metadata;
  metadata.tensorrt_version = log.tensorrt_version;
  metadata.command_line = log.command_line;
  for (const trtexec::Section& section : log.sections) {
    if (!only_loads(section)) add_options(section, file, metadata);
  }
  add_performance(log, file, metadata);
  for (const trtexec::Fact& fact : log.facts) {
    metadata.facts.push_back(
        {fact.name, fact.value.value_or(null_real), fact.unit, fact.text, file, fact.line});
  }
  result.profile = console_profile(log, file, strings);
  for (const trtexec::DlaPlacement& placement : log.placements) {
    result.placements.push_back({placement.layer, placement.device, placement.reason});
  }
  result.is_build_log = has_fact(log, "build_seconds") || has_fact(log, "generation_seconds");
  result.is_profile_log =
      !log.statistics.empty() || !log.profile.empty() || has_fact(log, "timed_queries");
  note_problems(log, file, notes);
  return result;
}

}  // namespace trex

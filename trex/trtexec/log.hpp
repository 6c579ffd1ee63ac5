// trtexec logs, by the rules of every version from 8.0 to 11.x: text -> sections, facts, tables.
//
// Knows lines, not engines: `load` turns this into Metadata and a Profile, `trex process` follows
// a growing log with it. Values keep their colons; percentiles are read by name.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace trex::trtexec {

struct LogLine {
  std::int64_t number = 0;  // from 1
  char severity = 0;        // F E W I V, or 0 when the line has no prefix
  bool library = false;     // [TRT]
  std::string_view time;    // "MM/DD/YYYY-HH:MM:SS"
  std::string_view text;
};
LogLine parse_line(std::string_view line, std::int64_t number);

struct Option {
  std::string key, value;
  std::int64_t line = 0;
};
struct Section {
  std::string title;  // "Model Options", "Device Information", "Performance summary" ...
  std::vector<Option> options;
};
struct Statistic {  // "Latency: min = ... ms, max = ..."
  std::string name;
  std::vector<std::pair<std::string, double>> values;  // ("min", 0.1), ("percentile(99%)", 0.3)
};
struct Fact {
  std::string name, unit, text;
  std::optional<double> value;
  std::int64_t line = 0;
};
struct ProfileTableRow {
  std::string name;
  double total_ms, mean_ms;
  std::optional<double> median_ms;
  double percent;
};
struct DlaPlacement {
  std::string layer, device, reason;
};
struct Message {
  char severity;
  bool library;
  std::string text;
  std::int64_t line;
};

struct Log {
  std::string tensorrt_version;  // "10.13.0"
  std::string command_line;      // after "# ", with the program's name
  std::optional<bool> passed;    // the &&&& line
  std::vector<Section> sections;
  std::vector<Statistic> statistics;
  std::optional<double> throughput_qps, host_walltime_s, gpu_compute_s;
  std::vector<Fact> facts;
  std::optional<std::int64_t> profile_iterations;
  std::vector<ProfileTableRow> profile;
  std::vector<DlaPlacement> placements;
  std::vector<Message> problems;  // warnings and errors
  const Section* find(std::string_view title) const;
};
Log parse_log(std::string_view text);
// Was there any line of a log in the text?
bool says_anything(const Log& log);
bool looks_like_log(std::string_view head);

}  // namespace trex::trtexec

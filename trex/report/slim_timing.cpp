// Written by hand rather than as a Json value: a million records would take a gigabyte.

// SPDX-License-Identifier: Apache-2.0
#include "trex/report/slim_timing.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <iterator>
#include <span>
#include <string_view>
#include <vector>

#include "trex/base/error.hpp"
#include "trex/load/timing.hpp"

namespace trex::report {
namespace {

struct Duration {
  std::string_view json;
  const Key<double>& key;
};
const std::array durations{
    Duration{"latencyMs", timing::latency_ms},
    Duration{"computeMs", timing::compute_ms},
    Duration{"h2dMs", timing::h2d_ms},
    Duration{"d2hMs", timing::d2h_ms},
    Duration{"endToEndMs", timing::end_to_end_ms},
};

struct NamedTimes {
  std::string_view json;
  std::span<const double> values;
};

// The shortest text that reads as the same number; what is unknown stays so.
void append_time(std::string& text, double value) {
  if (std::isfinite(value))
    fmt::format_to(std::back_inserter(text), "{}", value);
  else
    text += "null";
}

std::string records_text(const std::vector<NamedTimes>& columns, std::size_t rows) {
  std::string text = "[";
  for (std::size_t row = 0; row < rows; ++row) {
    text += row == 0 ? "\n{" : ",\n{";
    for (std::size_t i = 0; i < columns.size(); ++i) {
      fmt::format_to(std::back_inserter(text), "{}\"{}\":", i == 0 ? "" : ",", columns[i].json);
      append_time(text, columns[i].values[row]);
    }
    text += '}';
  }
  return text += "\n]\n";
}

}  // namespace

std::optional<SlimTiming> slim_timing(const Bytes& text, const std::string& file,
                                      std::size_t most_whole) {
  constexpr std::size_t least_record = 2;  // "{}"
  if (text.size() / least_record <= most_whole) return std::nullopt;
  Timing timing;
  try {
    timing = load_timing(text, file);
  } catch (const Error&) {
    return std::nullopt;  // the page says what is wrong with it
  }
  const std::size_t rows = timing.table.row_count();
  if (rows <= most_whole) return std::nullopt;
  std::vector<NamedTimes> columns;
  for (const Duration& duration : durations) {
    if (!timing.table.has(duration.key)) continue;
    columns.push_back({duration.json, timing.table[duration.key].values()});
  }
  if (columns.empty()) return std::nullopt;
  return SlimTiming{records_text(columns, rows), rows};
}

}  // namespace trex::report

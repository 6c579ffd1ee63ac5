// How long inferences took: percentiles, and one after the other.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "trex/analyze/summary.hpp"
#include "trex/document/units.hpp"
#include "trex/report/workbook_report.hpp"

namespace trex::report {
namespace {

// Rows that a chart still shows well; more inferences than that are put together.
constexpr std::size_t most_windows = 2000;
constexpr std::array percents{0.0, 1.0, 5.0, 10.0, 25.0, 50.0, 75.0, 90.0, 95.0, 99.0, 99.9, 100.0};

std::vector<double> known_latencies(const Engine& engine) {
  std::vector<double> values;
  if (!engine.timing.has(timing::latency_ms)) return values;
  for (const double value : engine.timing[timing::latency_ms].values()) {
    if (std::isfinite(value)) values.push_back(value);
  }
  return values;
}

}  // namespace

TableBlock latency_percentiles(const Engine& engine) {
  std::vector<double> values = known_latencies(engine);
  std::sort(values.begin(), values.end());
  std::vector<std::string> names;
  std::vector<double> latencies;
  for (const double p : percents) {
    if (values.empty()) break;
    names.push_back(p == 0 ? "min" : p == 100 ? "max" : fmt::format("p{}", p));
    // The least and the most are themselves; between them trtexec's rule.
    latencies.push_back(p == 0 ? values.front() : trtexec_percentile(values, p));
  }
  Table table;
  table.add(Key<std::string_view>{"percentile", Unit::none, "of all inferences, slowest last"},
            names);
  table.add(Key<double>{"latency_ms", Unit::milliseconds, timing::latency_ms.meaning},
            std::move(latencies));
  TableBlock block{.key = "latency", .title = "Latency", .table = std::move(table)};
  block.remark =
      fmt::format("percentiles of {}, by trtexec's rule", counted(values.size(), "inference"));
  block.charts.push_back({.title = "Latency percentiles",
                          .kind = ChartKind::line,
                          .label_column = "percentile",
                          .value_columns = {"latency_ms"}});
  return block;
}

TableBlock latency_series(const Engine& engine) {
  const std::vector<double> values = known_latencies(engine);
  const std::size_t size =
      std::max<std::size_t>(1, (values.size() + most_windows - 1) / most_windows);
  std::vector<std::int64_t> firsts, counts;
  std::vector<double> least, mean, most;
  for (std::size_t first = 0; first < values.size(); first += size) {
    const std::size_t count = std::min(size, values.size() - first);
    double sum = 0, low = values[first], high = values[first];
    for (std::size_t i = first; i < first + count; ++i) {
      sum += values[i];
      low = std::min(low, values[i]);
      high = std::max(high, values[i]);
    }
    firsts.push_back(static_cast<std::int64_t>(first));
    counts.push_back(static_cast<std::int64_t>(count));
    least.push_back(low);
    mean.push_back(sum / static_cast<double>(count));
    most.push_back(high);
  }
  using I = Key<std::int64_t>;
  using D = Key<double>;
  Table table;
  table.add(I{"inference", Unit::none, "number of the first inference, from 0"}, std::move(firsts));
  if (size > 1) table.add(I{"count", Unit::count, "inferences put together"}, std::move(counts));
  if (size > 1) table.add(D{"min_ms", Unit::milliseconds, "the fastest of them"}, std::move(least));
  table.add(D{size > 1 ? "mean_ms" : "latency_ms", Unit::milliseconds, timing::latency_ms.meaning},
            std::move(mean));
  if (size > 1) table.add(D{"max_ms", Unit::milliseconds, "the slowest of them"}, std::move(most));
  TableBlock block{.key = "timing", .title = "Timing", .table = std::move(table)};
  if (size > 1) {
    block.remark =
        fmt::format("{} inferences, {} a row; the timing table in csv or parquet has each",
                    values.size(), size);
  }
  Chart chart{.title = "Latency over the run",
              .kind = ChartKind::line,
              .label_column = "inference",
              .value_columns = {"latency_ms"}};
  if (size > 1) chart.value_columns = {"min_ms", "mean_ms", "max_ms"};
  block.charts.push_back(std::move(chart));
  return block;
}

}  // namespace trex::report

// End-to-end latency: one figure per statistic, from every timed inference or from the log.
//
// Order statistics are found by selection, not by sorting: a timing file may hold millions of
// inferences.

// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cmath>
#include <vector>

#include "trex/analyze/summary.hpp"
#include "trex/base/text.hpp"

namespace trex {
namespace {

// trtexec leaves out the slowest int((1 - p / 100) n) inferences and reports the slowest of the
// rest (findPercentile in its sampleReporting.cpp).
std::size_t percentile_index(std::size_t count, double p) {
  const double n = static_cast<double>(count);
  const double left_out = std::clamp((1 - p / 100) * n, 0.0, n);
  const double index = n - 1 - std::floor(left_out);
  return index < 0 ? 0 : static_cast<std::size_t>(index);
}

// Puts the values of ascending `indices` in their sorted places, in linear time.
void place(std::vector<double>& values, const std::vector<std::size_t>& indices) {
  auto from = values.begin();
  for (const std::size_t index : indices) {
    const auto nth = values.begin() + static_cast<std::ptrdiff_t>(index);
    if (nth < from) continue;
    std::nth_element(from, nth, values.end());
    from = nth + 1;
  }
}

EndToEnd of_samples(std::vector<double> values) {
  const std::size_t n = values.size();
  EndToEnd result;
  result.source = "timing";
  result.count = static_cast<std::int64_t>(n);
  double sum = 0, lost = 0;  // Kahan: a million small terms
  for (const double value : values) {
    const double term = value - lost;
    const double next = sum + term;
    lost = (next - sum) - term;
    sum = next;
  }
  result.mean = sum / static_cast<double>(n);
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  result.min = *least;
  result.max = *most;
  const std::size_t p90 = percentile_index(n, 90), p95 = percentile_index(n, 95),
                    p99 = percentile_index(n, 99);
  std::vector<std::size_t> indices = {(n - 1) / 2, n / 2, p90, p95, p99};
  std::sort(indices.begin(), indices.end());
  indices.erase(std::unique(indices.begin(), indices.end()), indices.end());
  place(values, indices);
  result.median = values[(n - 1) / 2] / 2 + values[n / 2] / 2;
  result.p90 = values[p90];
  result.p95 = values[p95];
  result.p99 = values[p99];
  return result;
}

EndToEnd of_log(const LatencySummary& log) {
  EndToEnd result;
  result.source = "log";
  result.min = log.min;
  result.max = log.max;
  result.mean = log.mean;
  result.median = log.median;
  for (const auto& [p, value] : log.percentiles) {
    if (p == 90) result.p90 = value;
    if (p == 95) result.p95 = value;
    if (p == 99) result.p99 = value;
  }
  return result;
}

}  // namespace

double trtexec_percentile(std::span<const double> sorted, double p) {
  if (sorted.empty() || !(p >= 0 && p <= 100)) return null_real;
  return sorted[percentile_index(sorted.size(), p)];
}

EndToEnd end_to_end(const Engine& engine) {
  if (engine.timing.has(timing::latency_ms)) {
    std::vector<double> values;
    for (const double value : engine.timing[timing::latency_ms].values()) {
      if (std::isfinite(value)) values.push_back(value);
    }
    if (!values.empty()) return of_samples(std::move(values));
  }
  for (const Metadata* metadata : {&engine.profile_metadata, &engine.build_metadata}) {
    if (const LatencySummary* latency = metadata->latency("Latency")) return of_log(*latency);
  }
  return {};
}

std::optional<double> throughput_qps(const Engine& engine) {
  for (const Metadata* metadata : {&engine.profile_metadata, &engine.build_metadata}) {
    const Json* value = metadata->find("performance_summary", "Throughput");
    if (value == nullptr) continue;
    if (const std::optional<double> number = value->number()) return number;
    if (value->text() != nullptr) {  // "2829.15 qps"
      const std::string_view text = *value->text();
      if (const auto number = parse_real(text.substr(0, text.find(' ')))) return number;
    }
  }
  return std::nullopt;
}

}  // namespace trex

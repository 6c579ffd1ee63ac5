// The figures that a history may follow, as one list.

// SPDX-License-Identifier: Apache-2.0
#include "trex/base/error.hpp"
#include "trex/base/suggest.hpp"
#include "trex/store/history.hpp"

namespace trex::store {

std::span<const HistoryMetric> history_metrics() {
  static constexpr Unit ms = Unit::milliseconds;
  static constexpr HistoryMetric metrics[] = {
      {"end_to_end", "end_to_end_median_ms", "latency, median", ms, -1, true},
      {"p90", "end_to_end_p90_ms", "latency, p90", ms, -1},
      {"p95", "end_to_end_p95_ms", "latency, p95", ms, -1},
      {"p99", "end_to_end_p99_ms", "latency, p99", ms, -1},
      {"mean", "end_to_end_mean_ms", "latency, mean", ms, -1},
      {"layer_time", "layer_time_ms", "layer time", ms, -1},
      {"throughput", "throughput_qps", "queries/s", Unit::none, 1},
      {"weights", "weights_bytes", "weights", Unit::bytes, -1},
      {"activations", "activation_bytes", "activations", Unit::bytes, -1},
      {"peak_activations", "peak_activation_bytes", "live at peak", Unit::bytes, -1},
      {"engine_size", "engine_bytes", "engine file", Unit::bytes, -1},
      {"build_time", "build_seconds", "build, s", Unit::none, -1},
      {"layers", "layer_count", "layers", Unit::count, 0},
  };
  return metrics;
}

const HistoryMetric& find_history_metric(std::string_view name) {
  std::vector<std::string> names;
  for (const HistoryMetric& metric : history_metrics()) {
    if (metric.name == name) return metric;
    names.emplace_back(metric.name);
  }
  fail("--metric: no figure '{}'{}", name, did_you_mean(name, names));
}

}  // namespace trex::store

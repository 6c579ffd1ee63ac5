// The noise of a run: a bell, a drift, outliers and the ticks of clocks. Nothing of it is
// measured.

// SPDX-License-Identifier: Apache-2.0
#include "trex/sample/run.hpp"

#include <algorithm>
#include <cmath>

namespace trex::sample {
namespace {

constexpr double tick_ms = 1.0 / 1024;      // trtexec keeps float milliseconds since its start
constexpr double event_tick_ms = 0.000032;  // CUDA events count in steps of 32 ns
constexpr double event_us = 0.8;            // an event between layers drains the first of them

// Part of the latency: the bell's deviation, the rise over the run as the GPU warms, and how often
// an inference is disturbed.
constexpr double jitter = 0.002, drift = 0.002, outlier_rate = 0.002;

double in_ticks(double value, double tick) { return std::floor(value / tick + 0.5) * tick; }

// trtexec's index, with its conversion to int.
std::size_t percentile_index(std::size_t count, double percent) {
  const auto above = static_cast<std::int64_t>((1 - percent / 100) * static_cast<double>(count));
  return static_cast<std::size_t>(
      std::max<std::int64_t>(static_cast<std::int64_t>(count) - 1 - above, 0));
}

}  // namespace

Statistics statistics(std::vector<double> values) {
  Statistics s;
  if (values.empty()) return s;
  for (const double v : values) s.sum += v;  // before the sort: the file's order
  std::sort(values.begin(), values.end());
  const std::size_t n = values.size();
  s.min = values.front();
  s.max = values.back();
  s.mean = s.sum / static_cast<double>(n);
  s.median = n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
  s.p90 = values[percentile_index(n, 90)];
  s.p95 = values[percentile_index(n, 95)];
  s.p99 = values[percentile_index(n, 99)];
  return s;
}

Inferences::Inferences(double latency_ms, std::int64_t count, Random random) {
  if (count == 0) {  // at least 10, as trtexec does
    count = std::max<std::int64_t>(
        static_cast<std::int64_t>(duration_ms / (latency_ms + gap_ms)) + 1, 10);
  }
  compute_ms_.reserve(static_cast<std::size_t>(count));
  enqueue_ms_.reserve(static_cast<std::size_t>(count));
  for (std::int64_t i = 0; i < count; ++i) {
    const double progress = static_cast<double>(i) / static_cast<double>(count);
    double factor = 1 + jitter * random.bell() + drift * progress;
    if (random.uniform() < outlier_rate) factor += 0.02 + 0.06 * random.uniform();
    compute_ms_.push_back(std::max(in_ticks(latency_ms * factor, tick_ms), tick_ms));
    enqueue_ms_.push_back(in_ticks(0.0025 + 0.0003 * random.bell(), tick_ms / 4));
  }
}

double Inferences::wall_s() const {
  return (compute().sum + gap_ms * static_cast<double>(count())) / 1e3;
}

std::int64_t Inferences::warm_up_count() const {
  const double each_ms = compute().mean + gap_ms;
  return static_cast<std::int64_t>(warm_up_ms / each_ms) + 1;
}

std::int64_t profiled_count(double layers_us, std::size_t layers) {
  const double each_ms = (layers_us + event_us * static_cast<double>(layers)) / 1e3;
  const double runs = (Inferences::warm_up_ms + Inferences::duration_ms) / each_ms;
  return std::max<std::int64_t>(static_cast<std::int64_t>(runs) + 1, 10);
}

LayerTimes profiled(double time_us, std::int64_t count, Random& random) {
  const double noise = random.bell(), skew = random.uniform();
  if (time_us <= 0) return {};  // a NoOp: no kernel, no event
  const double mean_ms = (time_us + event_us) / 1e3 * (1 + 0.002 * noise);
  // A few slow iterations lift the mean above the median.
  return {mean_ms * static_cast<double>(count), mean_ms,
          in_ticks(mean_ms * (1 - 0.004 * skew), event_tick_ms)};
}

}  // namespace trex::sample

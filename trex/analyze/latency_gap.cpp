// Why the sum of the layers' times is not the latency of an inference.
//
// Above it: the profiler waits for and records an event at each layer, and layers on several
// streams overlap. Below it: latencyMs holds the copies to and from the device, and the sum holds
// neither launch gaps nor work that the profiler does not report. Which of these it is, one run
// cannot prove; the figures that are known are said.

// SPDX-License-Identifier: Apache-2.0

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "trex/analyze/summary.hpp"

namespace trex {
namespace {

// Two runs of one engine differ by as much: trtexec calls a coefficient of variation past 1 %
// (2.5 % from 10.13.2) unstable.
constexpr double agreement = 0.025;

std::size_t stream_count(const Engine& engine) {
  std::vector<std::int64_t> streams;
  for (const std::int64_t stream : engine.layers[layer::stream].values()) {
    if (stream != null_integer) streams.push_back(stream);
  }
  std::sort(streams.begin(), streams.end());
  return static_cast<std::size_t>(std::unique(streams.begin(), streams.end()) - streams.begin());
}

// Unknown where no inference states it.
double mean_of(const Table& table, const Key<double>& key) {
  if (!table.has(key)) return null_real;
  double sum = 0;
  std::size_t count = 0;
  for (const double value : table[key].values()) {
    if (!std::isfinite(value)) continue;
    sum += value;
    ++count;
  }
  return count == 0 ? null_real : sum / static_cast<double>(count);
}

double copies_ms(const Engine& engine) {
  const double measured =
      mean_of(engine.timing, timing::h2d_ms) + mean_of(engine.timing, timing::d2h_ms);
  if (!std::isnan(measured)) return measured;
  const LatencySummary* h2d = engine.profile_metadata.latency("H2D Latency");
  const LatencySummary* d2h = engine.profile_metadata.latency("D2H Latency");
  return h2d != nullptr && d2h != nullptr ? h2d->mean + d2h->mean : null_real;
}

std::string explain_above(const Engine& engine, double sum, double latency) {
  std::string text = "the profiler records an event at every layer";
  if (engine.profile.rows > 0) {
    text += fmt::format(", here at most {:.2f} us for each of {}",
                        (sum - latency) * 1000 / static_cast<double>(engine.profile.rows),
                        engine.profile.rows);
  }
  const std::size_t streams = stream_count(engine);
  if (streams > 1) text += fmt::format("; layers on {} streams also overlap", streams);
  return text;
}

std::string explain_below(const Engine& engine, double latency) {
  std::string text =
      "launch gaps, waits for the host and work that the profiler does not report "
      "are not in the sum";
  const double copies = copies_ms(engine);
  if (copies > 0) {
    text += fmt::format("; {:.4g} ms of the latency ({:.0f} %) are copies to and from the device",
                        copies, copies / latency * 100);
  }
  return text;
}

}  // namespace

std::string explain_difference(const Engine& engine, const EndToEnd& end_to_end) {
  const double sum = engine.profile.layer_time_ms;
  const bool has_mean = !std::isnan(end_to_end.mean);
  const double latency = has_mean ? end_to_end.mean : end_to_end.median;
  if (!std::isfinite(sum) || !std::isfinite(latency) || !(sum > 0) || !(latency > 0)) return "";
  const double difference = sum / latency - 1;
  if (std::abs(difference) <= agreement) {
    return fmt::format("the layers add up to {:.4g} ms, the {} latency is {:.4g} ms: they agree",
                       sum, has_mean ? "mean" : "median", latency);
  }
  return fmt::format(
      "the layers add up to {:.4g} ms, {:.0f} % {} the {} latency of {:.4g} ms: {}", sum,
      std::abs(difference) * 100, difference > 0 ? "above" : "below", has_mean ? "mean" : "median",
      latency,
      difference > 0 ? explain_above(engine, sum, latency) : explain_below(engine, latency));
}

}  // namespace trex

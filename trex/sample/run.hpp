// What trtexec would have seen: the times of the inferences and of the layers, with their noise.
//
// The noise has the shape of real files (a narrow bell, a slow drift, rare outliers, clocks that
// tick) and none of it is measured.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "trex/sample/layer.hpp"
#include "trex/base/random.hpp"

namespace trex::sample {

// By trtexec's rules: the median of an even count is the middle two's mean; percentile p is the
// value at index max(n - 1 - int((1 - p / 100) n), 0) of the sorted values.
struct Statistics {
  double min = 0, max = 0, mean = 0, median = 0, p90 = 0, p95 = 0, p99 = 0, sum = 0;
};
Statistics statistics(std::vector<double> values);

// The inferences of the unprofiled run, one after the other, without data transfers.
class Inferences {
 public:
  // `count` 0: as many as trtexec does in its 3 seconds.
  Inferences(double latency_ms, std::int64_t count, Random random);

  struct Record {
    double start_enqueue_ms, end_enqueue_ms, start_compute_ms, end_compute_ms, compute_ms;
  };
  std::int64_t count() const { return static_cast<std::int64_t>(compute_ms_.size()); }
  // In order, the times since the process started; `visit` takes a Record.
  template <class Visitor>
  void each(Visitor visit) const {
    double start_ms = warm_up_ms;
    for (std::size_t i = 0; i < compute_ms_.size(); ++i) {
      // A captured graph is enqueued one inference ahead.
      const double enqueue_ms = start_ms - 0.5 * compute_ms_[i];
      visit(Record{enqueue_ms, enqueue_ms + enqueue_ms_[i], start_ms, start_ms + compute_ms_[i],
                   compute_ms_[i]});
      start_ms += compute_ms_[i] + gap_ms;
    }
  }

  Statistics compute() const { return statistics(compute_ms_); }
  Statistics enqueue() const { return statistics(enqueue_ms_); }
  const std::vector<double>& compute_times_ms() const { return compute_ms_; }
  double wall_s() const;
  std::int64_t warm_up_count() const;

  static constexpr double warm_up_ms = 200, duration_ms = 3000;
  static constexpr double gap_ms = 0.0078125;  // between two graph launches

 private:
  std::vector<double> compute_ms_, enqueue_ms_;
};

// The second run, with an event between any two layers: each layer takes a little longer.
struct LayerTimes {
  double total_ms = 0, mean_ms = 0, median_ms = 0;
};
// How often the engine runs in the profiled run: warm-up and duration, as trtexec counts it.
std::int64_t profiled_count(double layers_us, std::size_t layers);
LayerTimes profiled(double time_us, std::int64_t count, Random& random);

}  // namespace trex::sample

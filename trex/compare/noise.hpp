// Latencies as a GPU gives them, for tests: noise that remembers, a long tail, a drift.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

#include "trex/base/random.hpp"

namespace trex::compare {

struct Noise {
  double spread = 0.01;      // standard deviation, as a fraction of the median
  double memory = 0;         // correlation of neighbours (an autoregressive process)
  double outlier_share = 0;  // of the records, each 5 to 50 % slower
  double drift = 0;          // from the first record to the last, as a fraction
  double run_spread = 0;     // of whole runs: clocks, temperature
};

inline std::vector<double> noisy_run(Random& random, double median_ms, std::size_t count,
                                     const Noise& noise) {
  std::vector<double> values;
  values.reserve(count);
  const double own = std::sqrt(1 - noise.memory * noise.memory);
  const double run = 1 + noise.run_spread * random.bell();
  double state = random.bell();
  for (std::size_t i = 0; i < count; ++i) {
    state = noise.memory * state + own * random.bell();
    double value = median_ms * run * (1 + noise.spread * state);
    value *= 1 + noise.drift * static_cast<double>(i) / static_cast<double>(count);
    if (random.uniform() < noise.outlier_share) value *= 1.05 + 0.45 * random.uniform();
    values.push_back(value);
  }
  return values;
}

}  // namespace trex::compare

// Figures of timing columns for the evidence rules.

// SPDX-License-Identifier: Apache-2.0
#include "trex/lint/timing_figures.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace trex::lint {

std::vector<double> known_values(const Engine& engine, Key<double> column) {
  std::vector<double> known;
  if (!engine.timing.has(column)) return known;
  for (const double value : engine.timing[column].values()) {
    if (std::isfinite(value)) known.push_back(value);
  }
  return known;
}

std::optional<double> mean_of(const Engine& engine, Key<double> column) {
  const std::vector<double> values = known_values(engine, column);
  if (values.empty()) return std::nullopt;
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

std::optional<double> median_of(const Engine& engine, Key<double> column) {
  const std::vector<double> values = known_values(engine, column);
  if (values.empty()) return std::nullopt;
  return median_of(std::span(values));
}

double median_of(std::span<const double> values) {
  if (values.empty()) return 0;
  std::vector<double> copy(values.begin(), values.end());
  const auto middle = copy.begin() + static_cast<std::ptrdiff_t>(copy.size() / 2);
  std::nth_element(copy.begin(), middle, copy.end());
  return *middle;
}

double variation_of(std::span<const double> values) {
  // Welford: one pass, no cancellation.
  double count = 0, mean = 0, squares = 0;
  for (const double value : values) {
    count += 1;
    const double delta = value - mean;
    mean += delta / count;
    squares += delta * (value - mean);
  }
  return count > 1 && mean > 0 ? std::sqrt(squares / (count - 1)) / mean : 0;
}

}  // namespace trex::lint

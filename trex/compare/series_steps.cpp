// Seeded binary segmentation of a series (Kovacs, Buehlmann, Li and Munk 2023).
//
// Cutting the whole series in two misses a bump: a regression that was repaired a week later leaves
// two means that hardly differ. So the best cut is looked for in intervals of lengths n, n/sqrt(2),
// n/2 ..., which overlap by half or more; they hold n log n values altogether.

// SPDX-License-Identifier: Apache-2.0
#include "trex/compare/series_steps.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace trex::compare {
namespace {

constexpr std::size_t shortest_interval = 4;
constexpr double spike_distance = 5;

// Calls visit(first, last) for every seeded interval of n values.
template <class Visit>
void visit_intervals(std::size_t n, Visit visit) {
  const auto all = static_cast<double>(n);
  double shrink = 1;
  for (double length = all; length >= static_cast<double>(shortest_interval);
       length /= std::sqrt(2.0), shrink *= std::sqrt(2.0)) {
    const double count = 2 * std::ceil(shrink - 1e-9) - 1;
    const double shift = count > 1 ? (all - length) / (count - 1) : 0;
    for (double i = 0; i < count; ++i) {
      const auto first = static_cast<std::size_t>(std::floor(i * shift + 1e-9));
      const auto last = static_cast<std::size_t>(std::ceil(i * shift + length - 1e-9));
      visit(first, std::min(last, n));
    }
  }
}

}  // namespace

SeriesSteps::SeriesSteps(std::span<const double> values, double noise) : noise_(noise) {
  sums_.reserve(values.size() + 1);
  sums_.push_back(0);
  for (const double value : values) sums_.push_back(sums_.back() + (value - values[0]));
}

SeriesStep SeriesSteps::best(std::size_t first, std::size_t last, std::size_t least) const {
  SeriesStep best;
  const std::size_t after = last == size() ? 1 : least;
  const auto n = static_cast<double>(last - first);
  const double sum = sums_[last] - sums_[first];
  for (std::size_t at = first + least; at + after <= last; ++at) {
    const auto left = static_cast<double>(at - first), right = n - left;
    const double part = sums_[at] - sums_[first];
    // | part / left - (sum - part) / right | / sqrt(1 / left + 1 / right)
    const double step = std::abs(part * n - sum * left) / std::sqrt(left * right * n) / noise_;
    if (step > best.size) best = {at, step};
  }
  return best;
}

double SeriesSteps::largest() const {
  double result = 0;
  visit_intervals(size(), [&](std::size_t first, std::size_t last) {
    result = std::max(result, best(first, last).size);
  });
  return result;
}

// The best cut near each of `places`, ascending, between its neighbours.
std::vector<SeriesStep> SeriesSteps::between(const std::vector<std::size_t>& places) const {
  std::vector<SeriesStep> steps;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const std::size_t first = i == 0 ? 0 : places[i - 1];
    const std::size_t last = i + 1 < places.size() ? places[i + 1] : size();
    steps.push_back(best(first, last));
  }
  return steps;
}

std::vector<SeriesStep> SeriesSteps::cuts(const std::function<bool(double)>& is_real) const {
  struct Found {
    SeriesStep step;
    std::size_t first, last;
  };
  std::vector<Found> found;
  visit_intervals(size(), [&](std::size_t first, std::size_t last) {
    const SeriesStep step = best(first, last);
    if (step.size > 0 && is_real(step.size)) found.push_back({step, first, last});
  });
  std::stable_sort(found.begin(), found.end(),
                   [](const Found& a, const Found& b) { return a.step.size > b.step.size; });
  std::vector<std::size_t> places;  // ascending
  for (const Found& one : found) {
    const auto at = std::lower_bound(places.begin(), places.end(), one.first + 1);
    if (at != places.end() && *at < one.last) continue;
    places.insert(std::lower_bound(places.begin(), places.end(), one.step.at), one.step.at);
  }
  // Moving a cut may leave another without reason; each round drops some, or is the last.
  for (;;) {
    std::vector<SeriesStep> steps = between(places);
    std::vector<std::size_t> kept;
    std::vector<SeriesStep> real;
    for (const SeriesStep& step : steps) {
      if (step.size <= 0 || !is_real(step.size)) continue;
      if (!kept.empty() && kept.back() >= step.at) continue;
      kept.push_back(step.at);
      real.push_back(step);
    }
    if (kept == places || kept.size() == places.size()) return real;
    places = std::move(kept);
  }
}

double neighbour_noise(std::span<const double> values) {
  std::vector<double> distances;
  for (std::size_t i = 1; i < values.size(); ++i) {
    distances.push_back(std::abs(values[i] - values[i - 1]));
  }
  if (distances.empty()) return 0;
  const auto middle = distances.begin() + static_cast<std::ptrdiff_t>(distances.size() / 2);
  std::nth_element(distances.begin(), middle, distances.end());
  // Of a normal distribution the median distance from 0 is 0.6745 deviations, and a difference of
  // two values varies sqrt(2) times as much as one.
  return *middle / 0.6744897501960817 / std::sqrt(2.0);
}

std::vector<std::size_t> remove_spikes(std::vector<double>& values, double noise) {
  std::vector<std::size_t> spikes;
  const std::vector<double> given = values;
  for (std::size_t i = 1; i + 1 < given.size(); ++i) {
    const auto [low, high] = std::minmax(given[i - 1], given[i + 1]);
    const double limit = spike_distance * noise;
    if (given[i] - high <= limit && low - given[i] <= limit) continue;
    values[i] = given[i] > high ? high : low;
    spikes.push_back(i);
  }
  return spikes;
}

}  // namespace trex::compare

// The steps of a series of numbers: where it is cut best, against how much noise.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

namespace trex::compare {

struct SeriesStep {
  std::size_t at = 0;  // the first value after it
  double size = 0;     // difference of the two means in standard errors, never negative
};

class SeriesSteps {
 public:
  // `noise` > 0: standard deviation of one value.
  SeriesSteps(std::span<const double> values, double noise);

  std::size_t size() const { return sums_.size() - 1; }
  // The best cut of [first, last) with `least` values or more on either side; at the end of the
  // whole series one value after the cut is enough, for news comes in there. Size 0 where there is
  // no place to cut.
  SeriesStep best(std::size_t first, std::size_t last, std::size_t least = 2) const;
  // The size of the largest step of all intervals that `cuts` looks at.
  double largest() const;
  // Cuts whose size passes `is_real`, ascending. The largest first; each takes the place of others
  // of intervals that hold it, then moves to the best cut between its neighbours.
  std::vector<SeriesStep> cuts(const std::function<bool(double)>& is_real) const;

 private:
  std::vector<SeriesStep> between(const std::vector<std::size_t>& places) const;
  double noise_;
  std::vector<double> sums_;  // of the first i values, each less the first value
};

// Standard deviation of one value: from the median distance of one value to the next, blind to
// steps and to spikes. 0 for fewer than two values.
double neighbour_noise(std::span<const double> values);
// Values further than 5 `noise` from both neighbours, on the same side, get the nearer neighbour's
// value: one slow run is no level. Says which.
std::vector<std::size_t> remove_spikes(std::vector<double>& values, double noise);

}  // namespace trex::compare

// Does a run have two speeds? Peaks of the histogram of its latencies.
//
// A GPU that changes its clock halfway, or shares its memory with another process, gives two
// separate peaks; a median between them describes neither. Bins follow Freedman and Diaconis
// (1981), with the spread of the densest quarter instead of the quartiles, which lie in two peaks
// where there are two; and they are never finer than three ticks of the clock that the file was
// written with.

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <numeric>

#include "trex/compare/statistics.hpp"
#include "trex/table/table.hpp"

namespace trex::compare {
namespace {

constexpr std::size_t most_bins = 128, least_bins = 8, most_modes = 4;
constexpr std::size_t enough_records = 50;
constexpr double least_share = 0.05;  // of the records, on either side of a valley
constexpr double valley_depth = 0.5;  // of the lower of the two peaks
constexpr int smoothing_passes = 2;

// The usual step from one distinct value to the next; 0 where values hardly repeat.
double tick_of(std::span<const double> sorted) {
  std::vector<double> steps;
  for (std::size_t i = 1; i < sorted.size(); ++i) {
    if (sorted[i] > sorted[i - 1]) steps.push_back(sorted[i] - sorted[i - 1]);
  }
  if (steps.empty() || steps.size() > sorted.size() / 2) return 0;
  const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
  std::nth_element(steps.begin(), middle, steps.end());
  return *middle;
}

// What the distance of the quartiles would be if all were as dense as the densest quarter: a normal
// distribution has 1.349 deviations between its quartiles and 0.637 around its middle quarter.
double local_quartiles(std::span<const double> sorted) {
  const std::size_t quarter = sorted.size() / 4;
  double least = sorted.back() - sorted.front();
  for (std::size_t i = 0; i + quarter < sorted.size(); ++i) {
    least = std::min(least, sorted[i + quarter] - sorted[i]);
  }
  return least * (1.349 / 0.637);
}

struct Histogram {
  double start = 0, width = 0;
  std::vector<double> counts;
};

Histogram histogram_of(std::span<const double> sorted) {
  const auto n = static_cast<double>(sorted.size());
  // Without the outer percent on either side: outliers are no modes.
  const double low = percentile_linear(sorted, 1), high = percentile_linear(sorted, 99);
  Histogram histogram{low, 0, {}};
  if (!(high > low)) return histogram;
  const double width = std::max({2 * local_quartiles(sorted) / std::cbrt(n), 3 * tick_of(sorted),
                                 (high - low) / static_cast<double>(most_bins)});
  const auto bins = static_cast<std::size_t>(std::ceil((high - low) / width));
  if (bins < least_bins) return histogram;
  histogram.width = (high - low) / static_cast<double>(bins);
  histogram.counts.resize(bins);
  for (const double value : sorted) {
    const double place = (value - low) / histogram.width;
    if (place < 0 || place >= static_cast<double>(bins)) continue;
    ++histogram.counts[static_cast<std::size_t>(place)];
  }
  return histogram;
}

void smooth(std::vector<double>& counts) {
  for (int pass = 0; pass < smoothing_passes; ++pass) {
    double before = counts[0];
    for (std::size_t i = 0; i < counts.size(); ++i) {
      const double after = i + 1 < counts.size() ? counts[i + 1] : counts[i];
      const double here = counts[i];
      counts[i] = (before + 2 * here + after) / 4;
      before = here;
    }
  }
}

// The deepest valley among the bins [first, last): its bin, or `last` when none is deep enough.
std::size_t valley_in(const std::vector<double>& counts, std::size_t first, std::size_t last,
                      double least_mass) {
  const auto at = [&](std::size_t i) { return counts.begin() + static_cast<std::ptrdiff_t>(i); };
  double mass = 0, all = std::accumulate(at(first), at(last), 0.0), best = valley_depth;
  std::size_t result = last;
  for (std::size_t i = first + 1; i + 1 < last; ++i) {
    mass += counts[i - 1];
    if (mass < least_mass || all - mass - counts[i] < least_mass) continue;
    const double peak =
        std::min(*std::max_element(at(first), at(i)), *std::max_element(at(i + 1), at(last)));
    // Deep, and deeper than the chance of counting makes it.
    const bool by_chance = peak - counts[i] < 3 * std::sqrt(peak);
    if (!(peak > 0) || by_chance || counts[i] / peak >= best) continue;
    best = counts[i] / peak;
    result = i;
  }
  return result;
}

// Bins at which to cut, ascending.
std::vector<std::size_t> cuts_of(const std::vector<double>& counts) {
  const double least_mass = least_share * std::accumulate(counts.begin(), counts.end(), 0.0);
  std::vector<std::size_t> ends{0, counts.size()};
  for (std::size_t i = 0; i + 1 < ends.size() && ends.size() <= most_modes;) {
    const std::size_t valley = valley_in(counts, ends[i], ends[i + 1], least_mass);
    if (valley == ends[i + 1]) {
      ++i;
    } else {
      ends.insert(ends.begin() + static_cast<std::ptrdiff_t>(i) + 1, valley);
    }
  }
  return {ends.begin() + 1, ends.end() - 1};
}

}  // namespace

std::vector<Mode> modes_of(const Sample& sample) {
  if (sample.sorted.size() < enough_records) return {};
  Histogram histogram = histogram_of(sample.sorted);
  if (histogram.counts.empty()) return {};
  smooth(histogram.counts);
  const std::vector<std::size_t> cuts = cuts_of(histogram.counts);
  if (cuts.empty()) return {};
  std::vector<Mode> modes;
  auto from = sample.sorted.begin();
  for (std::size_t i = 0; i <= cuts.size(); ++i) {
    const double end =
        i < cuts.size() ? histogram.start + histogram.width * (static_cast<double>(cuts[i]) + 0.5)
                        : sample.sorted.back();
    const auto to =
        i < cuts.size() ? std::lower_bound(from, sample.sorted.end(), end) : sample.sorted.end();
    if (to == from) continue;
    const auto count = to - from;
    modes.push_back({*(from + count / 2),
                     static_cast<double>(count) / static_cast<double>(sample.sorted.size())});
    from = to;
  }
  return modes;
}

}  // namespace trex::compare

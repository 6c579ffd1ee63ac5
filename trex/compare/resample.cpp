// The block bootstrap of a quantile, and what it says of a change.
//
// A resample's quantile needs no resample: how many of its records lie below a threshold is the sum
// over its blocks of a count that is known beforehand, so the quantile is found by bisection over a
// few dozen thresholds around it. A million records with 2 000 resamples cost one pass and a few
// million additions instead of two billion copies.

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <numeric>

#include "trex/base/random.hpp"
#include "trex/compare/distributions.hpp"
#include "trex/compare/statistics.hpp"
#include "trex/table/table.hpp"

namespace trex::compare {
namespace {

constexpr std::uint64_t seed = 2026;
constexpr std::size_t threshold_count = 64;
constexpr std::size_t most_blocks = 1024;
constexpr double significance = 2 * one_sided_error;
// Thresholds reach so many standard errors to either side: no resample gets there.
constexpr double reach = 8;

std::size_t block_count(const Sample& sample) {
  const std::size_t length = std::max<std::size_t>(sample.block_length, 1);
  return std::min(std::max<std::size_t>(sample.values.size() / length, 1), most_blocks);
}

// Values around the quantile, ascending and distinct.
std::vector<double> thresholds_around(const Sample& sample, double quantile) {
  const auto n = static_cast<double>(sample.sorted.size());
  const double error = std::sqrt(std::max(quantile * (1 - quantile), 1 / n) /
                                 std::max(sample.effective_count(), 1.0));
  const double from = std::clamp(quantile - reach * error, 0.0, 1.0) * (n - 1);
  const double to = std::clamp(quantile + reach * error, 0.0, 1.0) * (n - 1);
  std::vector<double> thresholds;
  for (std::size_t i = 0; i < threshold_count; ++i) {
    const double rank = from + (to - from) * static_cast<double>(i) / (threshold_count - 1);
    thresholds.push_back(sample.sorted[static_cast<std::size_t>(std::lround(rank))]);
  }
  thresholds.erase(std::unique(thresholds.begin(), thresholds.end()), thresholds.end());
  return thresholds;
}

// Of each block, how many records lie at or below each threshold: a run of blocks a threshold.
struct Counts {
  std::vector<double> thresholds;
  std::vector<std::uint32_t> at_or_below, sizes;
  std::size_t blocks = 0;
};

Counts count_blocks(const Sample& sample, double quantile) {
  Counts counts;
  counts.thresholds = thresholds_around(sample, quantile);
  counts.blocks = block_count(sample);
  const std::size_t width = counts.thresholds.size(), n = sample.values.size();
  counts.at_or_below.resize(width * counts.blocks);
  for (std::size_t block = 0; block < counts.blocks; ++block) {
    const std::size_t first = block * n / counts.blocks, last = (block + 1) * n / counts.blocks;
    for (std::size_t i = first; i < last; ++i) {
      const auto at =
          std::lower_bound(counts.thresholds.begin(), counts.thresholds.end(), sample.values[i]);
      if (at == counts.thresholds.end()) continue;
      const auto threshold = static_cast<std::size_t>(at - counts.thresholds.begin());
      ++counts.at_or_below[threshold * counts.blocks + block];
    }
    for (std::size_t t = 1; t < width; ++t) {
      counts.at_or_below[t * counts.blocks + block] +=
          counts.at_or_below[(t - 1) * counts.blocks + block];
    }
    counts.sizes.push_back(static_cast<std::uint32_t>(last - first));
  }
  return counts;
}

std::uint64_t sum_of(const std::uint32_t* values, const std::vector<std::uint32_t>& chosen) {
  std::uint64_t sum = 0;
  const std::uint32_t* end = chosen.data() + chosen.size();
  for (const std::uint32_t* block = chosen.data(); block != end; ++block) sum += values[*block];
  return sum;
}

std::uint64_t sum_at(const Counts& counts, const std::vector<std::uint32_t>& chosen,
                     std::size_t threshold) {
  return sum_of(counts.at_or_below.data() + threshold * counts.blocks, chosen);
}

// Between the last threshold below the quantile and the first at it, by how much is missing.
double quantile_of(const Counts& counts, const std::vector<std::uint32_t>& chosen,
                   double quantile) {
  const double wanted = quantile * static_cast<double>(sum_of(counts.sizes.data(), chosen));
  std::size_t low = 0, high = counts.thresholds.size() - 1;
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (static_cast<double>(sum_at(counts, chosen, middle)) >= wanted) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  if (low == 0) return counts.thresholds[0];
  const auto above = static_cast<double>(sum_at(counts, chosen, low));
  const auto below = static_cast<double>(sum_at(counts, chosen, low - 1));
  if (!(above > below)) return counts.thresholds[low];
  const double part = std::clamp((wanted - below) / (above - below), 0.0, 1.0);
  return counts.thresholds[low - 1] + part * (counts.thresholds[low] - counts.thresholds[low - 1]);
}

double empirical_quantile(const Sample& sample, double quantile) {
  return percentile_linear(sample.sorted, 100 * quantile);
}

}  // namespace

std::vector<double> resampled_quantiles(const Sample& sample, double quantile,
                                        std::size_t replicates, std::string_view stream) {
  if (sample.values.size() < least_records) return {};
  const Counts counts = count_blocks(sample, quantile);
  Random random(seed, stream);
  std::vector<std::uint32_t> chosen(counts.blocks);
  std::vector<double> result;
  result.reserve(replicates);
  for (std::size_t i = 0; i < replicates; ++i) {
    for (std::uint32_t& block : chosen) {
      block = static_cast<std::uint32_t>(random.next() % counts.blocks);
    }
    result.push_back(quantile_of(counts, chosen, quantile));
  }
  // Around what the sample itself says, not around what lies between thresholds: a coarse clock
  // gives long runs of equal values.
  std::iota(chosen.begin(), chosen.end(), 0u);
  const double between = quantile_of(counts, chosen, quantile);
  const double center = empirical_quantile(sample, quantile);
  for (double& value : result) value = center + (value - between) * sample.shortfall;
  return result;
}

Interval interval_of(std::vector<double> drawn, std::size_t blocks) {
  if (drawn.empty() || blocks < 2) return {};
  std::sort(drawn.begin(), drawn.end());
  const auto m = static_cast<double>(std::min(blocks, most_blocks));
  const double t = student_t_quantile(1 - one_sided_error, m - 1);
  const double tail = normal_cdf(-t * std::sqrt(m / (m - 1)));
  return {percentile_linear(drawn, 100 * tail), percentile_linear(drawn, 100 * (1 - tail))};
}

Interval quantile_interval(const Sample& sample, double quantile, std::size_t replicates) {
  return interval_of(resampled_quantiles(sample, quantile, replicates, "a"), block_count(sample));
}

Change change_of(const Sample& a, const Sample& b, double quantile) {
  Change change;
  if (a.sorted.empty() || b.sorted.empty()) return change;
  const double before = empirical_quantile(a, quantile), after = empirical_quantile(b, quantile);
  if (before > 0) change.ratio = after / before - 1;
  change.ranks = rank_test(a.sorted, b.sorted, a.effective_count(), b.effective_count());
  std::vector<double> drawn_a = resampled_quantiles(a, quantile, usual_replicates, "a");
  const std::vector<double> drawn_b = resampled_quantiles(b, quantile, usual_replicates, "b");
  if (drawn_a.empty() || drawn_b.empty() || std::isnan(change.ratio)) return change;
  for (std::size_t i = 0; i < drawn_a.size(); ++i) {
    drawn_a[i] = drawn_a[i] > 0 ? drawn_b[i] / drawn_a[i] - 1 : change.ratio;
  }
  change.interval = interval_of(std::move(drawn_a), std::min(block_count(a), block_count(b)));
  // The ranks are about the middle: a tail may move alone.
  const bool moved = change.interval.low > 0 || change.interval.high < 0;
  change.significant = moved && (quantile != 0.5 || change.ranks.p < significance);
  return change;
}

RankTest rank_test(std::span<const double> a, std::span<const double> b, double effective_a,
                   double effective_b) {
  RankTest test;
  if (a.empty() || b.empty()) return test;
  const auto m = static_cast<double>(a.size()), n = static_cast<double>(b.size());
  // Pairs in which b is above a, and half of those where they are equal; by merging.
  double above = 0, ties = 0;
  std::size_t i = 0, j = 0;
  while (i < a.size() || j < b.size()) {
    const double value = j == b.size() || (i < a.size() && a[i] <= b[j]) ? a[i] : b[j];
    const std::size_t before_i = i, before_j = j;
    while (i < a.size() && a[i] == value) ++i;
    while (j < b.size() && b[j] == value) ++j;
    const auto from_a = static_cast<double>(i - before_i),
               from_b = static_cast<double>(j - before_j);
    above += from_b * (static_cast<double>(before_i) + from_a / 2);
    const double together = from_a + from_b;
    ties += together * together * together - together;
  }
  test.superiority = above / (m * n);
  // Var(U / mn) = (1 / 12) (1 / m + 1 / n + 1 / mn) for independent records, less what ties take.
  const double total = m + n;
  const double tied = ties / (total * (total * total - 1));
  const double variance = (1 / effective_a + 1 / effective_b + 1 / (effective_a * effective_b)) /
                          12 * std::max(1 - tied, 0.0);
  if (!(variance > 0)) {  // all values equal
    test.z = 0;
    test.p = 1;
    return test;
  }
  test.z = (test.superiority - 0.5) / std::sqrt(variance);
  test.p = 2 * normal_cdf(-std::abs(test.z));
  return test;
}

}  // namespace trex::compare

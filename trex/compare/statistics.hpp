// Is a change of latency real, or noise? Statistics of timed inferences, one run or two.
//
// Records of one run are not independent: clocks drift, a slow inference is followed by another.
// So the correlation time is measured, and every interval and test counts blocks of records, not
// records. Everything is linear but one sort, and the same input gives the same figures: resampling
// draws from a fixed seed. What one run cannot tell is how much the next run differs (clocks,
// temperature, another process): that is what a gate's tolerance is for.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "trex/table/column.hpp"

namespace trex::compare {

struct Interval {
  double low = null_real, high = null_real;
  bool known() const { return low <= high; }  // false for NaN
};

// Half of 99 %: an interval leaves out so much on either side.
inline constexpr double one_sided_error = 0.005;
// Fewer records or blocks than these say nothing of noise.
inline constexpr std::size_t least_records = 16;

// One run's latencies, ready for questions.
struct Sample {
  std::vector<double> values;  // in the order of time; finite
  std::vector<double> sorted;
  // Records that count as one independent record: how much more the mean of a block varies than
  // it would for independent ones, at least 1. By blocking (Flyvbjerg and Petersen 1989): the
  // largest ratio over blocks of 1, 2, 4 ... records while there are 16 blocks.
  double correlation_time = 1;
  std::size_t block_length = 1;  // of the bootstrap
  // Blocks are finite, so they miss part of the correlation: by so much resamples spread too
  // little.
  double shortfall = 1;
  double effective_count() const { return static_cast<double>(sorted.size()) / correlation_time; }
};
Sample make_sample(std::span<const double> values);  // what is not finite is left out

// The first quarter of a run against its last.
struct Drift {
  double change = null_real;  // of the median, as a fraction of the first quarter's
  double p = null_real;       // rank test, two-sided, by effective records
  bool significant = false;   // p below 1 % and a change of at least 0.5 %
};

struct Mode {
  double center_ms = 0;
  double share = 0;  // of the records
};

struct SampleFigures {
  std::size_t count = 0;
  double median = null_real, p90 = null_real, p95 = null_real, p99 = null_real, mean = null_real,
         min = null_real, max = null_real;
  double deviation = null_real;        // standard, n - 1
  double quartile_spread = null_real;  // (p75 - p25) / median: blind to outliers
  double correlation_time = 1;
  Interval median_interval;  // 99 %
  Drift drift;
  std::vector<Mode> modes;  // two or more where the distribution has separate peaks; else empty
};
SampleFigures sample_figures(const Sample& sample);

Drift drift_of(const Sample& sample);
// Peaks of a histogram with at least 5 % of the records on either side of a valley that is lower
// than half the lower peak. At most 4, by place. Ticks of a coarse clock are no modes.
std::vector<Mode> modes_of(const Sample& sample);

// Medians (or another quantile, 0 to 1) of `replicates` resamples of the run's blocks (Carlstein
// 1986: blocks that do not overlap), in the order drawn. `stream` names the sequence of random
// numbers: two samples that are compared need different ones. Empty below `least_records`.
std::vector<double> resampled_quantiles(const Sample& sample, double quantile,
                                        std::size_t replicates, std::string_view stream);
inline constexpr std::size_t usual_replicates = 2000;
// The central 99 % of drawn values. Percentiles of a bootstrap are too narrow where there are few
// blocks, so they are taken further out, by Student's t (Hesterberg 2015, "expanded percentiles").
Interval interval_of(std::vector<double> drawn, std::size_t blocks);
Interval quantile_interval(const Sample& sample, double quantile,
                           std::size_t replicates = usual_replicates);

// Mann-Whitney's rank test, ties shared.
struct RankTest {
  double superiority = null_real;  // P(b > a) + P(b = a) / 2: the effect size; 0.5 is no effect
  double z = null_real;
  double p = null_real;  // two-sided, normal approximation with correction for ties
};
// Of ascending values. `effective_*`: how many independent records each counts for; without
// correlation the number of values.
RankTest rank_test(std::span<const double> a, std::span<const double> b, double effective_a,
                   double effective_b);

// From a to b.
struct Change {
  double ratio = null_real;  // median of b / median of a - 1
  Interval interval;         // of ratio, 99 %
  RankTest ranks;
  // The interval leaves out 0 and, of the median, the rank test says p < 1 %; nothing where records
  // are too few.
  std::optional<bool> significant;
};
// Of a quantile, usually the median.
Change change_of(const Sample& a, const Sample& b, double quantile = 0.5);

// Means of repeated measurements (one a profile) of the same thing, two sides: Welch's t.
struct RepeatedChange {
  double delta = null_real;  // mean of b - mean of a
  Interval interval;         // of delta, 95 %
  double p = null_real;      // two-sided; unknown with less than two on either side
};
RepeatedChange repeated_change(std::span<const double> a, std::span<const double> b);

// Benjamini and Hochberg (1995): which of many tests hold when at most a part `rate` of those that
// are said to hold may be false. Unknown p values hold for none and count as no test.
std::vector<bool> discoveries(std::span<const double> p, double rate);

}  // namespace trex::compare

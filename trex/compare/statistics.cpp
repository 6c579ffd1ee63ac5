// One run's latencies: correlation time, figures, drift; and tests of repeated measurements.

// SPDX-License-Identifier: Apache-2.0
#include "trex/compare/statistics.hpp"

#include <algorithm>
#include <cmath>

#include "trex/analyze/summary.hpp"
#include "trex/compare/distributions.hpp"

namespace trex::compare {
namespace {

constexpr std::size_t least_blocks = 16;
constexpr double drift_error = 0.01;
constexpr double least_drift = 0.005;  // smaller ones are real in long runs, and harmless

double mean_of(std::span<const double> values) {
  // Around the first value: a sum of millions of equal numbers stays exact.
  if (values.empty()) return null_real;
  double sum = 0;
  for (const double value : values) sum += value - values[0];
  return values[0] + sum / static_cast<double>(values.size());
}

double variance_of(std::span<const double> values) {
  if (values.size() < 2) return null_real;
  const double mean = mean_of(values);
  double sum = 0;
  for (const double value : values) sum += (value - mean) * (value - mean);
  return sum / static_cast<double>(values.size() - 1);
}

// Sets how long records are like their neighbours. Outliers are pulled in, so that one stall of a
// second does not decide.
void measure_correlation(Sample& sample) {
  const std::size_t n = sample.sorted.size();
  if (n < 2 * least_blocks) return;
  const double low = trtexec_percentile(sample.sorted, 2.5);
  const double high = trtexec_percentile(sample.sorted, 97.5);
  std::vector<double> means;
  means.reserve(n);
  for (const double value : sample.values) means.push_back(std::clamp(value, low, high));
  const double variance = variance_of(means);
  if (!(variance > 0)) return;
  std::vector<double> ratios;
  for (std::size_t length = 1; n / length >= least_blocks; length *= 2) {
    ratios.push_back(variance_of(means) * static_cast<double>(length) / variance);
    for (std::size_t i = 0; i + 1 < means.size(); i += 2) {
      means[i / 2] = means[i] / 2 + means[i + 1] / 2;
    }
    means.resize(means.size() / 2);
  }
  sample.correlation_time = std::max(1.0, *std::max_element(ratios.begin(), ratios.end()));
  // The shortest blocks that hold most of the correlation, and no shorter than n^(1/3), the order
  // that is best for a variance (Hall, Horowitz and Jing 1995).
  std::size_t level = 0;
  while (ratios[level] < 0.8 * sample.correlation_time && level + 1 < ratios.size()) ++level;
  const auto least = static_cast<std::size_t>(std::ceil(std::cbrt(static_cast<double>(n))));
  sample.block_length = std::min(std::max(std::size_t{1} << level, least), n / least_blocks);
  while (level + 1 < ratios.size() && std::size_t{2} << level <= sample.block_length) ++level;
  sample.shortfall = std::sqrt(sample.correlation_time / std::max(ratios[level], 1e-3));
}

double median_of(std::span<const double> sorted) {
  if (sorted.empty()) return null_real;
  const std::size_t n = sorted.size();
  return sorted[(n - 1) / 2] / 2 + sorted[n / 2] / 2;
}

}  // namespace

Sample make_sample(std::span<const double> values) {
  Sample sample;
  sample.values.reserve(values.size());
  for (const double value : values) {
    if (std::isfinite(value)) sample.values.push_back(value);
  }
  sample.sorted = sample.values;
  std::sort(sample.sorted.begin(), sample.sorted.end());
  measure_correlation(sample);
  return sample;
}

Drift drift_of(const Sample& sample) {
  Drift drift;
  const std::size_t quarter = sample.values.size() / 4;
  if (quarter < least_records) return drift;
  std::vector<double> first(sample.values.begin(),
                            sample.values.begin() + static_cast<std::ptrdiff_t>(quarter));
  std::vector<double> last(sample.values.end() - static_cast<std::ptrdiff_t>(quarter),
                           sample.values.end());
  std::sort(first.begin(), first.end());
  std::sort(last.begin(), last.end());
  if (!(median_of(first) > 0)) return drift;
  drift.change = median_of(last) / median_of(first) - 1;
  // A drift is itself correlation: what the quarters hold without it is the fair measure.
  const Sample quarters[] = {
      make_sample(std::span(sample.values).first(quarter)),
      make_sample(std::span(sample.values).last(quarter)),
  };
  drift.p = rank_test(first, last, quarters[0].effective_count(), quarters[1].effective_count()).p;
  drift.significant = drift.p < drift_error && std::abs(drift.change) >= least_drift;
  return drift;
}

SampleFigures sample_figures(const Sample& sample) {
  SampleFigures figures;
  const std::vector<double>& sorted = sample.sorted;
  figures.count = sorted.size();
  if (sorted.empty()) return figures;
  figures.median = median_of(sorted);
  figures.p90 = trtexec_percentile(sorted, 90);
  figures.p95 = trtexec_percentile(sorted, 95);
  figures.p99 = trtexec_percentile(sorted, 99);
  figures.mean = mean_of(sorted);
  figures.min = sorted.front();
  figures.max = sorted.back();
  figures.deviation = std::sqrt(variance_of(sorted));
  if (figures.median > 0) {
    figures.quartile_spread =
        (percentile_linear(sorted, 75) - percentile_linear(sorted, 25)) / figures.median;
  }
  figures.correlation_time = sample.correlation_time;
  figures.median_interval = quantile_interval(sample, 0.5);
  figures.drift = drift_of(sample);
  figures.modes = modes_of(sample);
  return figures;
}

RepeatedChange repeated_change(std::span<const double> a, std::span<const double> b) {
  RepeatedChange change;
  if (a.empty() || b.empty()) return change;
  change.delta = mean_of(b) - mean_of(a);
  if (a.size() < 2 || b.size() < 2) return change;
  const double part_a = variance_of(a) / static_cast<double>(a.size());
  const double part_b = variance_of(b) / static_cast<double>(b.size());
  const double error = std::sqrt(part_a + part_b);
  if (!(error > 0)) {  // no noise at all: any difference is one
    change.interval = {change.delta, change.delta};
    change.p = change.delta == 0 ? 1 : 0;
    return change;
  }
  // Welch and Satterthwaite.
  const double degrees = (part_a + part_b) * (part_a + part_b) /
                         (part_a * part_a / static_cast<double>(a.size() - 1) +
                          part_b * part_b / static_cast<double>(b.size() - 1));
  const double reach = student_t_quantile(0.975, degrees) * error;
  change.interval = {change.delta - reach, change.delta + reach};
  change.p = 2 * student_t_cdf(-std::abs(change.delta) / error, degrees);
  return change;
}

std::vector<bool> discoveries(std::span<const double> p, double rate) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < p.size(); ++i) {
    if (!std::isnan(p[i])) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t x, std::size_t y) { return p[x] < p[y]; });
  std::size_t holding = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const double allowed = rate * static_cast<double>(i + 1) / static_cast<double>(order.size());
    if (p[order[i]] <= allowed) holding = i + 1;
  }
  std::vector<bool> result(p.size());
  for (std::size_t i = 0; i < holding; ++i) result[order[i]] = true;
  return result;
}

}  // namespace trex::compare

// Change points: the series against the noise between engines, or records against records.
//
// The null distribution is simulated for the very procedure: the same noise estimate, spikes and
// intervals, on noise with heavier tails than a bell (Tukey's contaminated normal: one value in ten
// is twice as wide), so that runs on a busy machine do not pass for changes.

// SPDX-License-Identifier: Apache-2.0
#include "trex/compare/change_points.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "trex/base/random.hpp"
#include "trex/compare/distributions.hpp"
#include "trex/compare/series_steps.hpp"

namespace trex::compare {
namespace {

constexpr std::uint64_t null_seed = 2026;
// No two engines agree better than that, whatever a few equal medians say: trtexec's clock ticks.
constexpr double least_noise = 0.0005;
constexpr std::size_t longest_simulated = 1024;
// Runs nearest to a change that are pooled for the rank test.
constexpr std::size_t most_pooled_runs = 8;

double median_value(std::span<const SeriesPoint> points) {
  std::vector<double> values;
  for (const SeriesPoint& point : points) values.push_back(point.value);
  std::sort(values.begin(), values.end());
  const std::size_t n = values.size();
  return values[(n - 1) / 2] / 2 + values[n / 2] / 2;
}

// The records of the runs next to a change, put end to end; none where a run has none.
Sample pooled(std::span<const SeriesPoint> points) {
  std::vector<double> values;
  for (const SeriesPoint& point : points) {
    if (point.records == nullptr || point.records->values.empty()) return {};
    const std::vector<double>& records = point.records->values;
    values.insert(values.end(), records.begin(), records.end());
  }
  return make_sample(values);
}

Interval united(const Interval& a, const Interval& b) {
  if (!a.known() || !b.known()) return a.known() ? a : b;
  return {std::min(a.low, b.low), std::max(a.high, b.high)};
}

// What the noise between engines leaves open, from the medians of both levels. Noise from n - 1
// differences is known about as well as from a third as many independent values.
Interval series_interval(const ChangePoint& change, double noise, std::size_t count) {
  const auto width = [](std::size_t n) {
    const double median = n > 2 ? std::numbers::pi / 2 : 1;  // its variance against a mean's
    return median / static_cast<double>(n);
  };
  const double error =
      noise * std::sqrt(width(change.at - change.first) + width(change.last - change.at));
  const double degrees = std::max(static_cast<double>(count - 1) / 3, 1.0);
  const double reach = student_t_quantile(1 - one_sided_error, degrees) * error;
  const double center = std::log(change.after / change.before);
  return {std::exp(center - reach) - 1, std::exp(center + reach) - 1};
}

ChangePoint describe(std::span<const SeriesPoint> points, std::size_t first, std::size_t at,
                     std::size_t last) {
  ChangePoint change;
  change.first = first;
  change.at = at;
  change.last = last;
  change.before = median_value(points.subspan(first, at - first));
  change.after = median_value(points.subspan(at, last - at));
  change.ratio = change.after / change.before - 1;
  return change;
}

std::vector<ChangePoint> describe_all(std::span<const SeriesPoint> points,
                                      const std::vector<SeriesStep>& cuts) {
  std::vector<ChangePoint> changes;
  for (std::size_t i = 0; i < cuts.size(); ++i) {
    const std::size_t first = i == 0 ? 0 : cuts[i - 1].at;
    const std::size_t last = i + 1 < cuts.size() ? cuts[i + 1].at : points.size();
    changes.push_back(describe(points, first, cuts[i].at, last));
  }
  return changes;
}

Change records_change(std::span<const SeriesPoint> points, const ChangePoint& change) {
  const std::size_t before = std::min(change.at - change.first, most_pooled_runs);
  const std::size_t after = std::min(change.last - change.at, most_pooled_runs);
  return change_of(pooled(points.subspan(change.at - before, before)),
                   pooled(points.subspan(change.at, after)));
}

std::vector<double> logarithms(std::span<const SeriesPoint> points) {
  std::vector<double> values;
  for (const SeriesPoint& point : points) values.push_back(std::log(point.value));
  return values;
}

// Few engines: the best cut is real where the records say so; then the two parts are asked again.
class FewEngines {
 public:
  FewEngines(std::span<const SeriesPoint> points, double error)
      : points_(points), steps_(logarithms(points), 1), error_(error) {}

  void split(std::size_t first, std::size_t last) {
    if (last - first < 2) return;
    const SeriesStep step = steps_.best(first, last, 1);
    if (!(step.size > 0)) return;
    ChangePoint change = describe(points_, first, step.at, last);
    const Change records = records_change(points_, change);
    change.basis = Basis::records;
    change.ranks = records.ranks;
    change.interval = records.interval;
    // As many places were looked at.
    change.p = std::min(1.0, records.ranks.p * static_cast<double>(points_.size() - 1));
    if (!records.significant.value_or(false) || !(change.p < error_)) return;
    if (std::abs(change.ratio) < least_records_change) return;
    split(first, step.at);
    found.push_back(change);
    split(step.at, last);
  }
  std::vector<ChangePoint> found;

 private:
  std::span<const SeriesPoint> points_;
  SeriesSteps steps_;
  double error_;
};

ChangePoints from_records(std::span<const SeriesPoint> points, double error) {
  ChangePoints result;
  result.tested =
      points.size() > 1 && std::all_of(points.begin(), points.end(), [](const SeriesPoint& point) {
        return point.records != nullptr && point.records->values.size() >= least_records;
      });
  if (!result.tested) return result;
  FewEngines few(points, error);
  few.split(0, points.size());
  result.changes = std::move(few.found);
  return result;
}

double contaminated_normal(Random& random) {
  double sum = -6;  // of 12 uniforms: variance 1
  for (int i = 0; i < 12; ++i) sum += random.uniform();
  return random.uniform() < 0.1 ? 2 * sum : sum;
}

}  // namespace

std::string_view basis_word(Basis basis) { return basis == Basis::series ? "series" : "records"; }

const std::vector<double>& ChangePointTest::null_of(std::size_t length) {
  std::vector<double>& null = nulls_[length];
  if (!null.empty()) return null;
  Random random(null_seed, fmt::format("series of {}", length));
  const std::size_t replicates = std::clamp<std::size_t>(300'000 / length, 1'999, 9'999);
  std::vector<double> values(length);
  null.reserve(replicates);
  for (std::size_t i = 0; i < replicates; ++i) {
    for (double& value : values) value = contaminated_normal(random);
    const double noise = std::max(neighbour_noise(values), least_noise);
    remove_spikes(values, noise);
    null.push_back(SeriesSteps(values, noise).largest());
  }
  std::sort(null.begin(), null.end());
  return null;
}

double ChangePointTest::p_of(std::size_t length, double step) {
  // Of a longer series: as if made of several, each with its chance.
  const std::size_t simulated = std::min(length, longest_simulated);
  const std::vector<double>& null = null_of(simulated);
  const auto above = null.end() - std::lower_bound(null.begin(), null.end(), step);
  const double p = static_cast<double>(above + 1) / static_cast<double>(null.size() + 1);
  return std::min(1.0, p * static_cast<double>(length) / static_cast<double>(simulated));
}

ChangePoints ChangePointTest::find(std::span<const SeriesPoint> points) {
  if (points.size() < least_series) return from_records(points, error_);
  ChangePoints result;
  result.tested = true;
  std::vector<double> values = logarithms(points);
  result.noise = std::max(neighbour_noise(values), least_noise);
  result.spikes = remove_spikes(values, result.noise);
  const std::size_t n = values.size();
  std::vector<SeriesStep> cuts =
      SeriesSteps(values, result.noise).cuts([&](double step) { return p_of(n, step) < error_; });
  // Harmless ones go first: the levels that they part are one.
  for (int round = 0; round < 2; ++round) {
    const std::vector<ChangePoint> changes = describe_all(points, cuts);
    std::vector<SeriesStep> kept;
    for (std::size_t i = 0; i < cuts.size(); ++i) {
      if (std::abs(changes[i].ratio) >= least_series_change) kept.push_back(cuts[i]);
    }
    cuts = std::move(kept);
  }
  result.changes = describe_all(points, cuts);
  for (std::size_t i = 0; i < cuts.size(); ++i) {
    ChangePoint& change = result.changes[i];
    change.p = p_of(n, cuts[i].size);
    const Change records = records_change(points, change);
    change.ranks = records.ranks;
    change.interval = united(series_interval(change, result.noise, n), records.interval);
  }
  return result;
}

}  // namespace trex::compare

// Steps worked out by hand, and error rates over many simulated histories.

// SPDX-License-Identifier: Apache-2.0
#include "trex/compare/change_points.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <deque>

#include "trex/compare/noise.hpp"
#include "trex/compare/series_steps.hpp"

namespace trex::compare {
namespace {

std::vector<SeriesPoint> points_of(const std::vector<double>& values) {
  std::vector<SeriesPoint> points;
  for (const double value : values) points.push_back({value, nullptr});
  return points;
}

std::vector<std::size_t> places(const ChangePoints& found) {
  std::vector<std::size_t> result;
  for (const ChangePoint& change : found.changes) result.push_back(change.at);
  return result;
}

// Medians of engines at the given levels, with noise between engines.
std::vector<double> history(Random& random, const std::vector<std::pair<int, double>>& levels,
                            double noise, double outlier_share = 0) {
  std::vector<double> values;
  for (const auto& [count, level] : levels) {
    for (int i = 0; i < count; ++i) {
      double value = level * (1 + noise * random.bell());
      if (random.uniform() < outlier_share) value *= 1.05 + 0.45 * random.uniform();
      values.push_back(value);
    }
  }
  return values;
}

TEST(SeriesSteps, NoiseIsTheMedianDistanceOfNeighbours) {
  // Distances 1, 1, 10, 1, 1 (the step does not count): 1 / 0.67449 / sqrt 2.
  const double values[] = {1, 2, 1, 11, 12, 11};
  EXPECT_NEAR(neighbour_noise(values), 1 / 0.6744897501960817 / std::sqrt(2.0), 1e-15);
  EXPECT_EQ(neighbour_noise(std::span(values).first(1)), 0);
}

TEST(SeriesSteps, BestCutInStandardErrors) {
  // Means 1 and 4 of 4 and 2 values, noise 2: 3 / (2 sqrt(1/4 + 1/2)).
  const double values[] = {1, 1, 1, 1, 4, 4};
  const SeriesStep step = SeriesSteps(values, 2).best(0, 6);
  EXPECT_EQ(step.at, 4u);
  EXPECT_NEAR(step.size, 3 / (2 * std::sqrt(0.75)), 1e-12);
  // Only the end may have one value; the start has two at least.
  const double last[] = {1, 1, 1, 5};
  EXPECT_EQ(SeriesSteps(last, 1).best(0, 4).at, 3u);
  const double first[] = {5, 1, 1, 1};
  EXPECT_EQ(SeriesSteps(first, 1).best(0, 4).at, 2u);
  EXPECT_EQ(SeriesSteps(first, 1).best(0, 2).size, 0);
}

TEST(SeriesSteps, SpikesGetTheNearerNeighboursValue) {
  std::vector<double> values{1, 1.2, 9, 1.1, 1, -7, 1, 1, 6, 6, 1};
  EXPECT_EQ(remove_spikes(values, 0.5), (std::vector<std::size_t>{2, 5}));
  EXPECT_EQ(values, (std::vector<double>{1, 1.2, 1.2, 1.1, 1, 1, 1, 1, 6, 6, 1}));
}

TEST(ChangePoints, FindsWhatIsThere) {
  struct Case {
    const char* what;
    std::vector<double> values;
    std::vector<std::size_t> changes, spikes;
  };
  const Case cases[] = {
      {"one step", {2.00, 2.01, 2.00, 2.01, 2.00, 3.00, 3.01, 3.00, 3.01, 3.01}, {5}, {}},
      {"the newest engine only", {2.00, 2.01, 2.00, 2.01, 2.00, 2.01, 2.00, 2.01, 2.4}, {8}, {}},
      {"a bump that was repaired",
       {2.00, 2.01, 2.00, 2.01, 2.00, 2.01, 2.00, 2.3, 2.31, 2.30, 2.00, 2.01, 2.00, 2.01, 2.01},
       {7, 10},
       {}},
      {"one slow run is no level",
       {2.00, 2.01, 2.00, 2.01, 2.00, 9.00, 2.01, 2.00, 2.01, 2.00, 2.01},
       {},
       {5}},
      {"all equal but for one step", {2, 2, 2, 2, 2.1, 2.1, 2.1, 2.1}, {4}, {}},
      {"all equal", {2, 2, 2, 2, 2, 2, 2}, {}, {}},
      {"real but harmless", {2, 2, 2, 2, 2.008, 2.008, 2.008, 2.008}, {}, {}},
      {"extremes", {1e-300, 1e-300, 1e-300, 1e300, 1e300, 1e300}, {3}, {}},
  };
  ChangePointTest test;
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    const ChangePoints found = test.find(points_of(c.values));
    EXPECT_TRUE(found.tested);
    EXPECT_EQ(places(found), c.changes);
    EXPECT_EQ(found.spikes, c.spikes);
  }
}

TEST(ChangePoints, SaysHowMuch) {
  ChangePointTest test;
  const ChangePoints found =
      test.find(points_of({2.00, 2.02, 2.00, 2.02, 2.02, 3.00, 3.03, 3.00, 3.03}));
  ASSERT_EQ(found.changes.size(), 1u);
  const ChangePoint& change = found.changes[0];
  EXPECT_EQ(change.first, 0u);
  EXPECT_EQ(change.last, 9u);
  EXPECT_DOUBLE_EQ(change.before, 2.02);
  EXPECT_DOUBLE_EQ(change.after, 3.015);
  EXPECT_DOUBLE_EQ(change.ratio, 3.015 / 2.02 - 1);
  EXPECT_LT(change.interval.low, change.ratio);
  EXPECT_GT(change.interval.high, change.ratio);
  EXPECT_GT(change.interval.low, 0.40);
  EXPECT_LT(change.interval.high, 0.60);
  EXPECT_LT(change.p, 0.01);
  EXPECT_EQ(change.basis, Basis::series);
  // Same input, same figures; and a test that has seen other lengths says the same.
  const ChangePoints again =
      ChangePointTest().find(points_of({2.00, 2.02, 2.00, 2.02, 2.02, 3.00, 3.03, 3.00, 3.03}));
  EXPECT_EQ(again.changes[0].p, change.p);
}

TEST(ChangePoints, SeldomFindWhatIsNotThere) {
  struct Case {
    const char* what;
    int engines;
    double noise, outlier_share;
    int most;  // histories of 1 000 with a change
  };
  // Stated: 10 of 1 000. Bells are narrower than the noise that the null is made of; outliers of 5
  // to 50 % are wider, and one in the newest run or two next to each other are a level for all one
  // can tell. Found when this was written: 5, 1, 0, 34.
  const Case cases[] = {
      {"8 engines", 8, 0.005, 0, 14},
      {"30 engines", 30, 0.005, 0, 14},
      {"100 engines", 100, 0.01, 0, 14},
      {"30 engines, one run in a hundred disturbed", 30, 0.005, 0.01, 40},
  };
  ChangePointTest test;
  Random random(7, "null histories");
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    int found = 0;
    for (int i = 0; i < 1000; ++i) {
      const auto values = history(random, {{c.engines, 1.5}}, c.noise, c.outlier_share);
      found += test.find(points_of(values)).changes.empty() ? 0 : 1;
    }
    EXPECT_LE(found, c.most);
  }
}

TEST(ChangePoints, SeldomMissWhatIsThere) {
  struct Case {
    const char* what;
    std::vector<std::pair<int, double>> levels;
    std::vector<std::size_t> expected;
    int least;  // histories of 200 in which every change is found within one engine, and no other
  };
  const Case cases[] = {
      {"3 % in the middle", {{15, 1.0}, {15, 1.03}}, {15}, 195},
      {"5 % in the newest", {{20, 1.0}, {1, 1.05}}, {20}, 180},
      {"a bump of 5 %", {{12, 1.0}, {3, 1.05}, {12, 1.0}}, {12, 15}, 190},
      {"three levels", {{10, 1.0}, {10, 1.04}, {10, 0.98}}, {10, 20}, 190},
      {"10 % among eight", {{4, 1.0}, {4, 1.1}}, {4}, 180},
  };
  ChangePointTest test;
  Random random(7, "histories with changes");
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    int right = 0, covered = 0, changes = 0;
    for (int i = 0; i < 200; ++i) {
      const ChangePoints found = test.find(points_of(history(random, c.levels, 0.005)));
      bool good = found.changes.size() == c.expected.size();
      for (std::size_t k = 0; good && k < c.expected.size(); ++k) {
        const auto off = static_cast<std::ptrdiff_t>(found.changes[k].at) -
                         static_cast<std::ptrdiff_t>(c.expected[k]);
        good = std::abs(off) <= 1;
        const double truth = c.levels[k + 1].second / c.levels[k].second - 1;
        ++changes;
        const Interval& interval = found.changes[k].interval;
        covered += interval.low <= truth && truth <= interval.high ? 1 : 0;
      }
      right += good ? 1 : 0;
    }
    EXPECT_GE(right, c.least);
    EXPECT_GE(covered, changes * 97 / 100);
  }
}

TEST(ChangePoints, FewEnginesAreJudgedByTheirRecords) {
  Random random(7, "few engines");
  const Noise noise{.spread = 0.01, .memory = 0.5};
  std::deque<Sample> runs;
  std::vector<SeriesPoint> points;
  for (const double level : {1.0, 1.001, 1.08}) {
    runs.push_back(make_sample(noisy_run(random, level, 400, noise)));
    points.push_back({sample_figures(runs.back()).median, &runs.back()});
  }
  ChangePointTest test;
  const ChangePoints found = test.find(points);
  EXPECT_TRUE(found.tested);
  EXPECT_EQ(places(found), std::vector<std::size_t>{2});
  EXPECT_EQ(found.changes[0].basis, Basis::records);
  EXPECT_GT(found.changes[0].ranks.superiority, 0.99);
  EXPECT_GT(found.changes[0].interval.low, 0.07);
  EXPECT_LT(found.changes[0].interval.high, 0.09);
  // A tenth of a percent between runs is real within them, and not news.
  EXPECT_TRUE(test.find(std::span(points).first(2)).changes.empty());
  // Without records nothing can be said of two or three engines.
  points[0].records = nullptr;
  EXPECT_FALSE(test.find(points).tested);
  EXPECT_FALSE(test.find(std::span(points).first(1)).tested);
  EXPECT_FALSE(test.find({}).tested);
}

TEST(ChangePoints, RecordsWidenTheIntervalOfASeries) {
  Random random(7, "records of a series");
  const Noise noise{.spread = 0.05, .memory = 0.5};
  std::deque<Sample> runs;
  std::vector<SeriesPoint> points;
  for (int i = 0; i < 8; ++i) {
    runs.push_back(make_sample(noisy_run(random, i < 4 ? 1.0 : 1.2, 200, noise)));
    points.push_back({i < 4 ? 1.0 : 1.2, &runs.back()});
  }
  const ChangePoints found = ChangePointTest().find(points);
  ASSERT_EQ(places(found), std::vector<std::size_t>{4});
  EXPECT_GT(found.changes[0].ranks.superiority, 0.9);
  EXPECT_GT(found.changes[0].interval.high - found.changes[0].interval.low, 0.01);
}

}  // namespace
}  // namespace trex::compare

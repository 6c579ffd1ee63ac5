// Figures worked out by hand, and error rates over many simulated runs.

// SPDX-License-Identifier: Apache-2.0
#include "trex/compare/statistics.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "trex/compare/distributions.hpp"
#include "trex/compare/noise.hpp"

namespace trex::compare {
namespace {

TEST(Distributions, KnowTabledValues) {
  EXPECT_NEAR(normal_cdf(1.959963984540054), 0.975, 1e-12);
  EXPECT_NEAR(normal_cdf(0), 0.5, 1e-15);
  // Tables of Student's t, two-sided 95 %; one degree is Cauchy's tan(0.475 pi).
  EXPECT_NEAR(student_t_quantile(0.975, 1), 12.706204736432095, 1e-8);
  EXPECT_NEAR(student_t_quantile(0.975, 4), 2.7764451051977987, 1e-9);
  EXPECT_NEAR(student_t_quantile(0.975, 10), 2.2281388519649385, 1e-9);
  EXPECT_NEAR(student_t_quantile(0.025, 10), -2.2281388519649385, 1e-9);
  EXPECT_NEAR(student_t_cdf(1, 1), 0.75, 1e-12);
  EXPECT_NEAR(student_t_quantile(0.975, 1e6), 1.95996, 1e-4);
}

TEST(RankTest, SharesTies) {
  // b > a: 4 for the 1; 3.5 for each 2; 2.5 for the 3: 13.5 of 16. Ties of 3, 2 and 2 values:
  // variance of U = 16 / 12 (9 - (24 + 6 + 6) / 56) = 11.142857; z = (13.5 - 8) / 3.338092.
  const double a[] = {1, 2, 2, 3}, b[] = {2, 3, 4, 4};
  const RankTest test = rank_test(a, b, 4, 4);
  EXPECT_DOUBLE_EQ(test.superiority, 0.84375);
  EXPECT_NEAR(test.z, 5.5 / std::sqrt(16.0 / 12 * (9 - 36.0 / 56)), 1e-12);
  EXPECT_NEAR(test.p, 2 * normal_cdf(-1.6476467), 1e-6);
  const RankTest back = rank_test(b, a, 4, 4);
  EXPECT_DOUBLE_EQ(back.superiority, 1 - 0.84375);
  EXPECT_NEAR(back.p, test.p, 1e-12);
}

TEST(RankTest, EdgesSayNothing) {
  const double same[] = {2, 2, 2};
  EXPECT_EQ(rank_test(same, same, 3, 3).p, 1);
  EXPECT_EQ(rank_test(same, same, 3, 3).superiority, 0.5);
  EXPECT_TRUE(std::isnan(rank_test({}, same, 0, 3).p));
}

TEST(RepeatedChange, IsWelchs) {
  // Variances 1 and 4: error sqrt(1/3 + 4/3); degrees (5/3)^2 / ((1/9 + 16/9) / 2) = 2.9412; the
  // quantile 3.218759 and p 0.220881 by numerical integration of the density.
  const double a[] = {1, 2, 3}, b[] = {2, 4, 6};
  const RepeatedChange change = repeated_change(a, b);
  EXPECT_DOUBLE_EQ(change.delta, 2);
  EXPECT_NEAR(change.interval.low, -2.155399503, 1e-6);
  EXPECT_NEAR(change.interval.high, 6.155399503, 1e-6);
  EXPECT_NEAR(change.p, 0.220880840, 1e-7);
}

TEST(RepeatedChange, OneMeasurementGivesNoInterval) {
  const double a[] = {1}, b[] = {2, 4};
  const RepeatedChange change = repeated_change(a, b);
  EXPECT_DOUBLE_EQ(change.delta, 2);
  EXPECT_FALSE(change.interval.known());
  EXPECT_TRUE(std::isnan(change.p));
  EXPECT_TRUE(std::isnan(repeated_change({}, b).delta));
  const double flat[] = {3, 3}, other[] = {4, 4};
  EXPECT_EQ(repeated_change(flat, other).p, 0);
  EXPECT_EQ(repeated_change(flat, flat).p, 1);
}

TEST(Discoveries, FollowBenjaminiAndHochberg) {
  // Sorted against 0.0125, 0.025, 0.0375, 0.05 (the unknown is no test).
  const double some[] = {0.01, 0.04, 0.2, 0.005, null_real};
  EXPECT_EQ(discoveries(some, 0.05), (std::vector<bool>{true, false, false, true, false}));
  // 0.03 alone would not hold against 0.025, but 0.04 holds against 0.05 and carries it.
  const double carried[] = {0.03, 0.04, 0.01, 0.005};
  EXPECT_EQ(discoveries(carried, 0.05), (std::vector<bool>{true, true, true, true}));
  const double none[] = {0.04, 0.04, 0.04, 0.5};
  EXPECT_EQ(discoveries(none, 0.05), std::vector<bool>(4, false));
  EXPECT_TRUE(discoveries({}, 0.05).empty());
}

TEST(Sample, FiguresOfTenRecords) {
  // trtexec leaves out int((1 - p) n) of the slowest: none of ten at 95 and 99 %, one at 90 %.
  std::vector<double> values{3, 1, 2, 5, 4, 6, 8, 7, 10, 9, null_real, INFINITY};
  const SampleFigures figures = sample_figures(make_sample(values));
  EXPECT_EQ(figures.count, 10u);
  EXPECT_DOUBLE_EQ(figures.median, 5.5);
  EXPECT_DOUBLE_EQ(figures.mean, 5.5);
  EXPECT_DOUBLE_EQ(figures.p90, 10);  // (1 - 0.9) 10 is a little below 1
  EXPECT_DOUBLE_EQ(figures.p99, 10);
  EXPECT_DOUBLE_EQ(figures.min, 1);
  EXPECT_DOUBLE_EQ(figures.max, 10);
  EXPECT_NEAR(figures.deviation, std::sqrt(82.5 / 9), 1e-12);
  EXPECT_NEAR(figures.quartile_spread, 4.5 / 5.5, 1e-12);  // 7.75 - 3.25
  EXPECT_FALSE(figures.median_interval.known());           // fewer than 16 records
  EXPECT_TRUE(std::isnan(figures.drift.p));
  EXPECT_TRUE(figures.modes.empty());
}

TEST(Sample, EdgesDoNotHarm) {
  EXPECT_EQ(sample_figures(make_sample({})).count, 0u);
  EXPECT_TRUE(std::isnan(sample_figures(make_sample({})).median));
  const std::vector<double> flat(1000, 0.25), zero(100, 0.0), huge(100, 1e308);
  const SampleFigures figures = sample_figures(make_sample(flat));
  EXPECT_EQ(figures.median, 0.25);
  EXPECT_EQ(figures.median_interval.low, 0.25);
  EXPECT_EQ(figures.median_interval.high, 0.25);
  EXPECT_EQ(figures.correlation_time, 1);
  EXPECT_TRUE(figures.modes.empty());
  EXPECT_FALSE(figures.drift.significant);
  EXPECT_EQ(change_of(make_sample(flat), make_sample(flat)).significant, false);
  EXPECT_TRUE(std::isnan(change_of(make_sample(zero), make_sample(flat)).ratio));
  EXPECT_EQ(sample_figures(make_sample(huge)).median, 1e308);
}

TEST(Sample, CorrelationTimeIsThatOfTheProcess) {
  // An autoregressive process of memory r has (1 + r) / (1 - r): 1 for none, 19 for 0.9.
  for (const auto& [memory, least, most] :
       {std::tuple{0.0, 1.0, 2.0}, std::tuple{0.9, 14.0, 45.0}}) {
    Random random(1, "correlation");
    for (int run = 0; run < 20; ++run) {
      const Sample sample = make_sample(noisy_run(random, 1, 20000, {.memory = memory}));
      EXPECT_GE(sample.correlation_time, least) << memory;
      EXPECT_LE(sample.correlation_time, most) << memory;
    }
  }
}

TEST(Bootstrap, IsTheSameEveryTime) {
  Random random(3, "same");
  const Sample sample = make_sample(noisy_run(random, 1, 500, {}));
  EXPECT_EQ(resampled_quantiles(sample, 0.5, 100, "a"), resampled_quantiles(sample, 0.5, 100, "a"));
  EXPECT_NE(resampled_quantiles(sample, 0.5, 100, "a"), resampled_quantiles(sample, 0.5, 100, "b"));
}

TEST(Bootstrap, SpreadsAsMediansOfIndependentRunsDo) {
  // The median of n normal records has a standard deviation of 1.2533 / sqrt(n) of theirs.
  Random random(4, "spread");
  const Sample sample = make_sample(noisy_run(random, 1, 4000, {.spread = 0.01}));
  const Sample drawn = make_sample(resampled_quantiles(sample, 0.5, 2000, "a"));
  const double deviation = sample_figures(drawn).deviation;
  EXPECT_NEAR(deviation, 1.2533 * 0.01 / std::sqrt(4000), 0.25 * 0.0002);
  EXPECT_NEAR(sample_figures(drawn).mean, sample_figures(sample).median, 2e-5);
}

// How often the 99 % interval of the median holds the true one.
TEST(Bootstrap, IntervalsHoldWhatTheySay) {
  struct Case {
    const char* what;
    std::size_t count;
    Noise noise;
    int least;  // of 200
  };
  const Case cases[] = {
      {"independent", 200, {}, 196},
      {"outliers", 1000, {.outlier_share = 0.02}, 196},
      {"correlated", 2000, {.memory = 0.8}, 196},
      // 39 records remember each other: some 128 count.
      {"long memory", 5000, {.memory = 0.95}, 192},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    Random random(5, c.what);
    // The true median, with what outliers add to it, from one very long run.
    const double truth = c.noise.outlier_share == 0
                             ? 1
                             : make_sample(noisy_run(random, 1, 200001, c.noise)).sorted[100000];
    int held = 0;
    for (int run = 0; run < 200; ++run) {
      const Sample sample = make_sample(noisy_run(random, 1, c.count, c.noise));
      const Interval interval = quantile_interval(sample, 0.5, 600);
      held += interval.low <= truth && truth <= interval.high ? 1 : 0;
    }
    EXPECT_GE(held, c.least);
  }
}

TEST(Modes, TwoClocksAreTwoModes) {
  Random random(6, "modes");
  std::vector<double> values = noisy_run(random, 1, 700, {.spread = 0.005});
  const std::vector<double> slower = noisy_run(random, 1.1, 300, {.spread = 0.005});
  values.insert(values.end(), slower.begin(), slower.end());
  const std::vector<Mode> modes = modes_of(make_sample(values));
  ASSERT_EQ(modes.size(), 2u);
  EXPECT_NEAR(modes[0].center_ms, 1.0, 0.002);
  EXPECT_NEAR(modes[0].share, 0.7, 1e-9);
  EXPECT_NEAR(modes[1].center_ms, 1.1, 0.002);
  EXPECT_NEAR(modes[1].share, 0.3, 1e-9);
}

TEST(Modes, NoiseAndTicksAreNone) {
  Random random(7, "no modes");
  int found = 0;
  for (int run = 0; run < 300; ++run) {
    std::vector<double> values =
        noisy_run(random, 1, static_cast<std::size_t>(50 + 20 * run), {.outlier_share = 0.02});
    // Every other run as a clock of 1 us gives it, which ticks some 30 times over the bell.
    if (run % 2 == 0) {
      for (double& value : values) value = std::round(value * 500) / 500;
    }
    found += modes_of(make_sample(values)).empty() ? 0 : 1;
  }
  EXPECT_LE(found, 3);  // 1 %
}

TEST(Drift, IsFoundAndNotImagined) {
  Random random(8, "drift");
  int found = 0, imagined = 0;
  for (int run = 0; run < 200; ++run) {
    found += drift_of(make_sample(noisy_run(random, 1, 1000, {.drift = 0.03}))).significant;
    imagined += drift_of(make_sample(noisy_run(random, 1, 1000, {.memory = 0.5}))).significant;
  }
  EXPECT_GE(found, 198);
  EXPECT_LE(imagined, 4);
  const Drift drift = drift_of(make_sample(noisy_run(random, 1, 4000, {.drift = 0.04})));
  // The middles of the quarters stand three quarters of the run apart: 3 %.
  EXPECT_NEAR(drift.change, 0.03, 0.003);
}

TEST(Change, SaysWhatChanged) {
  Random random(9, "change");
  const Sample a = make_sample(noisy_run(random, 1, 2000, {.memory = 0.5}));
  const Sample b = make_sample(noisy_run(random, 1.02, 2000, {.memory = 0.5}));
  const Change change = change_of(a, b);
  EXPECT_NEAR(change.ratio, 0.02, 0.002);
  EXPECT_LT(change.interval.low, change.ratio);
  EXPECT_GT(change.interval.high, change.ratio);
  EXPECT_GT(change.interval.low, 0.015);
  EXPECT_LT(change.interval.high, 0.025);
  EXPECT_GT(change.ranks.superiority, 0.85);  // two deviations apart: 0.921
  EXPECT_EQ(change.significant, true);
  const Change none = change_of(a, make_sample(std::vector<double>{1, 1.01, 1.02}));
  EXPECT_FALSE(none.significant.has_value());
}

}  // namespace
}  // namespace trex::compare

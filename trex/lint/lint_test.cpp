// SPDX-License-Identifier: Apache-2.0
#include "trex/lint/lint.hpp"

#include <gtest/gtest.h>

#include "tests/support/engine_text.hpp"

namespace trex::lint {
namespace {

const char* const three_layers =
    "a Convolution x:Half[1x8x4x4] -> y:Half[1x8x4x4] @6\n"
    "b Convolution y:Half[1x8x4x4] -> z:Half[1x8x4x4] @3\n"
    "c Convolution z:Half[1x8x4x4] -> w:Half[1x8x4x4] @1\n";

Finding claim(std::vector<Row> layers, std::optional<double> recoverable_ms,
              Confidence confidence = Confidence::high) {
  Finding finding;
  finding.layers = std::move(layers);
  finding.recoverable_ms = recoverable_ms;
  finding.confidence = confidence;
  return finding;
}

Rule rule_of(const char* id, std::vector<Finding> (*check)(const Context&)) {
  Rule rule;
  rule.id = id;
  rule.check = check;
  return rule;
}

Result result_of(const Rule& first, const Rule& second, const char* engine = three_layers) {
  return run(engine_text(engine), {&first, &second}, Thresholds());
}

std::vector<Finding> nothing(const Context&) { return {}; }

TEST(Lint, RunsARuleAndSaysWhatItRestsOn) {
  const Engine engine = engine_text(
      "r1 Reformat x:Float[1x8x4x4] -> y:Half[1x8x4x4] @0.25\n"
      "c Convolution y:Half[1x8x4x4] -> z:Half[1x8x4x4] kernel=1x1 maps=8 @0.75\n");
  const Result result = run(engine, select_rules("reformat-share"), Thresholds());
  ASSERT_EQ(result.findings.size(), 1u);
  EXPECT_EQ(result.findings[0].message,
            "1 Reformat layer takes 0.25 ms, 25.0 % of the layers' time: 1 binding format");
  EXPECT_EQ(result.findings[0].measured_ms, 0.25);
}

TEST(Lint, SkipsWithAReasonWhatTheFilesCannotTell) {
  const Engine engine = engine_text("r1 Reformat x:Float[1x8x4x4] -> y:Half[1x8x4x4]\n");
  const Result result = run(engine, select_rules("C01"), Thresholds());
  ASSERT_EQ(result.skipped.size(), 1u);
  EXPECT_EQ(result.skipped[0].reason, "needs a profile: trtexec --exportProfile");
}

TEST(Lint, NoClaimIsAboveTheTimeOfItsLayers) {
  const Rule greedy = rule_of("greedy", [](const Context&) {
    return std::vector<Finding>{claim({1, 1}, 100.0), claim({2}, -5.0)};
  });
  const Result result = result_of(greedy, rule_of("none", nothing));
  ASSERT_EQ(result.findings.size(), 2u);
  EXPECT_EQ(result.findings[0].measured_ms, 3.0);  // a layer named twice is one layer
  EXPECT_EQ(result.findings[0].recoverable_ms, 3.0);
  EXPECT_EQ(result.findings[1].recoverable_ms, 0.0);
}

TEST(Lint, NoLayersTimeIsCountedTwice) {
  // Both claim all of a; the second b too: 6 of a, then 3 of b. c stays.
  const Rule first =
      rule_of("first", [](const Context&) { return std::vector<Finding>{claim({0}, 6.0)}; });
  const Rule second = rule_of("second", [](const Context&) {
    return std::vector<Finding>{claim({0, 1}, 9.0)};
  });
  const Result result = result_of(first, second);
  EXPECT_EQ(result.engine_ms, 10.0);
  EXPECT_EQ(result.recoverable_ms, 9.0);
  EXPECT_EQ(result.best_ms, 1.0);
  EXPECT_EQ(result.findings[0].rule, "second");  // the most to win first
}

TEST(Lint, TimesThatOverflowAreUnknown) {
  const Rule rule = rule_of("huge", [](const Context&) {
    return std::vector<Finding>{claim({0, 1}, 1e308)};
  });
  const Result result = result_of(rule, rule_of("none", nothing),
                                  "a Convolution x:Half[1x8x4x4] -> y:Half[1x8x4x4] @1e308\n"
                                  "b Convolution y:Half[1x8x4x4] -> z:Half[1x8x4x4] @1e308\n");
  ASSERT_EQ(result.findings.size(), 1u);
  EXPECT_EQ(result.findings[0].measured_ms, std::nullopt);
  EXPECT_EQ(result.findings[0].recoverable_ms, std::nullopt);
}

TEST(Lint, SeverityFollowsTheTimeToWin) {
  const Rule rule = rule_of("scale", [](const Context&) {
    return std::vector<Finding>{
        claim({0}, 0.5),                    // 5 % of 10 ms
        claim({0}, 0.49),                   //
        claim({0}, 0.1),                    // 1 %
        claim({0}, 0.09),                   //
        claim({0}, 5.0, Confidence::low),   // a guess fails nobody's build
        claim({0}, 0.05, Confidence::low),  //
        claim({0}, std::nullopt),
    };
  });
  const Result result = result_of(rule, rule_of("none", nothing));
  std::vector<std::pair<double, Severity>> found;
  for (const Finding& f : result.findings) {
    found.emplace_back(f.recoverable_ms.value_or(-1), f.severity);
  }
  using S = Severity;
  EXPECT_EQ(found, (std::vector<std::pair<double, Severity>>{{5.0, S::warning},
                                                             {0.5, S::error},
                                                             {0.49, S::warning},
                                                             {0.1, S::warning},
                                                             {0.09, S::note},
                                                             {0.05, S::note},
                                                             {-1, S::note}}));
}

TEST(Lint, WhatIsNotKnownComesLastAndTheLongestOfItFirst) {
  const Rule rule = rule_of("unknown", [](const Context&) {
    return std::vector<Finding>{claim({2}, {}), claim({0}, {}), claim({2}, 0.01), claim({1}, {})};
  });
  const Result result = result_of(rule, rule_of("none", nothing));
  std::vector<Row> order;
  for (const Finding& f : result.findings) order.push_back(f.layers[0]);
  EXPECT_EQ(order, (std::vector<Row>{2, 0, 1, 2}));  // 0.01 known; then 6, 3 and 1 ms
}

TEST(Lint, WithoutAProfileNothingIsKnownOfTimes) {
  const Rule rule = rule_of("blind", [](const Context&) {
    return std::vector<Finding>{claim({0}, 1.0), claim({1}, {})};
  });
  const Result result = result_of(rule, rule_of("none", nothing),
                                  "a Convolution x:Half[1x8x4x4] -> y:Half[1x8x4x4]\n"
                                  "b Convolution y:Half[1x8x4x4] -> z:Half[1x8x4x4]\n");
  ASSERT_EQ(result.findings.size(), 2u);
  for (const Finding& finding : result.findings) {
    EXPECT_EQ(finding.measured_ms, std::nullopt);
    EXPECT_EQ(finding.recoverable_ms, std::nullopt);
    EXPECT_EQ(finding.severity, Severity::note);
  }
  EXPECT_EQ(result.engine_ms, std::nullopt);
  EXPECT_EQ(result.recoverable_ms, std::nullopt);
  EXPECT_EQ(result.best_ms, std::nullopt);
}

}  // namespace
}  // namespace trex::lint

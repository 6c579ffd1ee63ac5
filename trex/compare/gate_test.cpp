// What a gate lets through, and how often it is wrong.

// SPDX-License-Identifier: Apache-2.0
#include "trex/compare/gate.hpp"

#include <gtest/gtest.h>

#include <iterator>

#include "tests/support/engine_text.hpp"
#include "trex/base/error.hpp"
#include "trex/compare/noise.hpp"

namespace trex::compare {
namespace {

TEST(GateRule, IsRead) {
  const GateRule growth = parse_gate_rule("end_to_end=+2%");
  EXPECT_EQ(growth.kind, GateKind::growth);
  EXPECT_DOUBLE_EQ(growth.ratio, 0.02);
  EXPECT_DOUBLE_EQ(growth.least_delta, 0.001);
  EXPECT_DOUBLE_EQ(parse_gate_rule("layer=+5%,0.01ms").least_delta, 0.01);
  EXPECT_DOUBLE_EQ(parse_gate_rule("layer=+5%,10us").least_delta, 0.01);
  EXPECT_DOUBLE_EQ(parse_gate_rule("weights=+1%,2MiB").least_delta, 2 * 1024 * 1024);
  EXPECT_DOUBLE_EQ(parse_gate_rule("throughput=-2.5%").ratio, -0.025);
  const GateRule bound = parse_gate_rule(" precision:INT8>=80% ");
  EXPECT_EQ(bound.kind, GateKind::bound);
  EXPECT_EQ(bound.argument, "INT8");
  EXPECT_EQ(bound.bound, Bound::at_least);
  EXPECT_DOUBLE_EQ(bound.limit, 0.8);
  EXPECT_DOUBLE_EQ(parse_gate_rule("precision:INT8>=80").limit, 0.8);
  EXPECT_EQ(parse_gate_rule("reformats<=3").limit, 3);
  EXPECT_EQ(parse_gate_rule("layers<100").bound, Bound::below);
  EXPECT_EQ(parse_gate_rule("findings=none-new").kind, GateKind::new_findings);
  EXPECT_EQ(parse_gate_rule("findings<=2").kind, GateKind::bound);
}

TEST(GateRule, MistakesAreNamed) {
  const std::pair<const char*, const char*> cases[] = {
      {"end_to_end", "no =, <= or >="},
      {"=+2%", "no =, <= or >="},
      {"end_to_ende=+2%", "did you mean 'end_to_end'?"},
      {"end_to_end=2%", "a change such as +2% is expected"},
      {"end_to_end=+2", "a change such as +2% is expected"},
      {"end_to_end=+x%", "the change is no number"},
      {"end_to_end=+2%,1MiB", "'1MiB' is not in ms"},
      {"end_to_end=+2%,-1ms", "the least amount is negative"},
      {"precision>=80%", "say which precision"},
      {"reformats:x<=3", "only precision takes ':'"},
      {"reformats<=many", "'many' is no number"},
      {"reformats<=3ms", "'3ms' takes no unit"},
      {"layer<=3", "layer takes a change"},
      {"findings=none", "findings takes =none-new or a bound"},
  };
  for (const auto& [rule, expected] : cases) {
    SCOPED_TRACE(rule);
    try {
      parse_gate_rule(rule);
      FAIL() << "was taken";
    } catch (const Error& error) {
      EXPECT_NE(std::string(error.what()).find(expected), std::string::npos) << error.what();
    }
  }
}

constexpr const char* engine_a =
    "c Convolution x:Half[1x8x4x4] -> y:Half[1x8x4x4] tactic=a_h884 weights=Half*1024 @1\n"
    "r Reformat y:Half[1x8x4x4] -> z:Half[1x8x4x4] @0.25\n"
    "p PointWise z:Half[1x8x4x4] -> w:Half[1x8x4x4] @0.5\n";
// The convolution 4 % slower, the pointwise 10 %, by 0.05 ms; the Reformat as it was.
constexpr const char* engine_b =
    "c Convolution x:Half[1x8x4x4] -> y:Half[1x8x4x4] tactic=a_h884 weights=Half*2048 @1.04\n"
    "r Reformat y:Half[1x8x4x4] -> z:Half[1x8x4x4] @0.25\n"
    "p PointWise z:Half[1x8x4x4] -> w:Half[1x8x4x4] @0.55\n";

GateCheck judged(const char* rule, const Engine& a, const Engine& b,
                 const FindingsChange& findings = {}) {
  const ComparedSide side_a(a), side_b(b);
  const Difference difference = compare::difference(side_a, side_b, align(a, b));
  const GateRule parsed[] = {parse_gate_rule(rule)};
  const Gate gate = judge(parsed, side_a, side_b, difference, findings);
  EXPECT_EQ(gate.passed, gate.checks.at(0).passed);
  return gate.checks.at(0);
}

TEST(Gate, NeedsRatioAndLeastAmount) {
  const Engine a = engine_text(engine_a), b = engine_text(engine_b);
  struct Case {
    const char* rule;
    bool passes;
    const char* reason;
  };
  const Case cases[] = {
      {"layer=+5%", false,
       "1 of 3 pairs; with one profile each, nothing says whether that is noise"},
      {"layer=+5%,0.06ms", true, "0 of 3 pairs"},
      {"layer=+3%", false,
       "2 of 3 pairs; with one profile each, nothing says whether that is noise"},
      {"layer=+11%", true, "0 of 3 pairs"},
      // 1.75 to 1.84.
      {"layer_time=+5%", false, "1.750 ms to 1.840 ms, +5.14%"},
      {"layer_time=+5%,0.1ms", true, "1.750 ms to 1.840 ms, +5.14%"},
      {"layer_time=+6%", true, "1.750 ms to 1.840 ms, +5.14%"},
      {"layer_time=-6%", true, "1.750 ms to 1.840 ms, +5.14%"},
      {"layer_time<=1.8ms", false, "is 1.840 ms"},
      {"weights=+50%", false, "2.0 KiB to 4.0 KiB, +100.00%"},
      {"weights=+50%,1MiB", true, "2.0 KiB to 4.0 KiB, +100.00%"},
      {"reformats<=0", false, "is 1"},
      {"reformats==1", true, "is 1"},
      {"precision:FP16>=80%", true, "is 100.0%"},
      {"precision:INT8>=80%", false, "is 0.0%"},
      {"end_to_end=+2%", false, "cannot be judged: end_to_end of '' is unknown"},
      {"findings=none-new", false, "cannot be judged: findings were not looked for"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.rule);
    const GateCheck check = judged(c.rule, a, b);
    EXPECT_EQ(check.passed, c.passes);
    EXPECT_EQ(check.reason, c.reason);
  }
  EXPECT_EQ(judged("layer=+3%", a, b).details,
            (std::vector<std::string>{"p: 0.5000 to 0.5500 ms, +10.00%",
                                      "c: 1.000 to 1.040 ms, +4.00%"}));
}

TEST(Gate, NewFindingsFail) {
  const Engine a = engine_text(engine_a);
  EXPECT_TRUE(judged("findings=none-new", a, a, {true, {}, {"gone"}, 3, 3}).passed);
  const GateCheck check = judged("findings=none-new", a, a, {true, {"a", "b"}, {}, 3, 5});
  EXPECT_FALSE(check.passed);
  EXPECT_EQ(check.reason, "2 new, 0 gone, 3 kept");
  EXPECT_EQ(check.details, (std::vector<std::string>{"a", "b"}));
  EXPECT_FALSE(judged("findings<=4", a, a, {true, {}, {}, 3, 5}).passed);
  EXPECT_TRUE(judged("findings<=5", a, a, {true, {}, {}, 3, 5}).passed);
}

bool passes(const char* rule, const std::vector<double>& a, const std::vector<double>& b) {
  Engine engine_one = engine_text("c Convolution x:Half -> y:Half\n");
  Engine engine_two = engine_one;
  engine_one.timing.add(timing::latency_ms, a);
  engine_two.timing = Table();
  engine_two.timing.add(timing::latency_ms, b);
  return judged(rule, engine_one, engine_two).passed;
}

// The error rates that docs/comparing.md states.
TEST(GateErrors, FalseAlarmsOfAThousandComparisonsWithoutChange) {
  // Half of 1 % is left out on the slower side; the rank test must agree. Stated: at most 1 %.
  struct Case {
    const char* what;
    std::size_t records;
    Noise noise;
  };
  const Case cases[] = {
      {"quiet", 300, {.spread = 0.005}},
      {"outliers", 300, {.spread = 0.01, .outlier_share = 0.03}},
      {"correlated", 400, {.spread = 0.01, .memory = 0.5, .outlier_share = 0.01}},
      {"strongly correlated", 800, {.spread = 0.02, .memory = 0.85}},
  };
  int alarms = 0;
  for (const Case& c : cases) {
    Random random(11, c.what);
    for (int i = 0; i < 250; ++i) {
      const std::vector<double> a = noisy_run(random, 1.5, c.records, c.noise);
      const std::vector<double> b = noisy_run(random, 1.5, c.records, c.noise);
      alarms += passes("end_to_end=+0%,0ms", a, b) ? 0 : 1;
    }
  }
  RecordProperty("alarms_of_1000", alarms);
  EXPECT_LE(alarms, 10);
}

TEST(GateErrors, WhatDiffersFromRunToRunIsForTheTolerance) {
  Random random(12, "runs");
  const Noise noise{.spread = 0.01, .memory = 0.5, .outlier_share = 0.01, .run_spread = 0.003};
  int alarms = 0;
  for (int i = 0; i < 100; ++i) {
    const std::vector<double> a = noisy_run(random, 1.5, 300, noise);
    const std::vector<double> b = noisy_run(random, 1.5, 300, noise);
    alarms += passes("end_to_end=+2%", a, b) ? 0 : 1;
  }
  RecordProperty("alarms_of_100", alarms);
  // 2 % is 4.7 standard deviations of the difference of two such runs.
  EXPECT_EQ(alarms, 0);
}

TEST(GateErrors, ATrueSlowDownOfTwoPercentIsCaught) {
  // Stated: at least 99 % of slow-downs of twice the tolerance, at 300 records of 1 % spread.
  Random random(13, "power");
  const Noise noise{.spread = 0.01, .memory = 0.5, .outlier_share = 0.01};
  int caught = 0;
  for (int i = 0; i < 100; ++i) {
    const std::vector<double> a = noisy_run(random, 1.5, 300, noise);
    const std::vector<double> b = noisy_run(random, 1.5 * 1.02, 300, noise);
    caught += passes("end_to_end=+1%", a, b) ? 0 : 1;
  }
  RecordProperty("caught_of_100", caught);
  EXPECT_GE(caught, 99);
}

}  // namespace
}  // namespace trex::compare

// Causes and waterfalls of small engines, worked out by hand.

// SPDX-License-Identifier: Apache-2.0
#include "trex/compare/difference.hpp"

#include <gtest/gtest.h>

#include <map>

#include "tests/support/engine_text.hpp"
#include "trex/compare/figures.hpp"

namespace trex::compare {
namespace {

// Groups by row numbers, in order.
Alignment aligned(const std::vector<std::pair<std::vector<Row>, std::vector<Row>>>& groups) {
  Alignment alignment;
  for (const auto& [a, b] : groups) {
    AlignedGroup group{a, b, Relation::one_to_one, AlignReason::same_name, 1};
    if (a.empty()) group.relation = Relation::added;
    if (b.empty()) group.relation = Relation::removed;
    alignment.groups.push_back(group);
  }
  return alignment;
}

std::map<std::string, double> steps_of(const Difference& difference) {
  std::map<std::string, double> steps;
  for (const Step& step : difference.waterfall.steps) {
    steps[std::string(cause_name(step.cause))] = step.delta_ms;
  }
  return steps;
}

constexpr const char* before =
    "conv1 Convolution x:fp16:hwc8[1x8x4x4] -> y:fp16:hwc8[1x8x4x4] tactic=slow_h884 @1\n"
    "r1 Reformat y:fp16:hwc8[1x8x4x4] -> z:fp16:chw[1x8x4x4] @0.25\n"
    "relu PointWise z:fp16:chw[1x8x4x4] -> w:fp16:chw[1x8x4x4] tactic=pw @0.5\n"
    "bindings x w\n";
constexpr const char* after =
    "conv1 Convolution x:fp16:hwc8[1x8x4x4] -> y:fp16:hwc8[1x8x4x4] tactic=fast_h884 @0.75\n"
    "relu PointWise y:fp16:chw[1x8x4x4] -> w:fp16:chw[1x8x4x4] tactic=pw @0.625\n"
    "add ElementWise w:fp16:chw[1x8x4x4] -> v:fp16:chw[1x8x4x4] @0.125\n"
    "bindings x v\n";

TEST(Waterfall, EveryMillisecondHasOneCause) {
  const Engine a = engine_text(before), b = engine_text(after);
  const ComparedSide side_a(a), side_b(b);
  const Difference difference =
      compare::difference(side_a, side_b, aligned({{{0}, {0}}, {{1}, {}}, {{2}, {1}}, {{}, {2}}}));
  EXPECT_EQ(difference.waterfall.of, "layers");
  EXPECT_EQ(difference.waterfall.from_ms, 1.75);
  EXPECT_EQ(difference.waterfall.to_ms, 1.5);
  const std::map<std::string, double> expected{{"faster_tactic", -0.25},
                                               {"reformats_removed", -0.25},
                                               {"same_kernel", 0.125},
                                               {"added", 0.125}};
  EXPECT_EQ(steps_of(difference), expected);
  EXPECT_EQ(difference.waterfall.steps.back().to_ms, 1.5);
  EXPECT_EQ(difference.pairs[1].changes, is_removed);
  EXPECT_EQ(difference.pairs[0].changes, changed_tactic);
}

TEST(Waterfall, EndToEndTakesWhatLayersDoNotExplain) {
  Engine a = engine_text(before), b = engine_text(after);
  a.timing.add(timing::latency_ms, std::vector<double>{2, 2, 2});
  b.timing.add(timing::latency_ms, std::vector<double>{1.5, 1.5, 1.5});
  const ComparedSide side_a(a), side_b(b);
  const Difference difference =
      compare::difference(side_a, side_b, aligned({{{0}, {0}}, {{1}, {}}, {{2}, {1}}, {{}, {2}}}));
  // 2 to 1.5 is -0.5; the layers explain -0.25.
  EXPECT_EQ(difference.waterfall.of, "end to end");
  EXPECT_EQ(steps_of(difference).at("overhead"), -0.25);
  EXPECT_EQ(difference.waterfall.steps.back().cause, Cause::overhead);
  EXPECT_EQ(difference.waterfall.steps.back().to_ms, 1.5);
  EXPECT_FALSE(difference.latency.significant.has_value());  // three records
}

TEST(Waterfall, NothingToExplainWithoutAProfile) {
  const Engine a = engine_text("c Convolution x:Half[1x8x4x4] -> y:Half[1x8x4x4]\n");
  const ComparedSide side(a);
  const Difference difference = compare::difference(side, side, aligned({{{0}, {0}}}));
  EXPECT_EQ(difference.waterfall.of, "");
  EXPECT_TRUE(difference.waterfall.steps.empty());
  EXPECT_TRUE(std::isnan(difference.pairs[0].delta_ms));
  EXPECT_EQ(difference.pairs[0].changes, 0);
}

struct CauseCase {
  const char* what;
  const char* a;
  const char* b;
  std::vector<std::pair<std::vector<Row>, std::vector<Row>>> groups;
  std::map<std::string, double> steps;
};

TEST(Causes, AreToldApart) {
  const CauseCase cases[] = {
      {"another precision wins over all else",
       "c Convolution x:Half[1x8x4x4] -> y:Half[1x8x4x4] tactic=a_h884 @1\n",
       "c Convolution x:Int8[1x8x4x4] -> y:Int8[1x8x8x8] tactic=a_i8816 @0.5\n",
       {{{0}, {0}}},
       {{"precision", -0.5}}},
      {"another output format",
       "c Convolution x:Half[1x8x4x4] -> y:fp16:hwc8[1x8x4x4] @1\n",
       "c Convolution x:Half[1x8x4x4] -> y:fp16:chw[1x8x4x4] @1.5\n",
       {{{0}, {0}}},
       {{"format", 0.5}}},
      {"another batch",
       "c Convolution x:Half[1x8x4x4] -> y:Half[1x8x4x4] @1\n",
       "c Convolution x:Half[2x8x4x4] -> y:Half[2x8x4x4] @1.5\n",
       {{{0}, {0}}},
       {{"shape", 0.5}}},
      {"a slower tactic",
       "c Convolution x:Half[1x8x4x4] -> y:Half[1x8x4x4] tactic=one_h884 @1\n",
       "c Convolution x:Half[1x8x4x4] -> y:Half[1x8x4x4] tactic=two_h884 @1.5\n",
       {{{0}, {0}}},
       {{"slower_tactic", 0.5}}},
      {"two layers fused into one, and a Reformat between them gone",
       "c Convolution x:Half[1x8x4x4] -> y:Half[1x8x4x4] @1\n"
       "r Reformat y:Half[1x8x4x4] -> z:Half[1x8x4x4] @0.5\n"
       "p PointWise z:Half[1x8x4x4] -> w:Half[1x8x4x4] @0.25\n",
       "cp Convolution x:Half[1x8x4x4] -> w:Half[1x8x4x4] @1.125\n",
       {{{0, 1, 2}, {0}}},
       {{"fused", -0.125}, {"reformats_removed", -0.5}}},
      {"one split in two",
       "cp Convolution x:Half[1x8x4x4] -> w:Half[1x8x4x4] @1\n",
       "c Convolution x:Half[1x8x4x4] -> y:Half[1x8x4x4] @1\n"
       "p PointWise y:Half[1x8x4x4] -> w:Half[1x8x4x4] @0.25\n",
       {{{0}, {0, 1}}},
       {{"split", 0.25}}},
      {"as many Reformats as before",
       "r Reformat x:Half[1x8x4x4] -> y:Half[1x8x4x4] @0.5\n",
       "r Reformat x:Half[1x8x4x4] -> y:Half[1x8x4x4] @0.25\n",
       {{{0}, {0}}},
       {{"reformats_kept", -0.25}}},
      {"a time on one side only",
       "c Convolution x:Half[1x8x4x4] -> y:Half[1x8x4x4] @1\n"
       "d Convolution y:Half[1x8x4x4] -> z:Half[1x8x4x4] @1\n",
       "c Convolution x:Half[1x8x4x4] -> y:Half[1x8x4x4] @1\n"
       "d Convolution y:Half[1x8x4x4] -> z:Half[1x8x4x4]\n",
       {{{0}, {0}}, {{1}, {1}}},
       {{"same_kernel", 0}, {"unmatched", -1}}},
  };
  for (const CauseCase& c : cases) {
    SCOPED_TRACE(c.what);
    const Engine a = engine_text(c.a), b = engine_text(c.b);
    const ComparedSide side_a(a), side_b(b);
    const Difference difference = compare::difference(side_a, side_b, aligned(c.groups));
    EXPECT_EQ(steps_of(difference), c.steps);
    double sum = difference.waterfall.from_ms;
    for (const Step& step : difference.waterfall.steps) sum += step.delta_ms;
    EXPECT_EQ(sum, difference.waterfall.to_ms);
  }
}

TEST(Causes, UnsureRemovalIsUnmatched) {
  const Engine a = engine_text("c Convolution x:Half[1x8x4x4] -> y:Half[1x8x4x4] @1\n");
  const Engine b = engine_text("d Convolution x:Half[1x8x4x4] -> y:Half[1x8x4x4] @0.5\n");
  const ComparedSide side_a(a), side_b(b);
  Alignment alignment = aligned({{{0}, {}}, {{}, {0}}});
  alignment.groups[0].confidence = 0.3;
  const Difference difference = compare::difference(side_a, side_b, std::move(alignment));
  const std::map<std::string, double> expected{{"unmatched", -1}, {"added", 0.5}};
  EXPECT_EQ(steps_of(difference), expected);
}

TEST(Causes, ReformatsAreToldByTheirReason) {
  // A convolution that adds a float residual cannot write INT8: the Reformat quantizes after it.
  const Engine a = engine_text(
      "c Convolution x:Int8[1x32x4x4] s:Half[1x32x4x4] -> y:Half[1x32x4x4] tactic=a_i8816 @1\n"
      "q Reformat y:Half[1x32x4x4] -> z:Int8[1x32x4x4] origin=QDQ @0.25\n"
      "d Convolution z:Int8[1x32x4x4] -> w:Int8[1x32x4x4] tactic=a_i8816 @1\n"
      "bindings x s w\n");
  const Engine b = engine_text(
      "c Convolution x:Int8[1x32x4x4] s:Int8[1x32x4x4] -> z:Int8[1x32x4x4] tactic=a_i8816 @1\n"
      "d Convolution z:Int8[1x32x4x4] -> w:Int8[1x32x4x4] tactic=a_i8816 @1\n"
      "bindings x s w\n");
  const ComparedSide side_a(a), side_b(b);
  const Difference difference =
      compare::difference(side_a, side_b, aligned({{{0}, {0}}, {{1}, {}}, {{2}, {1}}}));
  const Step& step = difference.waterfall.steps.at(0);
  EXPECT_EQ(step.cause, Cause::reformats_removed);
  ASSERT_EQ(step.details.size(), 1u);
  EXPECT_EQ(step.details[0].what, "Q/DQ of a float residual branch");
  EXPECT_EQ(step.details[0].count, 1u);
  EXPECT_EQ(step.details[0].delta_ms, -0.25);
  EXPECT_EQ(step.details[0].example, "q");
}

TEST(Repeated, SeveralProfilesTellNoiseFromChange) {
  const Engine a = engine_text(before), b = engine_text(before);
  ComparedSide side_a(a), side_b(b);
  // conv1 slower by ten deviations; relu the same within noise; r1 unknown in one profile.
  side_a.profiles = {{1.00, 0.25, 0.50}, {1.01, 0.25, 0.52}, {0.99, 0.25, 0.48}};
  side_b.profiles = {{1.10, null_real, 0.49}, {1.11, 0.25, 0.52}, {1.09, 0.25, 0.50}};
  const Difference difference =
      compare::difference(side_a, side_b, aligned({{{0}, {0}}, {{1}, {1}}, {{2}, {2}}}));
  EXPECT_EQ(difference.profiles_a, 3u);
  EXPECT_NEAR(difference.pairs[0].repeated.delta, 0.1, 1e-12);
  // Deviations 0.01 of three each: error 0.01 sqrt(2 / 3), 4 degrees, t = 2.7764.
  EXPECT_NEAR(difference.pairs[0].repeated.interval.low, 0.1 - 2.7764451 * 0.0081649658, 1e-8);
  EXPECT_TRUE(difference.pairs[0].significant);
  EXPECT_FALSE(difference.pairs[1].significant);
  EXPECT_FALSE(difference.pairs[2].significant);
}

TEST(Figures, OfASmallEngine) {
  const Engine a = engine_text(before);
  const ComparedSide side(a);
  std::map<std::string_view, double> figures;
  const std::vector<double> values = figures_of(side);
  ASSERT_EQ(values.size(), figure_specs().size());
  for (std::size_t i = 0; i < values.size(); ++i) figures[figure_specs()[i].key] = values[i];
  EXPECT_EQ(figures["layer_time_ms"], 1.75);
  EXPECT_EQ(figures["layer_count"], 3);
  EXPECT_EQ(figures["reformat_count"], 1);
  EXPECT_EQ(figures["reformat_ms"], 0.25);
  EXPECT_TRUE(std::isnan(figures["end_to_end_ms"]));
  EXPECT_EQ(precision_share(side, "FP16"), 1);
  EXPECT_EQ(precision_share(side, "INT8"), 0);
}

}  // namespace
}  // namespace trex::compare

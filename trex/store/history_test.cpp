// Series, their order, and what explains a change: worked out by hand.

// SPDX-License-Identifier: Apache-2.0
#include "trex/store/history.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "trex/base/error.hpp"
#include "trex/store/history_report.hpp"
#include "trex/store/history_source.hpp"

namespace trex::store {
namespace {

struct Given {
  const char *id, *date, *gpu, *trt, *precision;
  double latency_ms;
};

// Tables as the schema has them, as far as a history reads them. Each engine has the layers of
// `layers_of`.
using LayersOf = std::vector<std::tuple<const char*, const char*, double>> (*)(const Given&);
HistorySource source_of(const std::vector<Given>& engines, LayersOf layers_of) {
  using T = std::string_view;
  using Words = std::vector<std::string>;
  Words ids, names, models, dates, gpus, versions, precisions;
  std::vector<double> latencies;
  Words layer_ids, layer_names, scopes, types, layer_precisions;
  std::vector<double> times;
  for (const Given& engine : engines) {
    ids.emplace_back(engine.id);
    names.push_back("net-" + ids.back());
    models.emplace_back("folder/net");
    dates.emplace_back(engine.date);
    gpus.emplace_back(engine.gpu);
    versions.emplace_back(engine.trt);
    precisions.emplace_back(engine.precision);
    latencies.push_back(engine.latency_ms);
    for (const auto& [name, scope, ms] : layers_of(engine)) {
      layer_ids.emplace_back(engine.id);
      layer_names.emplace_back(name);
      scopes.emplace_back(scope);
      types.emplace_back(std::string_view(name) == "copy" ? "Reformat" : "Convolution");
      layer_precisions.emplace_back("FP16");
      times.push_back(ms);
    }
  }
  Table table;
  table.add(Key<T>{"engine_id", Unit::none, ""}, ids).add(Key<T>{"engine", Unit::none, ""}, names);
  table.add(Key<T>{"model", Unit::none, ""}, models).add(Key<T>{"date", Unit::none, ""}, dates);
  table.add(Key<T>{"gpu", Unit::none, ""}, gpus);
  table.add(Key<T>{"tensorrt_version", Unit::none, ""}, versions);
  table.add(Key<T>{"precision_flags", Unit::none, ""}, precisions);
  table.add(Key<double>{"end_to_end_median_ms", Unit::milliseconds, ""}, latencies);
  Table layers;
  layers.add(Key<T>{"engine_id", Unit::none, ""}, layer_ids);
  layers.add(Key<T>{"name", Unit::none, ""}, layer_names);
  layers.add(Key<T>{"scope", Unit::none, ""}, scopes).add(Key<T>{"type", Unit::none, ""}, types);
  layers.add(Key<T>{"precision", Unit::none, ""}, layer_precisions);
  layers.add(Key<double>{"time_ms", Unit::milliseconds, ""}, times);
  Table timing;
  timing.add(Key<T>{"engine_id", Unit::none, ""}, Words());
  timing.add(Key<double>{"latency_ms", Unit::milliseconds, ""}, std::vector<double>());
  return history_source(tables_in_memory(table, layers, timing), "net");
}

std::vector<std::tuple<const char*, const char*, double>> two_blocks(const Given& engine) {
  const bool slow = engine.latency_ms > 1.5;
  const double noise = (engine.latency_ms - (slow ? 2 : 1)) / 2;
  std::vector<std::tuple<const char*, const char*, double>> layers{
      {"a", "body/left/a", 0.5 + noise}, {"b", "body/right/b", (slow ? 1.25 : 0.5) + noise}};
  if (slow) layers.emplace_back("copy", "body/right/b", 0.25);
  return layers;
}

std::vector<std::string> ids_of(const HistorySeries& series) {
  std::vector<std::string> ids;
  for (const HistoryEngine* engine : series.points) ids.push_back(engine->id);
  return ids;
}
using Ids = std::vector<std::string>;

TEST(History, GpusAndVersionsNeverMeetUnlessTold) {
  const HistorySource source = source_of({{"3", "2026-03-03", "A10", "10.3", "FP16", 1.0},
                                          {"1", "2026-03-01", "A10", "10.3", "FP16", 1.0},
                                          {"2", "2026-03-02", "A10", "10.7", "FP16", 1.0},
                                          {"4", "2026-03-04", "L4", "10.7", "FP16", 1.0},
                                          {"5", "2026-03-05", "A10", "10.3", "INT8", 1.0},
                                          {"5", "2026-03-05", "A10", "10.3", "INT8", 1.0}},
                                         two_blocks);
  const History apart = history_of(source, {});
  ASSERT_EQ(apart.series.size(), 4u);
  EXPECT_EQ(apart.engine_count, 5u);
  EXPECT_EQ(ids_of(apart.series[0]), (Ids{"1", "3"}));
  const History across = history_of(source, {.across_trt = true, .across_precision = true});
  ASSERT_EQ(across.series.size(), 2u);
  EXPECT_EQ(ids_of(across.series[0]), (Ids{"1", "2", "3", "5"}));
  EXPECT_EQ(ids_of(across.series[1]), (Ids{"4"}));
  EXPECT_EQ(across.series[0].trt, "");
  const History some =
      history_of(source, {.gpu = "a1", .since = "2026-03-02", .until = "2026-03-03"});
  EXPECT_EQ(some.engine_count, 2u);
  EXPECT_THROW(history_of(source, {.gpu = "H100"}), Error);
  EXPECT_THROW(history_of(source, {.since = "2027"}), Error);
  EXPECT_THROW(history_of(source, {.metric = "latency"}), Error);
  EXPECT_THROW(history_of(source, {.metric = "weights"}), Error);
}

TEST(History, WithoutDatesNamesSayTheOrderAndSomeDatesLeaveOthersOut) {
  const HistorySource undated = source_of({{"10", "", "A10", "10.3", "FP16", 1.0},
                                           {"9", "", "A10", "10.3", "FP16", 1.0},
                                           {"09a", "", "A10", "10.3", "FP16", NAN}},
                                          two_blocks);
  const History by_name = history_of(undated, {});
  EXPECT_TRUE(by_name.series[0].by_name);
  EXPECT_EQ(ids_of(by_name.series[0]), (Ids{"9", "10"}));
  EXPECT_EQ(by_name.unmeasured, 1u);
  const HistorySource mixed = source_of(
      {{"10", "2026-01-01", "A10", "10.3", "FP16", 1.0}, {"9", "", "A10", "10.3", "FP16", 1.0}},
      two_blocks);
  const History dated = history_of(mixed, {});
  EXPECT_EQ(ids_of(dated.series[0]), (Ids{"10"}));
  EXPECT_EQ(dated.undated, 1u);
}

TEST(History, AChangeIsExplained) {
  const HistorySource source = source_of({{"1", "2026-03-01", "A10", "10.3", "FP16", 1.000},
                                          {"2", "2026-03-02", "A10", "10.3", "FP16", 1.004},
                                          {"3", "2026-03-03", "A10", "10.3", "FP16", 1.000},
                                          {"4", "2026-03-04", "A10", "10.3", "FP16", 1.004},
                                          {"5", "2026-03-05", "A10", "10.7", "FP16", 2.000},
                                          {"6", "2026-03-06", "A10", "10.7", "FP16", 2.004},
                                          {"7", "2026-03-07", "A10", "10.7", "FP16", 2.000}},
                                         two_blocks);
  const History history = history_of(source, {.across_trt = true});
  ASSERT_EQ(history.series[0].changes.size(), 1u);
  const HistoryChange& change = history.series[0].changes[0];
  EXPECT_EQ(change.point.at, 4u);
  EXPECT_TRUE(change.worse);
  // Medians 1.002 and 2.
  EXPECT_NEAR(change.point.ratio, 2.0 / 1.002 - 1, 1e-12);
  // The right block: from 0.501 on average to 1.25 + 0.25 + 0.002 / 3; the left one stays.
  ASSERT_EQ(change.blocks.size(), 2u);
  EXPECT_EQ(change.blocks[0].name, "body/right/b");
  EXPECT_NEAR(change.blocks[0].delta_ms(), 1.5 + 0.002 / 3 - 0.501, 1e-12);
  EXPECT_EQ(change.blocks[0].significant, std::optional(true));
  EXPECT_EQ(change.blocks[1].significant, std::optional(false));
  // Reformats are new: from nothing to 0.25 ms.
  ASSERT_EQ(change.types.size(), 2u);
  EXPECT_EQ(change.types[1].name, "Reformat");
  EXPECT_DOUBLE_EQ(change.types[1].before_ms, 0);
  EXPECT_DOUBLE_EQ(change.types[1].after_ms, 0.25);
  // Engine 4 against engine 5: b 0.502 to 1.25, copy 0 to 0.25, a 0.502 to 0.5.
  ASSERT_EQ(change.layers.size(), 3u);
  EXPECT_EQ(change.layers[0].name, "b");
  EXPECT_NEAR(change.layers[0].delta_ms(), 0.748, 1e-12);
  EXPECT_EQ(change.layers[1].name, "copy");
  ASSERT_EQ(change.facts.size(), 1u);
  EXPECT_EQ(change.facts[0].what, "TensorRT");
  EXPECT_EQ(change.facts[0].after, "10.7");
  EXPECT_EQ(history.series[0].blocks[1].changed_at, std::optional<std::size_t>(4));
}

TEST(History, NumbersInNamesCount) {
  EXPECT_TRUE(natural_less("engine9", "engine10"));
  EXPECT_FALSE(natural_less("engine10", "engine9"));
  EXPECT_TRUE(natural_less("a", "b1"));
  EXPECT_TRUE(natural_less("a", "a1"));
  EXPECT_FALSE(natural_less("a007", "a7"));
  EXPECT_TRUE(natural_less("a7", "a0008"));
}

TEST(History, SparklineKeepsToItsWidth) {
  const double values[] = {1, 2, NAN, 8};
  EXPECT_EQ(sparkline(values, 10), "▁▂·█");
  const std::vector<double> flat(100, 3.0);
  EXPECT_EQ(sparkline(flat, 4), "▁▁▁▁");
  EXPECT_EQ(sparkline({}, 4), "");
}

TEST(History, ModelsAreChosenByAPartOfTheirName) {
  EXPECT_EQ(choose_model({"bert", "resnet50", "resnet18"}, "BER"), "bert");
  EXPECT_EQ(choose_model({"resnet", "resnet50"}, "resnet"), "resnet");
  EXPECT_EQ(choose_model({"bert"}, ""), "bert");
  EXPECT_THROW(choose_model({"resnet18", "resnet50"}, "resnet"), Error);
  EXPECT_THROW(choose_model({"resnet18", "resnet50"}, ""), Error);
  EXPECT_THROW(choose_model({}, ""), Error);
  try {
    choose_model({"bert", "resnet50"}, "resnet5O");
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "--model: no model 'resnet5O', did you mean 'resnet50'?");
  }
}

}  // namespace
}  // namespace trex::store

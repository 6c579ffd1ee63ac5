// What reports are made of: column names in expressions, attributes as columns, which layer is
// meant, aggregates, and what is said of the evidence.

// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "trex/base/error.hpp"
#include "trex/load/plan.hpp"
#include "trex/report/aggregates.hpp"
#include "trex/report/evidence.hpp"
#include "trex/report/layer_choice.hpp"
#include "trex/report/layer_table.hpp"
#include "trex/report/layers_report.hpp"

namespace trex::report {
namespace {

std::string message_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

Engine engine_of(const std::string& layers) {
  return load_plan(Bytes::from(R"({"Layers": [)" + layers + R"(], "Bindings": []})"), "plan.json",
                   std::nullopt);
}

std::string layer_json(const std::string& name, const std::string& attributes = "") {
  return R"({"Name": ")" + name + R"(", "LayerType": "Shuffle", "Inputs": [], "Outputs": [])" +
         (attributes.empty() ? "" : ", " + attributes) + "}";
}

TEST(WordsOf, AreTheNamesOutsideQuotes) {
  using Words = std::vector<std::string>;
  struct Case {
    const char* expression;
    Words expected;
  };
  const Case cases[] = {
      {"time_ms > 0.01", {"time_ms"}},
      {"type == \"Kernel\" and not name ~ 'a\\'Stride'", {"type", "name"}},
      {"Weights.Count >= 1e9", {"Weights.Count"}},
      {"precision in ('FP16') or tactic is not null AND hidden", {"precision", "tactic", "hidden"}},
      {"name == \"unclosed", {"name"}},
      {"", {}},
      {"time_ms>median_ms", {"time_ms", "median_ms"}},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.expression);
    EXPECT_EQ(words_of(c.expression), c.expected);
  }
}

TEST(RawColumns, KeepTheTypeOnWhichAllLayersAgree) {
  const Engine engine = engine_of(
      layer_json("a", R"("Kernel": [3,3], "Groups": 1, "Blend": 0.5, "On": true, "Mixed": 1)") +
      "," +
      layer_json(
          "b",
          R"("Groups": 2, "Blend": 1, "Mixed": "x", "Weights": {"Type": "Half", "Count": 7})"));
  const Table table =
      layer_table(engine, {"Kernel", "Groups", "Blend", "On", "Mixed", "Weights.Count", "Weights"});
  struct Case {
    const char* name;
    ColumnType type;
    const char *first, *second;
  };
  const Case cases[] = {
      {"Kernel", ColumnType::integers, "3x3", ""},
      {"Groups", ColumnType::integer, "1", "2"},
      {"Blend", ColumnType::real, "0.5", "1"},
      {"On", ColumnType::boolean, "true", ""},
      {"Mixed", ColumnType::text, "1", "x"},
      {"Weights.Count", ColumnType::integer, "", "7"},
      {"Weights", ColumnType::text, "", R"({"Type":"Half","Count":7})"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    const Column* column = table.find(c.name);
    ASSERT_NE(column, nullptr);
    EXPECT_EQ(column_type_name(column->type()), column_type_name(c.type));
    EXPECT_EQ(column->cell(0), c.first);
    EXPECT_EQ(column->cell(1), c.second);
  }
}

TEST(LayerTable, SuggestsAttributesToo) {
  const Engine engine = engine_of(layer_json("a", R"("Kernel": [3,3])"));
  EXPECT_EQ(message_of([&] { layer_table(engine, {"Kernal"}); }),
            "no column or attribute 'Kernal', did you mean 'Kernel'?");
  EXPECT_EQ(message_of([&] { layer_table(engine, {"tiem_ms"}); }),
            "no column or attribute 'tiem_ms', did you mean 'time_ms'?");
}

TEST(ChooseLayer, ByNameIndexPartAndExpression) {
  const Engine engine =
      engine_of(layer_json("conv1") + "," + layer_json("conv2") + "," + layer_json("1") + "," +
                layer_json("stage/relu") + "," + layer_json("twin") + "," + layer_json("twin"));
  struct Case {
    const char* what;
    const char* text;
    Row row;  // no_row: an error
    const char* error;
  };
  const Case cases[] = {
      {"the whole name", "conv2", 1, ""},
      {"a name goes before an index", "1", 2, ""},
      {"an index", "3", 3, ""},
      {"a part that one name has", "relu", 3, ""},
      {"whatever the case", "RELU", 3, ""},
      {"an expression", "^stage", 3, ""},
      {"several", "conv", no_row,
       "'conv' may be 2 layers: 0 'conv1', 1 'conv2'; give the index or more of the name"},
      {"one name twice", "twin", no_row,
       "'twin' may be 2 layers: 4 'twin', 5 'twin'; give the index or more of the name"},
      {"none, but near", "covn1", no_row,
       "no layer 'covn1', did you mean 'conv1'?; trex layers lists them"},
      {"none", "zzzzzzzz", no_row, "no layer 'zzzzzzzz'; trex layers lists them"},
      {"an index past the end", "99", no_row, "no layer '99'; trex layers lists them"},
      {"no expression", "(((", no_row, "no layer '((('; trex layers lists them"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    Row row = no_row;
    const std::string error = message_of([&] { row = choose_layer(engine, c.text); });
    EXPECT_EQ(row, c.row);
    EXPECT_EQ(error, c.row == no_row ? c.error : "no error");
  }
}

TEST(Aggregates, AreNamedAfterWhatTheyDo) {
  EXPECT_EQ(parse_aggregate("sum:time_ms").name, "time_ms");
  EXPECT_EQ(parse_aggregate("mean:time_ms").name, "mean_time_ms");
  EXPECT_EQ(parse_aggregate("count").column, "");
  EXPECT_EQ(aggregations({}).size(), 5u);
  EXPECT_EQ(aggregations({"count"}).size(), 0u);
  EXPECT_EQ(message_of([] { parse_aggregate("maen:time_ms"); }),
            "--agg maen:time_ms: no aggregate 'maen', did you mean 'mean'?");
  EXPECT_EQ(message_of([] { parse_aggregate("mean"); }),
            "--agg mean: of which column? Write it as 'mean:time_ms'");
}

std::vector<std::string> ids(const Engine& engine) {
  std::vector<std::string> result;
  for (const EvidenceIssue& issue : evidence_issues(engine)) result.push_back(issue.id);
  return result;
}

TEST(Evidence, SaysWhatIsMissing) {
  using Ids = std::vector<std::string>;
  EXPECT_EQ(ids(engine_of(layer_json("a"))), (Ids{"no-profile", "no-timing"}));
  EXPECT_EQ(ids(engine_of(R"("a", "b")")), (Ids{"no-profile", "names-only", "no-timing"}));
}

// A profile of 200 iterations over all layers, so that only the timing speaks.
Engine timed_engine(const std::vector<double>& latency_ms) {
  Engine engine = engine_of(layer_json("a"));
  engine.layers.add(layer::time_ms, {0.1});
  engine.profile.present = true;
  engine.profile.iterations = 200;
  engine.profile.rows = engine.profile.matched_rows = 1;
  engine.profile.joined_by = "name";
  engine.profile.layer_time_ms = 0.1;
  Table timing;
  timing.add(timing::latency_ms, latency_ms);
  engine.timing = timing;
  return engine;
}

TEST(Evidence, SaysWhatIsUnsteady) {
  using Ids = std::vector<std::string>;
  struct Case {
    const char* what;
    std::vector<double> latency_ms;
    Ids expected;
  };
  const std::vector<double> steady(100, 1.0);
  std::vector<double> drifting = steady;  // 5 % slower from the middle on: deviation 2.5 % of mean
  for (std::size_t i = 50; i < 100; ++i) drifting[i] = 1.05;
  std::vector<double> scattered = steady;  // every fourth is 1.2: deviation 8 % of mean
  for (std::size_t i = 0; i < 100; i += 4) scattered[i] = 1.2;
  const Case cases[] = {
      {"steady", steady, {}},
      {"drifting", drifting, {"unstable-latency"}},
      {"scattered", scattered, {"unstable-latency"}},
      {"too few", {1, 1, 1}, {"few-iterations"}},
      {"unknown values are left out", std::vector<double>(100, null_real), {}},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    EXPECT_EQ(ids(timed_engine(c.latency_ms)), c.expected);
  }
}

TEST(LayersReport, RejectsWhatCannotBeMeant) {
  const Engine engine = engine_of(layer_json("a"));
  struct Case {
    const char* what;
    LayersQuery query;
    const char* part;
  };
  const Case cases[] = {
      {"aggregates of no group", {.aggregates = {"sum:time_ms"}}, "--agg needs --group-by"},
      {"an order that is none", {.sort = {"time_ms:up"}}, "the order is 'asc' or 'desc'"},
      {"an unknown sort column", {.sort = {"tiem_ms"}}, "did you mean 'time_ms'?"},
      {"an unknown group", {.group_by = {"tpye"}}, "did you mean 'type'?"},
      {"an unknown column of a filter", {.where = "typ == 'x'"}, "did you mean 'type'?"},
      {"a negative number of rows", {.top = -1}, "--top takes a number of rows"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    const std::string message = message_of([&] { layers_report(engine, c.query); });
    EXPECT_NE(message.find(c.part), std::string::npos) << message;
  }
}

}  // namespace
}  // namespace trex::report

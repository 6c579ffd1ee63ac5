// Profile rows to layers.

// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "trex/load/profile.hpp"
#include "trex/load/test_engine.hpp"

namespace trex {
namespace {

using test::any_contains;
using test::engine_of;

// A profile whose i-th row has mean i + 1, median (i + 1) / 2 and total 10 (i + 1).
Profile profile_of(const std::vector<std::string>& names, StringPool& strings) {
  Profile profile;
  profile.kind = "trtexec";
  profile.iterations = 10;
  double ms = 1;
  for (const std::string& name : names) {
    profile.rows.push_back({.name = strings[strings.intern(name)],
                            .total_ms = 10 * ms,
                            .mean_ms = ms,
                            .median_ms = ms / 2});
    ms += 1;
  }
  return profile;
}

std::vector<double> times(const Engine& engine) {
  const auto values = engine.layers[layer::time_ms].values();
  std::vector<double> result(values.begin(), values.end());
  for (double& v : result) v = std::isnan(v) ? -1 : v;
  return result;
}

TEST(JoinProfile, ByName) {
  struct Case {
    const char* what;
    std::vector<std::string> layers, rows;
    std::vector<double> expected;  // -1: unknown
    const char* joined_by;
  };
  const Case cases[] = {
      {"same order", {"a", "b"}, {"a", "b"}, {1, 2}, "name"},
      {"another order", {"a", "b"}, {"b", "a"}, {2, 1}, "name"},
      {"duplicates by occurrence", {"a", "b", "a"}, {"a", "a", "b"}, {1, 3, 2}, "name"},
      {"more duplicates than layers", {"a"}, {"a", "a"}, {1}, "name"},
      {"a layer without a row", {"a", "b", "c"}, {"a", "c"}, {1, -1, 2}, "name"},
      {"a row without a layer", {"a", "c"}, {"a", "b", "c"}, {1, 3}, "name"},
      {"equal counts are no evidence", {"a", "b"}, {"a", "x"}, {1, -1}, "name"},
      {"separators",
       {"a+b", "c"},
       {"a\x1e"
        "b",
        "c"},
       {1, 2},
       "name"},
      {"invalid UTF-8",
       {"a\x1f"
        "b",
        "c"},
       {"a\xEF\xBF\xBD"
        "b",
        "c"},
       {1, 2},
       "name"},
      {"lost quotes", {"a\"b\"", "c"}, {"ab", "c"}, {1, 2}, "name"},
      {"indices", {"conv", "relu"}, {"1", "0"}, {2, 1}, "index"},
      {"not all are indices", {"conv", "relu"}, {"0", "x"}, {-1, -1}, ""},
      {"an index beyond", {"conv", "relu"}, {"0", "2"}, {-1, -1}, ""},
      {"one index twice", {"conv", "relu"}, {"0", "0"}, {-1, -1}, ""},
      {"names that are numbers", {"1", "0"}, {"0", "1"}, {2, 1}, "name"},
      {"empty names", {"", "a"}, {"a", ""}, {2, 1}, "name"},
      {"no layer", {}, {"a"}, {}, ""},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    Engine engine = engine_of(c.layers);
    StringPool strings;
    join_profile(engine, profile_of(c.rows, strings), "p.json");
    EXPECT_EQ(times(engine), c.expected);
    EXPECT_EQ(engine.profile.joined_by, c.joined_by);
    EXPECT_EQ(engine.profile.rows, static_cast<std::int64_t>(c.rows.size()));
    const auto matched =
        std::count_if(c.expected.begin(), c.expected.end(), [](double ms) { return ms > 0; });
    EXPECT_EQ(engine.profile.matched_rows, matched);
    EXPECT_EQ(engine.profile.unmatched.size(), c.rows.size() - static_cast<std::size_t>(matched));
  }
}

TEST(JoinProfile, SetsAllColumnsAndFacts) {
  Engine engine = engine_of({"a", "b"});
  StringPool strings;
  join_profile(engine, profile_of({"a", "x", "b"}, strings), "p.json");
  // means 1, 2, 3: the sum is over all rows, so the shares of a and b are 1/6 and 3/6
  EXPECT_EQ(engine.profile.layer_time_ms, 6);
  EXPECT_EQ(engine.layers[layer::share][0], 1.0 / 6);
  EXPECT_EQ(engine.layers[layer::share][1], 0.5);
  EXPECT_EQ(engine.layers[layer::median_ms][1], 1.5);
  EXPECT_EQ(engine.layers[layer::total_ms][1], 30);
  EXPECT_TRUE(engine.profile.present);
  EXPECT_EQ(engine.profile.file, "p.json");
  EXPECT_EQ(engine.profile.kind, "trtexec");
  EXPECT_EQ(engine.profile.iterations, 10);
  EXPECT_EQ(engine.profile.unmatched, std::vector<std::string>{"x"});
  EXPECT_EQ(test::messages(engine.notes),
            (std::vector<std::string>{
                "1 of 3 profile rows name no layer of the graph: 'x'",
                "profile rows without a layer take 33.3% of the time of all rows; it counts in the "
                "total"}));
}

TEST(JoinProfile, SaysWhenThePairIsWrong) {
  StringPool strings;
  Engine few = engine_of({"a", "b", "c", "d"});
  join_profile(few, profile_of({"a", "x", "y", "z"}, strings), "p.json");
  ASSERT_FALSE(few.notes.empty());
  EXPECT_EQ(few.notes[0].message,
            "only 1 of 4 profile rows (25%) name a layer of this graph: probably two different "
            "engines; export graph and profile in the same trtexec run");

  Engine none = engine_of({"a", "b"});
  join_profile(none, profile_of({"x", "y"}, strings), "p.json");
  EXPECT_EQ(
      test::messages(none.notes),
      (std::vector<std::string>{
          "none of 2 profile rows names a layer of this graph, so all times are unknown: "
          "probably two different engines; export graph and profile in the same trtexec run"}));

  Engine half = engine_of({"a", "b"});
  join_profile(half, profile_of({"a", "y"}, strings), "p.json");
  EXPECT_FALSE(any_contains(half.notes, "different engines"));
}

TEST(JoinProfile, HandlesOptimizationProfiles) {
  StringPool strings;
  Engine shown = engine_of({"a [profile 12]", "b [profile 12]"}, 12);
  join_profile(shown, profile_of({"a", "b [profile 12]"}, strings), "p.json");
  EXPECT_EQ(times(shown), (std::vector<double>{1, 2}));
  EXPECT_TRUE(any_contains(shown.notes, "1 profile rows are joined although"));

  Engine other = engine_of({"a", "b"}, 0);
  join_profile(other, profile_of({"a [profile 1]", "b [profile 1]"}, strings), "p.json");
  EXPECT_EQ(times(other), (std::vector<double>{-1, -1}));
  EXPECT_TRUE(any_contains(other.notes,
                           "taken with optimization profile 1, shown is 0; use "
                           "--opt-profile 1"));
}

TEST(JoinProfile, OddFiguresGiveUnknownShares) {
  StringPool strings;
  Profile zero = profile_of({"a", "b"}, strings);
  zero.rows[0].mean_ms = zero.rows[1].mean_ms = 0;
  Engine engine = engine_of({"a", "b"});
  join_profile(engine, zero, "p.json");
  EXPECT_EQ(engine.profile.layer_time_ms, 0);
  EXPECT_EQ(engine.layers[layer::time_ms][0], 0);
  EXPECT_EQ(engine.layers[layer::share][0], std::nullopt);

  Profile huge = profile_of({"a", "b"}, strings);
  huge.rows[0].mean_ms = huge.rows[1].mean_ms = 1e308;
  join_profile(engine, huge, "p.json");
  EXPECT_TRUE(std::isnan(engine.profile.layer_time_ms));
  EXPECT_EQ(engine.layers[layer::share][0], std::nullopt);
  EXPECT_TRUE(any_contains(engine.notes, "no usable mean times"));

  Profile partly = profile_of({"a", "b"}, strings);
  partly.rows[1].mean_ms = null_real;
  join_profile(engine, partly, "p.json");
  EXPECT_EQ(engine.profile.layer_time_ms, 1);
  EXPECT_EQ(engine.layers[layer::share][0], 1);
  EXPECT_EQ(engine.layers[layer::share][1], std::nullopt);
}

TEST(JoinProfile, SeesDlaRows) {
  StringPool strings;
  Engine engine = engine_of({"{ForeignNode[conv1...fc]}", "prob"});
  join_profile(engine,
               profile_of({"data to nvm", "{ForeignNode[conv1...fc]}", "fc from nvm",
                           "data copy finish", "prob", "fc finish"},
                          strings),
               "p.json");
  EXPECT_EQ(engine.layers[layer::device][0], "DLA");
  EXPECT_EQ(engine.layers[layer::device][1], "GPU");
  EXPECT_TRUE(any_contains(engine.notes,
                           "4 profile rows are copies to and from the DLA, no "
                           "layers: 'data to nvm', 'fc from nvm', 'data copy "
                           "finish' and 1 more"));
  EXPECT_FALSE(any_contains(engine.notes, "different engines"));

  Engine gpu = engine_of({"{ForeignNode[a...b]}", "{conv1,relu1}"});  // Myelin; 7.x's DLA group
  join_profile(gpu, profile_of({"{ForeignNode[a...b]}", "{conv1,relu1}"}, strings), "p.json");
  EXPECT_EQ(gpu.layers[layer::device][0], "GPU");
  EXPECT_EQ(gpu.layers[layer::device][1], "DLA");
}

TEST(JoinProfile, LongAndHostileNamesStayShortInNotes) {
  StringPool strings;
  Engine engine = engine_of({"a"});
  join_profile(engine, profile_of({"a", std::string(1 << 20, 'x'), "\x1b[31m</script>\n"}, strings),
               "p.json");
  for (const Note& note : engine.notes) {
    EXPECT_LT(note.message.size(), 400u);
    EXPECT_EQ(note.message.find('\x1b'), std::string::npos);
    EXPECT_EQ(note.message.find('\n'), std::string::npos);
  }
}

// Whatever the order of the rows: each layer gets the time of the row of its name and occurrence.
TEST(JoinProfile, OrderOfDistinctRowsDoesNotMatter) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    const std::size_t count = 1 + random() % 40;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < count; ++i) names.push_back("n" + std::to_string(random() % 20));
    StringPool strings;
    Profile profile = profile_of(names, strings);
    Engine straight = engine_of(names);
    join_profile(straight, profile, "p.json");
    std::vector<double> in_order(count);
    for (std::size_t i = 0; i < count; ++i) in_order[i] = static_cast<double>(i + 1);
    EXPECT_EQ(times(straight), in_order);

    // Stable by name, so that equal names keep their order among themselves.
    std::stable_sort(profile.rows.begin(), profile.rows.end(),
                     [](const ProfileRow& a, const ProfileRow& b) { return a.name < b.name; });
    Engine sorted = engine_of(names);
    join_profile(sorted, profile, "p.json");
    EXPECT_EQ(times(sorted), in_order);
    EXPECT_EQ(sorted.profile.layer_time_ms, static_cast<double>(count * (count + 1)) / 2);
    EXPECT_TRUE(sorted.notes.empty());
  }
}

}  // namespace
}  // namespace trex

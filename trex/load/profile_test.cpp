// Profile JSON: every shape of it, and everything that can be wrong with it.

// SPDX-License-Identifier: Apache-2.0

#include "trex/load/profile.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "trex/base/error.hpp"
#include "trex/load/test_engine.hpp"

namespace trex {
namespace {

constexpr double unknown = null_real;

struct Row3 {
  std::string name;
  double total, mean, median;
};

bool same(double a, double b) { return std::isnan(a) ? std::isnan(b) : a == b; }

void expect_rows(const Profile& profile, const std::vector<Row3>& expected) {
  ASSERT_EQ(profile.rows.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    SCOPED_TRACE(i);
    const ProfileRow& row = profile.rows[i];
    EXPECT_EQ(row.name, expected[i].name);
    EXPECT_TRUE(same(row.total_ms, expected[i].total)) << row.total_ms;
    EXPECT_TRUE(same(row.mean_ms, expected[i].mean)) << row.mean_ms;
    EXPECT_TRUE(same(row.median_ms, expected[i].median)) << row.median_ms;
  }
}

Profile load(const std::string& text, StringPool& strings) {
  return load_profile(Bytes::from(text), "p.json", strings);
}

TEST(Profile, ReadsEveryShape) {
  struct Case {
    const char* what;
    const char* text;
    const char* kind;
    std::int64_t iterations;
    std::vector<Row3> rows;
  };
  const Case cases[] = {
      {"8.4 and later",
       R"([{"count":4},{"name":"a","timeMs":8,"averageMs":2,"medianMs":1.5,"percentage":80},
           {"name":"b","timeMs":2e0,"averageMs":5e-1,"medianMs":0.5,"percentage":20}])",
       "trtexec",
       4,
       {{"a", 8, 2, 1.5}, {"b", 2, 0.5, 0.5}}},
      {"7.x: no median",
       R"([{"count":4},{"name":"a","timeMs":8,"averageMs":2,"percentage":100}])",
       "trtexec",
       4,
       {{"a", 8, 2, unknown}}},
      {"8.2: no mean either, total over count",
       R"([{"count":4},{"name":"a","timeMs":8}])",
       "trtexec",
       4,
       {{"a", 8, 2, unknown}}},
      {"no count",
       R"([{"name":"a","timeMs":8}])",
       "trtexec",
       null_integer,
       {{"a", 8, unknown, unknown}}},
      {"another order of keys",
       R"([{"percentage":1,"medianMs":1,"averageMs":2,"timeMs":8,"name":"a"},{"count":4}])",
       "trtexec",
       4,
       {{"a", 8, 2, 1}}},
      {"duplicate names stay rows",
       R"([{"name":"a","averageMs":1},{"name":"a","averageMs":2}])",
       "trtexec",
       null_integer,
       {{"a", unknown, 1, unknown}, {"a", unknown, 2, unknown}}},
      {"escapes",
       R"([{"name":"aA\u001eb\"c","averageMs":1}])",
       "trtexec",
       null_integer,
       {{"aA\x1e"
         "b\"c",
         unknown, 1, unknown}}},
      {"a name that cannot be unescaped stays raw",
       R"([{"name":"C:\dir","averageMs":1}])",
       "trtexec",
       null_integer,
       {{"C:\\dir", unknown, 1, unknown}}},
      {"nan and inf are unknown",
       R"([{"name":"a","timeMs":nan,"averageMs":-nan(ind),"medianMs":3},
           {"name":"b","timeMs":inf,"averageMs":1,"medianMs":-inf}])",
       "trtexec",
       null_integer,
       {{"a", unknown, unknown, 3}, {"b", unknown, 1, unknown}}},
      {"an exponent beyond a double",
       R"([{"name":"a","timeMs":1e999,"averageMs":1}])",
       "trtexec",
       null_integer,
       {{"a", unknown, 1, unknown}}},
      {"null is unknown",
       R"([{"name":"a","timeMs":null,"averageMs":1}])",
       "trtexec",
       null_integer,
       {{"a", unknown, 1, unknown}}},
      {"numbers as names",
       R"([{"name":7,"averageMs":1}])",
       "trtexec",
       null_integer,
       {{"7", unknown, 1, unknown}}},
      {"empty name",
       R"([{"name":"","averageMs":1}])",
       "trtexec",
       null_integer,
       {{"", unknown, 1, unknown}}},
      {"Torch-TensorRT",
       // mean (1 + 2 + 6) / 3 = 3, median 2; even count: median (1 + 3) / 2 = 2
       R"({"a":[[1,"t"],[6,"t"],[2,"t"]],"b":[[3,"t"],[1,"t"]]})",
       "Torch-TensorRT",
       3,
       {{"a", 9, 3, 2}, {"b", 4, 2, 2}}},
      {"samples without time stamps", R"({"a":[4,2]})", "Torch-TensorRT", 2, {{"a", 6, 3, 3}}},
      {"a layer without measurement",
       R"({"a":[[1,"t"]],"b":[]})",
       "Torch-TensorRT",
       1,
       {{"a", 1, 1, 1}}},
      {"name to ms",
       R"({"a":0.5,"b":0.25})",
       "layer times",
       null_integer,
       {{"a", unknown, 0.5, unknown}, {"b", unknown, 0.25, unknown}}},
      {"records under a key",
       R"({"count":2,"Layers":[{"name":"a","timeMs":4}],"tool":"x"})",
       "layer times",
       2,
       {{"a", 4, 2, unknown}}},
      {"name to record",
       R"({"a":{"averageMs":1},"config":{"x":1}})",
       "layer times",
       null_integer,
       {{"a", unknown, 1, unknown}}},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    StringPool strings;
    const Profile profile = load(c.text, strings);
    EXPECT_EQ(profile.kind, c.kind);
    EXPECT_EQ(profile.iterations, c.iterations);
    expect_rows(profile, c.rows);
  }
}

TEST(Profile, SaysWhatIsOdd) {
  struct Case {
    const char* what;
    const char* text;
    std::vector<std::string> notes;
  };
  const Case cases[] = {
      {"nothing", R"([{"name":"a","averageMs":1}])", {}},
      {"nan, once for all",
       R"([{"name":"a","averageMs":nan},{"name":"b","averageMs":nan},{"name":"c","averageMs":1}])",
       {"/0: a time that is not a finite number counts as unknown (2 times, here first)"}},
      {"negative",
       R"([{"name":"a","averageMs":1},{"name":"b","averageMs":-1}])",
       {"/1: a negative time counts as unknown"}},
      {"text for a time",
       R"([{"name":"a","averageMs":1,"timeMs":"8"}])",
       {"/0: a time that is not a number counts as unknown"}},
      {"a list for a time",
       R"([{"name":"a","averageMs":1,"timeMs":[1,2]}])",
       {"/0: a time that is not a number counts as unknown"}},
      {"no name",
       R"([{"name":"a","averageMs":1},{"averageMs":1}])",
       {"/1: a record without a name is left out"}},
      {"no record",
       R"([{"name":"a","averageMs":1},7,["x"]])",
       {"/1: what is no record is left out (2 times, here first)"}},
      {"count",
       R"([{"count":-3},{"name":"a","averageMs":1}])",
       {"/0: 'count' is not a number of inferences"}},
      {"measurements",
       R"({"a":[[1,"t"]],"b":[[1,"t"],[2,"t"]]})",
       {"b: a layer has another number of measurements than the first"}},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    StringPool strings;
    EXPECT_EQ(test::messages(load(c.text, strings).notes), c.notes);
  }
}

TEST(Profile, MendsNamesThatTrtexecWroteRaw) {
  StringPool strings;
  const Profile quotes = load(
      "[\n  { \"count\" : 2 }\n, { \"name\" : \"a \"b\" c\", \"timeMs\" : 4, "
      "\"averageMs\" : 2, \"medianMs\" : 2, \"percentage\" : 100 }\n]\n",
      strings);
  expect_rows(quotes, {{"a \"b\" c", 4, 2, 2}});
  EXPECT_EQ(quotes.iterations, 2);
  EXPECT_FALSE(quotes.notes.empty());

  const Profile separators = load(
      "[{\"name\":\"a\x1e"
      "b\",\"averageMs\":1}]",
      strings);
  expect_rows(separators, {{"a\x1e"
                            "b",
                            unknown, 1, unknown}});
  EXPECT_FALSE(separators.notes.empty());
}

TEST(Profile, TakesTheLastOfSeveralRuns) {
  StringPool strings;
  const Profile profile = load(R"([{"name":"a","averageMs":1}]
                                  [{"name":"a","averageMs":2}])",
                               strings);
  expect_rows(profile, {{"a", unknown, 2, unknown}});
  EXPECT_TRUE(test::any_contains(profile.notes, "2 profiles run together; the last is shown"));
}

TEST(Profile, RefusesWhatHasNoTimes) {
  const std::pair<const char*, const char*> cases[] = {
      {"", "p.json: the file is empty"},
      {" \n", "p.json: the file is empty"},
      {"[]",
       "p.json: no layer in this profile; run trtexec with --exportProfile, without "
       "--skipInference or --buildOnly"},
      {R"([{"count":0}])",
       "p.json: no layer in this profile; run trtexec with --exportProfile, "
       "without --skipInference or --buildOnly"},
      {R"([{"name":"a"}])",
       "p.json: no time in this profile; run trtexec with --exportProfile, "
       "without --skipInference or --buildOnly"},
  };
  for (const auto& [text, message] : cases) {
    SCOPED_TRACE(text);
    StringPool strings;
    try {
      load(text, strings);
      ADD_FAILURE() << "no error";
    } catch (const Error& error) {
      EXPECT_STREQ(error.what(), message);
    }
  }
  for (const char* text : {"7", "\"text\"", "not json", "{\"a\":", "\xff\xfe\x00"}) {
    SCOPED_TRACE(text);
    StringPool strings;
    EXPECT_THROW(load(text, strings), Error);
  }
}

}  // namespace
}  // namespace trex

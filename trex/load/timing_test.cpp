// Timing JSON: both key sets, damage of every kind, and that the quick scan reads what JSON says.

// SPDX-License-Identifier: Apache-2.0

#include "trex/load/timing.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <random>

#include "trex/base/error.hpp"
#include "trex/load/test_engine.hpp"

namespace trex::timing_test {
namespace {

constexpr double unknown = null_real;

Timing load(const std::string& text) { return load_timing(Bytes::from(text), "t.json"); }

std::vector<double> column(const Table& table, Key<double> key) {
  const auto values = table[key].values();
  return {values.begin(), values.end()};
}

// Bit by bit, with every NaN alike.
bool same(const std::vector<double>& a, const std::vector<double>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (std::isnan(a[i]) && std::isnan(b[i])) continue;
    if (std::memcmp(&a[i], &b[i], sizeof(double)) != 0) return false;
  }
  return true;
}

TEST(Timing, ReadsTensorRT8AndLater) {
  const Timing timing = load(
      "[\n  { \"startEnqMs\" : 1, \"endEnqMs\" : 2, \"startH2dMs\" : 3, \"endH2dMs\" : 4, "
      "\"startComputeMs\" : 5, \"endComputeMs\" : 6, \"startD2hMs\" : 7, \"endD2hMs\" : 8, "
      "\"h2dMs\" : 0.5, \"computeMs\" : 1.5, \"d2hMs\" : 0.25, \"latencyMs\" : 2.25 }\n"
      ", { \"startEnqMs\" : 11, \"endEnqMs\" : 12, \"startH2dMs\" : 13, \"endH2dMs\" : 14, "
      "\"startComputeMs\" : 15, \"endComputeMs\" : 16, \"startD2hMs\" : 17, \"endD2hMs\" : 18, "
      "\"h2dMs\" : 1e-3, \"computeMs\" : 1.5, \"d2hMs\" : 0, \"latencyMs\" : 1.501 }\n]\n");
  EXPECT_TRUE(timing.notes.empty());
  EXPECT_EQ(
      timing.table.column_names(),
      (std::vector<std::string>{"latency_ms", "compute_ms", "h2d_ms", "d2h_ms", "start_enqueue_ms",
                                "end_enqueue_ms", "start_h2d_ms", "end_h2d_ms", "start_compute_ms",
                                "end_compute_ms", "start_d2h_ms", "end_d2h_ms"}));
  EXPECT_EQ(column(timing.table, timing::latency_ms), (std::vector<double>{2.25, 1.501}));
  EXPECT_EQ(column(timing.table, timing::h2d_ms), (std::vector<double>{0.5, 0.001}));
  EXPECT_EQ(column(timing.table, timing::end_d2h_ms), (std::vector<double>{8, 18}));
}

TEST(Timing, ReadsTensorRT7) {
  const Timing timing = load(R"([{"startEnqMs":1,"endEnqMs":2,"startInMs":3,"endInMs":4,
      "startComputeMs":5,"endComputeMs":6,"startOutMs":7,"endOutMs":8,"inMs":1,"computeMs":2,
      "outMs":3,"latencyMs":6,"endToEndMs":7}])");
  EXPECT_TRUE(timing.notes.empty());
  EXPECT_EQ(column(timing.table, timing::h2d_ms), std::vector<double>{1});
  EXPECT_EQ(column(timing.table, timing::d2h_ms), std::vector<double>{3});
  EXPECT_EQ(column(timing.table, timing::start_h2d_ms), std::vector<double>{3});
  EXPECT_EQ(column(timing.table, timing::end_d2h_ms), std::vector<double>{8});
  EXPECT_EQ(column(timing.table, timing::end_to_end_ms), std::vector<double>{7});
  EXPECT_EQ(column(timing.table, timing::latency_ms), std::vector<double>{6});
}

TEST(Timing, TakesWhatItFinds) {
  struct Case {
    const char* what;
    const char* text;
    std::vector<double> latency, compute;
    std::vector<std::string> notes;
  };
  const Case cases[] = {
      {"one record", R"([{"latencyMs":1,"computeMs":2}])", {1}, {2}, {}},
      {"another order in one record",
       R"([{"latencyMs":1,"computeMs":2},{"computeMs":4,"latencyMs":3}])",
       {1, 3},
       {2, 4},
       {}},
      {"a missing field",
       R"([{"latencyMs":1,"computeMs":2},{"latencyMs":3}])",
       {1, 3},
       {2, unknown},
       {"/1/computeMs: a record lacks a field that others have"}},
      {"a late field",
       R"([{"latencyMs":1},{"latencyMs":3,"computeMs":4}])",
       {1, 3},
       {unknown, 4},
       {"/1/computeMs: a record has a field that records before it lack"}},
      {"an unknown field",
       R"([{"latencyMs":1,"x":"y","computeMs":2},
                               {"latencyMs":3,"x":[7],"computeMs":4}])",
       {1, 3},
       {2, 4},
       {"/0/x: an unknown field is left out"}},
      {"an unknown number",
       R"([{"latencyMs":1,"x":5,"computeMs":2}])",
       {1},
       {2},
       {"/0/x: an unknown field is left out"}},
      {"nan, inf, text, null",
       R"([{"latencyMs":nan,"computeMs":-inf},{"latencyMs":"1","computeMs":null},
           {"latencyMs":1,"computeMs":[2]}])",
       {unknown, unknown, 1},
       {unknown, unknown, unknown},
       {"/0/latencyMs: a time that is not a finite number counts as unknown (2 times, here first)",
        "/1/latencyMs: a time that is not a number counts as unknown (2 times, here first)"}},
      {"an exponent beyond a double",
       R"([{"latencyMs":1e999,"computeMs":1}])",
       {unknown},
       {1},
       {"/0/latencyMs: a time that is not a finite number counts as unknown"}},
      {"an unknown field twice, a known one missing",
       R"([{"latencyMs":1,"computeMs":2,"x":1},{"x":1,"x":2,"computeMs":3}])",
       {1, unknown},
       {2, 3},
       {"/0/x: an unknown field is left out",
        "/1/latencyMs: a record lacks a field that others have"}},
      {"a field twice", R"([{"latencyMs":1,"latencyMs":2,"computeMs":3}])", {2}, {3}, {}},
      {"what is no record",
       R"([7,{"latencyMs":1,"computeMs":2},[]])",
       {1},
       {2},
       {"/0: what is no record is left out (2 times, here first)"}},
      {"long mantissas",
       R"([{"latencyMs":0.12345678901234568,"computeMs":2}])",
       {0.12345678901234568},
       {2},
       {}},
      {"large and small",
       R"([{"latencyMs":1.5E+22,"computeMs":1e-300},
                              {"latencyMs":-2e2,"computeMs":0}])",
       {1.5e22, -200},
       {1e-300, 0},
       {}},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    const Timing timing = load(c.text);
    EXPECT_TRUE(same(column(timing.table, timing::latency_ms), c.latency));
    EXPECT_TRUE(same(column(timing.table, timing::compute_ms), c.compute));
    EXPECT_EQ(test::messages(timing.notes), c.notes);
  }
}

TEST(Timing, KeepsWholeRecordsOfACutFile) {
  const std::string whole = R"([{"latencyMs":1,"computeMs":2},{"latencyMs":3,"computeMs":4},
{"latencyMs":5,"computeMs":6}])";
  const std::size_t second_end = whole.find("},\n") + 1;
  for (std::size_t cut = second_end; cut + 2 < whole.size(); ++cut) {
    SCOPED_TRACE(whole.substr(0, cut));
    const Timing timing = load(whole.substr(0, cut));
    EXPECT_EQ(column(timing.table, timing::latency_ms), (std::vector<double>{1, 3}));
    EXPECT_EQ(test::messages(timing.notes),
              std::vector<std::string>{"the file is cut short: only its 2 whole records are used; "
                                       "was the run stopped while it wrote?"});
  }
}

TEST(Timing, PutsRunsTogether) {
  const Timing timing = load("[{\"latencyMs\":1}]\n[{\"latencyMs\":2}]\n");
  EXPECT_EQ(column(timing.table, timing::latency_ms), (std::vector<double>{1, 2}));
  EXPECT_TRUE(test::any_contains(timing.notes, "2 timing files run together"));
}

TEST(Timing, RefusesWhatHoldsNoRecord) {
  for (const char* text : {"", "[]", "[{}]", "{\"latencyMs\":1}", "[{\"latencyMs\":", "7", "x",
                           "[{\"other\":1}]", "[\"a\"]"}) {
    SCOPED_TRACE(text);
    try {
      load(text);
      ADD_FAILURE() << "no error";
    } catch (const Error& error) {
      EXPECT_EQ(std::string(error.what()).rfind("t.json: ", 0), 0u) << error.what();
    }
  }
}

// One space more in the middle makes the quick scan give up; what is read must not change.
TEST(Timing, QuickScanReadsWhatJsonSays) {
  std::mt19937_64 random(11);
  const char* formats[] = {"{}", "{:.6g}", "{:.3f}", "{:e}", "{:.17g}", "{:.0f}"};
  for (int round = 0; round < 300; ++round) {
    std::string text = "[";
    const std::size_t records = 2 + random() % 6;
    for (std::size_t i = 0; i < records; ++i) {
      text += i == 0 ? "{\"computeMs\":" : ",{\"computeMs\":";
      for (int field = 0; field < 2; ++field) {
        const double number = std::ldexp(static_cast<double>(random() % 2000001) - 1000000,
                                         static_cast<int>(random() % 40) - 30);
        text += fmt::format(fmt::runtime(formats[random() % 6]), number);
        text += field == 0 ? ",\"latencyMs\":" : "}";
      }
    }
    text += "]";
    const Timing quick = load(text);
    std::string irregular = text;
    irregular.insert(irregular.rfind("\"latencyMs\""), " ");
    const Timing parsed = load(irregular);
    ASSERT_TRUE(
        same(column(quick.table, timing::latency_ms), column(parsed.table, timing::latency_ms)))
        << text;
    ASSERT_TRUE(
        same(column(quick.table, timing::compute_ms), column(parsed.table, timing::compute_ms)))
        << text;
    EXPECT_EQ(quick.notes, parsed.notes);
  }
}

}  // namespace
}  // namespace trex::timing_test

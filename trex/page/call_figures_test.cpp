// What the calls behind the views answer, with every figure worked out by hand beside it.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>

#include "tests/support/engine_text.hpp"
#include "trex/load/test_folder.hpp"
#include "trex/page/test_answer.hpp"

namespace trex::page {
namespace {

constexpr std::uint32_t in_no_pair = UINT32_MAX;

Session session_of(std::initializer_list<const char*> engines) {
  Session session;
  for (const char* text : engines) session.add(engine_text(text));
  return session;
}
std::vector<double> reals(const ReadAnswer& answer, const Json& table, std::string_view name) {
  for (const Json& column : *table.find("columns")->array()) {
    if (*column.find("name")->text() == name) {
      return answer.values<double>(*column.find("values"), "f64");
    }
  }
  ADD_FAILURE() << "no column " << name;
  return {};
}
const Json& element(const Json& list, std::size_t at) { return list.array()->at(at); }
double number(const Json& object, std::string_view name) {
  const Json* member = object.find(name);
  if (member == nullptr || !member->number()) {
    ADD_FAILURE() << "no number " << name << " in " << object.dump();
    return NAN;
  }
  return *member->number();
}

std::vector<double> answer_counts(const ReadAnswer& answer) {
  return answer.values<double>(*answer.column("findings").find("values"), "f64");
}

// r reads 1x3x4x4 halves, 96 B, of a layout that is not told, and writes 3 channels of a byte
// filled up to 4: 4 * 16 = 64 B, of which 16 are padding. c writes 40 channels filled up to 64: 64
// * 16 = 1024 B, of which 24 * 16 = 384 are padding.
TEST(CallMemory, TellsBuffersWithTheirPadding) {
  Session session =
      session_of({"r Reformat x:Half[1x3x4x4] -> y:int8:chw4[1x3x4x4]\n"
                  "c Convolution y:int8:chw4[1x3x4x4] -> z:int8:chw32[1x40x4x4]\n"
                  "bindings x z\n"});
  const ReadAnswer answer = ask(session, R"({"call":"memory","engine":0})");
  ASSERT_EQ(answer.error(), "");
  // x and y, then y and z.
  EXPECT_EQ(reals(answer, answer["steps"], "live_bytes"), (std::vector<double>{160, 1088}));
  EXPECT_EQ(answer["peak_bytes"].dump(), "1088");
  EXPECT_EQ(answer["peak_layer"].dump(), "1");
  EXPECT_EQ(answer["total_bytes"].dump(), "1184");
  EXPECT_EQ(answer["unknown_regions"].dump(), "0");
  EXPECT_EQ(answer["lower_bound"].dump(), "true");  // of x
  EXPECT_EQ(reals(answer, answer["buffers"], "bytes"), (std::vector<double>{96, 64, 1024}));
  const std::vector<double> padding = reals(answer, answer["buffers"], "padding_bytes");
  ASSERT_EQ(padding.size(), 3u);
  EXPECT_TRUE(std::isnan(padding[0]));  // unknown, not 0
  EXPECT_EQ(padding[1], 16);
  EXPECT_EQ(padding[2], 384);
  EXPECT_EQ(reals(answer, answer["buffers"], "first"), (std::vector<double>{0, 0, 1}));
  EXPECT_EQ(reals(answer, answer["buffers"], "last"), (std::vector<double>{0, 1, 1}));
}

TEST(CallMemory, CountsWhatHasNoKnownSize) {
  Session session =
      session_of({"a Convolution x:fp16[-1x8x4x4] -> y:fp16[-1x8x4x4]\nbindings x y\n"});
  const ReadAnswer answer = ask(session, R"({"call":"memory","engine":0})");
  EXPECT_EQ(answer["unknown_regions"].dump(), "2");
  EXPECT_EQ(answer["peak_bytes"].dump(), "null");
  EXPECT_EQ(answer["total_bytes"].dump(), "null");
}

std::int64_t opened(Session& session, const std::vector<std::string>& files) {
  std::string list;
  for (const std::string& file : files)
    list += fmt::format("{}\"{}\"", list.empty() ? "" : ",", file);
  const ReadAnswer answer = ask(session, fmt::format(R"({{"call":"open","files":[{}]}})", list));
  return *element(answer["engines"], 0).find("id")->integer();
}

TEST(CallTiming, TellsPercentilesByTheRuleOfTrtexec) {
  const test::TestFolder folder;
  std::string records;  // 20, 19 ... 1: order is kept, figures need none
  for (int i = 20; i >= 1; --i) {
    records +=
        fmt::format("{}{{\"latencyMs\":{},\"computeMs\":{}}}", i == 20 ? "" : ",", i, 0.5 * i);
  }
  Session session;
  const auto id = opened(session, {folder.write("e.graph.json", test::graph_text),
                                   folder.write("e.timing.json", "[" + records + "]")});
  const ReadAnswer answer = ask(session, fmt::format(R"({{"call":"timing","engine":{}}})", id));
  ASSERT_EQ(answer.error(), "");
  const std::vector<double> records_ms = reals(answer, answer["records"], "latency_ms");
  ASSERT_EQ(records_ms.size(), 20u);
  EXPECT_EQ(records_ms.front(), 20);
  EXPECT_EQ(records_ms.back(), 1);
  const Json& latency = element(answer["series"], 0);
  EXPECT_EQ(*latency.find("name")->text(), "latency_ms");
  const Json& figures = *latency.find("figures");
  EXPECT_EQ(number(figures, "count"), 20);
  EXPECT_EQ(number(figures, "median"), 10.5);
  EXPECT_EQ(number(figures, "p90"),
            19);  // (1 - 0.9) * 20, cut to 1 in doubles: the slowest is left out
  EXPECT_EQ(number(figures, "p99"), 20);
  EXPECT_EQ(number(figures, "mean"), 10.5);
  EXPECT_EQ(number(figures, "min"), 1);
  EXPECT_EQ(number(figures, "max"), 20);
  EXPECT_EQ(number(*element(answer["series"], 1).find("figures"), "median"), 5.25);
}

TEST(CallTiming, IsNullWithoutATimingFile) {
  Session session = session_of({"a Convolution x:Half -> y:Half\n"});
  const ReadAnswer answer = ask(session, R"({"call":"timing","engine":0})");
  EXPECT_EQ(answer["records"].dump(), "null");
  EXPECT_EQ(answer["series"].dump(), "null");
}

// 108 SMs of compute capability 8.0 at 1000 MHz. Tensor Cores: 2048 FLOP a clock and SM in FP16,
// twice that in INT8; FP32 on the CUDA cores: 128. Bandwidth: 1024 bit / 8 * 2 * 1000 MHz = 256
// GB/s.
TEST(CallRoofline, TellsPeaksAndRidgesOfTheDeviceThatTheFilesName) {
  const test::TestFolder folder;
  Session session;
  const auto id =
      opened(session, {folder.write("e.graph.json", test::graph_text),
                       folder.write("e.profile.metadata.json",
                                    R"({"device_information":{"Selected Device":"Some GPU",)"
                                    R"("Compute Capability":"8.0","SMs":"108",)"
                                    R"("Application Compute Clock Rate":"1 GHz",)"
                                    R"("Memory Bus Width":"1024 bits",)"
                                    R"("Application Memory Clock Rate":"1 GHz"}})")});
  const ReadAnswer answer = ask(session, fmt::format(R"({{"call":"roofline","engine":{}}})", id));
  ASSERT_EQ(answer.error(), "");
  EXPECT_EQ(*answer["device"].find("name")->text(), "Some GPU");
  EXPECT_DOUBLE_EQ(number(answer["device"], "bandwidth_gbps"), 256);
  struct Case {
    const char* precision;
    double tflops, ridge;  // FLOP per byte: tflops * 1000 / 256
  };
  const Case cases[] = {{"INT8", 442.368, 1728}, {"FP16", 221.184, 864}, {"FP32", 13.824, 54}};
  double before = INFINITY;
  for (const Json& peak : *answer["peaks"].array()) {
    EXPECT_LE(number(peak, "tflops"), before) << "the fastest first";
    before = number(peak, "tflops");
  }
  for (const Case& c : cases) {
    SCOPED_TRACE(c.precision);
    int found = 0;
    for (const Json& peak : *answer["peaks"].array()) {
      if (*peak.find("precision")->text() != c.precision) continue;
      ++found;
      EXPECT_DOUBLE_EQ(number(peak, "tflops"), c.tflops);
      EXPECT_DOUBLE_EQ(number(peak, "ridge"), c.ridge);
    }
    EXPECT_EQ(found, 1);
  }
}

TEST(CallRoofline, KnowsNoPeaksOfAnUnknownDevice) {
  Session session = session_of({"a Convolution x:Half -> y:Half\n"});
  const ReadAnswer answer = ask(session, R"({"call":"roofline","engine":0})");
  EXPECT_EQ(answer["peaks"].dump(), "[]");
  EXPECT_EQ(answer["device"].find("name")->dump(), "null");
}

TEST(CallSourceOps, ListsTheLayersOfEachNodeOnce) {
  Session session = session_of(
      {"l0 Convolution x:Half -> a:Half @0.5 meta=\"[ONNX Layer: /c]\x1e[ONNX Layer: /r]\"\n"
       "l1 Convolution a:Half -> b:Half\n"
       "l2 Convolution b:Half -> y:Half @0.25 meta=\"[ONNX Layer: /r]\"\n"});
  const ReadAnswer answer = ask(session, R"({"call":"source_ops","engine":0})");
  ASSERT_EQ(answer.error(), "");
  EXPECT_EQ(answer.column("name").find("texts")->dump(),
            R"(["/c","/r","l1"])");  // l1 names no node: its own name
  const Json& layers = answer.column("layers");
  EXPECT_EQ(answer.values<std::uint32_t>(*layers.find("starts"), "u32"),
            (std::vector<std::uint32_t>{0, 1, 3, 4}));
  EXPECT_EQ(answer.values<double>(*layers.find("values"), "f64"),
            (std::vector<double>{0, 0, 2, 1}));
  const auto times = answer.values<double>(*answer.column("time_ms").find("values"), "f64");
  ASSERT_EQ(times.size(), 3u);
  EXPECT_EQ(times[0], 0.5);
  EXPECT_EQ(times[1], 0.75);          // l0 and l2
  EXPECT_TRUE(std::isnan(times[2]));  // l1 was not timed
}

const char* const slow_engine =
    "c1 Convolution x:Half[1x8x4x4] -> y:Half[1x8x4x4] @0.5 meta=\"[ONNX Layer: /a]\"\n"
    "n NoOp y:Half[1x8x4x4] -> v:Half[1x8x4x4]\n"
    "c2 Convolution v:Half[1x8x4x4] -> w:Half[1x8x4x4] @1 meta=\"[ONNX Layer: /b]\"\n"
    "bindings x w\n";
const char* const fast_engine =
    "c1 Convolution x:Half[1x8x4x4] -> y:Half[1x8x4x4] @0.25 meta=\"[ONNX Layer: /a]\"\n"
    "c2 Convolution y:Half[1x8x4x4] -> w:Half[1x8x4x4] @1 meta=\"[ONNX Layer: /b]\"\n"
    "bindings x w\n";

TEST(CallDiff, NumbersTheSamePairsInBothEngines) {
  Session session = session_of({slow_engine, fast_engine});
  const ReadAnswer answer = ask(session, R"({"call":"diff","a":0,"b":1})");
  ASSERT_EQ(answer.error(), "");
  const Json& total = *answer["totals"].find("layer_time_ms");
  EXPECT_EQ(number(total, "a"), 1.5);
  EXPECT_EQ(number(total, "b"), 1.25);
  EXPECT_EQ(number(total, "delta"), -0.25);
  double steps = 0;
  for (const Json& step : *answer["waterfall"].array()) steps += number(step, "delta_ms");
  EXPECT_DOUBLE_EQ(steps, -0.25);
  const auto a = answer.values<std::uint32_t>(answer["pairs_a"], "u32");
  const auto b = answer.values<std::uint32_t>(answer["pairs_b"], "u32");
  ASSERT_EQ(a.size(), 3u);
  ASSERT_EQ(b.size(), 2u);
  EXPECT_EQ(a[0], b[0]);  // c1
  EXPECT_EQ(a[2], b[1]);  // c2
  EXPECT_NE(a[0], a[2]);
  EXPECT_NE(a[0], in_no_pair);
  const Json& first = element(answer["pairs"], a[0]);
  EXPECT_EQ(number(first, "delta_ms"), -0.25);
  EXPECT_EQ(number(first, "speedup"), 2);
}

TEST(CallCompare, MeasuresEachEngineAgainstTheBaseline) {
  Session session = session_of({slow_engine, fast_engine, slow_engine});
  const ReadAnswer answer = ask(session, R"({"call":"compare","engines":[0,1,2],"baseline":1})");
  ASSERT_EQ(answer.error(), "");
  const Json& totals = answer["totals"];
  ASSERT_EQ(totals.array()->size(), 3u);
  const double times[] = {1.5, 1.25, 1.5};
  const double speedups[] = {1.25 / 1.5, 1, 1.25 / 1.5};
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(number(element(totals, i), "layer_time_ms"), times[i]);
    EXPECT_DOUBLE_EQ(number(element(totals, i), "speedup"), speedups[i]);
  }
}

TEST(CallCompare, WhatIsWrongIsOneLine) {
  Session session = session_of({slow_engine, fast_engine});
  EXPECT_EQ(ask(session, R"({"call":"compare","engines":[0]})").error(),
            "compare takes two engines or more");
  EXPECT_EQ(ask(session, R"({"call":"compare","engines":[0,1],"baseline":2})").error(),
            "the baseline 2 is not among the engines compared");
}

// Two engines, one judged rule by rule with the table asked for before and after, one at once.
TEST(CallLintStep, ComesToTheSameAsLintAtOnce) {
  Session session = session_of({slow_engine, slow_engine});
  const ReadAnswer before = ask(session, R"({"call":"layers","engine":0,"lint":false})");
  for (const double count : answer_counts(before)) EXPECT_TRUE(std::isnan(count));
  std::int64_t left = 1;
  int steps = 0;
  while (left > 0) {
    left = *ask(session, R"({"call":"lint_step","engine":0})")["left"].integer();
    ASSERT_LT(++steps, 1000);
  }
  EXPECT_GT(steps, 30);
  const auto counts_of = [&](int engine) {
    return answer_counts(ask(
        session, fmt::format(R"({{"call":"layers","engine":{},"columns":["findings"]}})", engine)));
  };
  EXPECT_EQ(counts_of(0), counts_of(1));
  EXPECT_EQ(ask(session, R"({"call":"lint","engine":0})").json.dump(),
            ask(session, R"({"call":"lint","engine":1})").json.dump());
}

}  // namespace
}  // namespace trex::page

// Baselines that read back as written, comments that fit, labels that tell engines apart.

// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/engine_text.hpp"
#include "trex/base/error.hpp"
#include "trex/base/text.hpp"
#include "trex/load/load.hpp"
#include "trex/render/formats.hpp"
#include "trex/report/compare_report.hpp"
#include "trex/report/diff_findings.hpp"
#include "trex/report/diff_report.hpp"
#include "trex/report/engine_baseline.hpp"

namespace trex::report {
namespace {

Engine mini() {
  const std::string path = TREX_SOURCE_DIR "/tests/golden/data/mini.graph.json";
  return load_engine(find_engine_files({path}, {}).at(0));
}

Document diff_of(const Engine& a, const Engine& b, const DiffQuery& query = {}) {
  const compare::ComparedSide side_a(a), side_b(b);
  const compare::Difference difference = compare::difference(side_a, side_b, compare::align(a, b));
  return diff_report({side_a, side_b, difference, {}, {}, {}}, query);
}

std::string rendered(const Document& document, std::string_view format) {
  return render::find_format(format).render(std::span(&document, 1), {.color = false, .width = 80});
}

TEST(EngineBaseline, StandsForTheEngine) {
  const Engine engine = mini();
  const EngineBaseline baseline =
      read_engine_baseline(Bytes::from(engine_baseline_text(engine)), "baseline.json");
  EXPECT_EQ(baseline.engine.name, engine.name);
  ASSERT_EQ(baseline.engine.layer_count(), engine.layer_count());
  const compare::ComparedSide before(engine), after(baseline.engine);
  const std::vector<double> a = compare::figures_of(before), b = compare::figures_of(after);
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!std::isnan(a[i]) || !std::isnan(b[i])) {
      EXPECT_EQ(a[i], b[i]) << compare::figure_specs()[i].key;
    }
  }
  EXPECT_EQ(before.sample.values, after.sample.values);
  EXPECT_EQ(before.context.device.name, after.context.device.name);
  EXPECT_EQ(device_of(baseline.engine).clock_mhz, device_of(engine).clock_mhz);
  const compare::Difference difference =
      compare::difference(before, after, compare::align(engine, baseline.engine));
  for (const compare::PairDifference& pair : difference.pairs) EXPECT_EQ(pair.changes, 0);
  const compare::FindingsChange findings =
      findings_change(baseline.findings, "baseline.json", engine);
  EXPECT_TRUE(findings.known);
  EXPECT_TRUE(findings.added.empty());
  EXPECT_TRUE(findings.removed.empty());
}

TEST(EngineBaseline, KeepsAtMost4096LatenciesInTheirOrder) {
  Engine engine = mini();
  std::vector<double> values;
  for (int i = 0; i < 8192; ++i) values.push_back(i);
  engine.timing = Table();
  engine.timing.add(timing::latency_ms, values);
  const EngineBaseline baseline =
      read_engine_baseline(Bytes::from(engine_baseline_text(engine)), "b.json");
  const auto kept = baseline.engine.timing[timing::latency_ms].values();
  ASSERT_EQ(kept.size(), 4096u);
  EXPECT_EQ(kept[0], 0);
  EXPECT_EQ(kept[1], 2);
  EXPECT_EQ(kept[4095], 8190);
}

TEST(EngineBaseline, DamageIsNamed) {
  const std::string whole = engine_baseline_text(mini());
  const std::pair<std::string, const char*> cases[] = {
      {"{}", "b.json: this is no baseline of trex diff"},
      {"{\"trex_baseline\": 2}", "b.json: baseline version 2 is not known, only 1"},
      {"{\"trex_baseline\": 1, \"opt_profile\": 0}", "b.json: 'graph' is missing or of another"},
      {replace_all(whole, "\"sections\"", "\"section\""), "b.json: 'sections' is missing"},
      {replace_all(whole, "\"layer_time_ms\"", "\"layer_time\""), "'layer_time_ms' is missing"},
      {replace_all(whole, "\"median_ms\":[", "\"median_ms\":[1,"), "'median_ms' holds 8 values"},
      {whole.substr(0, whole.size() / 2), "b.json: line 1"},
  };
  for (const auto& [text, expected] : cases) {
    SCOPED_TRACE(expected);
    try {
      read_engine_baseline(Bytes::from(text), "b.json");
      FAIL() << "was taken";
    } catch (const Error& error) {
      EXPECT_NE(std::string(error.what()).find(expected), std::string::npos) << error.what();
    }
  }
}

TEST(DiffReport, ItselfHasNoChange) {
  const Engine engine = mini();
  const Document document = diff_of(engine, engine);
  for (const Block& block : document.blocks) {
    const auto* table = std::get_if<TableBlock>(&block);
    if (table == nullptr || table->key != "pairs") continue;
    EXPECT_EQ(table->table.row_count(), 5u);  // two are hidden
    for (const double delta : table->table[Key<double>{"delta_ms", Unit::none, ""}].values()) {
      EXPECT_EQ(delta, 0);
    }
  }
}

TEST(DiffReport, CommentsFitWhateverTheNames) {
  std::string a, b;
  const std::string name(20000, '|');
  for (int i = 0; i < 300; ++i) {
    a += fmt::format("\"{0}{1}\" Conv{1} x:Half -> y:Half @1\n", name, i);
    b += fmt::format("\"{0}{1}\" Conv{1} x:Half -> y:Half @2\n", name, i);
  }
  const std::string text = rendered(diff_of(engine_text(a), engine_text(b)), "markdown");
  EXPECT_LT(text.size(), 65536u);
  EXPECT_NE(text.find("280 more"), std::string::npos);
}

TEST(DiffReport, NamesCannotBreakThePage) {
  const Engine engine = engine_text(
      "</script><script>alert(1)</script> Convolution x:Half -> y:Half tactic=<img/src=x> @1\n");
  const std::string page = rendered(diff_of(engine, engine), "html");
  EXPECT_EQ(page.find("<script"), std::string::npos);
  EXPECT_EQ(page.find("<img"), std::string::npos);
  EXPECT_NE(page.find("&lt;/script&gt;&lt;script&gt;"), std::string::npos);
  EXPECT_NE(page.find("default-src 'none'"), std::string::npos);
}

TEST(DiffReport, UnknownWordsAreErrors) {
  const Engine engine = mini();
  DiffQuery query;
  query.only = {"precison"};
  EXPECT_THROW(diff_of(engine, engine, query), Error);
  query.only = {};
  query.where = "delta > 1";
  EXPECT_THROW(diff_of(engine, engine, query), Error);
}

TEST(Labels, AreWhatTellsEnginesApart) {
  using Texts = std::vector<std::string>;
  EXPECT_EQ(short_labels({"resnet18.fp32", "resnet18.fp16", "resnet18.qat-residual"}),
            (Texts{"fp32", "fp16", "qat-residual"}));
  EXPECT_EQ(short_labels({"a.qat.onnx", "a.qat-gap.onnx"}), (Texts{"qat", "qat-gap"}));
  EXPECT_EQ(short_labels({"same", "same"}), (Texts{"same#1", "same#2"}));
  EXPECT_EQ(short_labels({"x", "x.y"}), (Texts{"x", "x.y"}));
  EXPECT_EQ(short_labels({}), Texts{});
}

TEST(Scopes, CountersStandInTheBlockOfTheirCounterparts) {
  const auto engine = [](double first, double second) {
    return engine_text(
        fmt::format("/net/layers.0/Conv Convolution x:Half[1x8x4x4] -> y:Half[1x8x4x4] @{0}\n"
                    "/net/layers.0/Pool Pooling y:Half[1x8x4x4] -> p:Half[1x8x2x2] @{0}\n"
                    "/net/layers.1/Conv Convolution p:Half[1x8x2x2] -> z:Half[1x8x2x2] @{1}\n"
                    "/net/layers.1/Pool Pooling z:Half[1x8x2x2] -> w:Half[1x8x1x1] @{1}\n"
                    "bindings x w\n",
                    first / 2, second / 2));
  };
  const Engine a = engine(1, 4), b = engine(0.5, 0.5);
  std::deque<compare::ComparedSide> sides;
  sides.emplace_back(a);
  sides.emplace_back(b);
  const ScopeTimes times = scope_times(sides, 0);
  ASSERT_EQ(times.scopes.size(), 3u);
  EXPECT_EQ(times.times[0][0], 1);
  EXPECT_EQ(times.times[0][1], 4);
  EXPECT_EQ(times.times[1][0], 0.5);
  EXPECT_EQ(times.times[1][1], 0.5);
  EXPECT_EQ(times.scopes[2], "");
  EXPECT_EQ(times.counts[1][2], 0);
  EXPECT_DOUBLE_EQ(times.speedups[0], 1);
  EXPECT_DOUBLE_EQ(times.speedups[1], 4);  // the square root of 2 x 8
}

}  // namespace
}  // namespace trex::report

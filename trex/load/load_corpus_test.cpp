// From the corpus to engines: every file is recognised, every pair joins, TREx's figures agree.

// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "trex/base/json.hpp"
#include "trex/base/text.hpp"
#include "trex/load/load.hpp"
#include "trex/load/metadata.hpp"
#include "trex/load/profile.hpp"
#include "trex/load/sniff.hpp"
#include "trex/load/test_engine.hpp"
#include "trex/load/timing.hpp"

namespace trex {
namespace {

using test::any_contains;
using test::load_one;

std::string corpus() { return TREX_SOURCE_DIR "/../shared/corpus/"; }

Json golden(const std::string& name) {
  const std::string path = TREX_SOURCE_DIR "/../shared/goldens/" + name + ".json";
  return parse_json(read_file(path).view(), path);
}

double number_at(const Json& json, std::string_view section, std::string_view key) {
  return json.find(section)->find(key)->number().value();
}

TEST(Corpus, MobileNetsAgreeWithTrex) {
  if (!is_directory(corpus())) GTEST_SKIP() << "no corpus";
  for (const char* name : {"mobilenet.qat", "mobilenet_v2_residuals.qat"}) {
    SCOPED_TRACE(name);
    const Json expected = golden(std::string("tests_") + name);
    const Engine engine = load_one({corpus() + "trex-tests/" + name + ".onnx.engine.graph.json"});
    EXPECT_EQ(engine.sources.size(), 5u);
    EXPECT_NEAR(engine.profile.layer_time_ms, number_at(expected, "totals", "total_runtime"),
                1e-12);
    EXPECT_EQ(engine.profile.matched_rows, engine.profile.rows);
    EXPECT_EQ(engine.file_layer_count, number_at(expected, "totals", "layers_in_json"));

    const auto latency = engine.timing[timing::latency_ms].values();
    EXPECT_EQ(static_cast<double>(latency.size()), number_at(expected, "timing", "n"));
    EXPECT_NEAR(std::accumulate(latency.begin(), latency.end(), 0.0),
                number_at(expected, "timing", "sum"), 1e-6);
    EXPECT_EQ(*std::min_element(latency.begin(), latency.end()),
              number_at(expected, "timing", "min"));
    EXPECT_EQ(*std::max_element(latency.begin(), latency.end()),
              number_at(expected, "timing", "max"));
    const Json::Array& first = *expected.find("timing")->find("first5")->array();
    for (std::size_t i = 0; i < first.size(); ++i) EXPECT_EQ(latency[i], first[i].number());

    const LatencySummary* summary = engine.profile_metadata.latency("Latency");
    ASSERT_NE(summary, nullptr);
    const Json::Array& list = *expected.find("performance_summary")->find("Latency")->array();
    EXPECT_EQ(summary->min, list[0].number());
    EXPECT_EQ(summary->median, list[3].number());
    ASSERT_EQ(summary->percentiles.size(), 3u);
    EXPECT_EQ(summary->percentiles[2].first, 99);
    EXPECT_EQ(summary->percentiles[2].second, list[6].number());
    EXPECT_TRUE(engine.notes.empty());
  }
}

TEST(Corpus, LayerTimesAgreeWithTrexByName) {
  if (!is_directory(corpus())) GTEST_SKIP() << "no corpus";
  const Json expected = golden("tests_mobilenet.qat");
  const Json* df = expected.find("df");
  const Json::Array& columns = *df->find("columns")->array();
  const auto column = [&](std::string_view name) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (*columns[i].text() == name) return i;
    }
    return columns.size();
  };
  const Engine engine = load_one({corpus() + "trex-tests/mobilenet.qat.onnx.engine.graph.json"});
  const Json* rows = df->find("rows");
  ASSERT_NE(rows, nullptr);
  ASSERT_EQ(rows->array()->size(), 72u);  // without the NoOp, which TREx folds
  for (const Json& row : *rows->array()) {
    const auto cell = [&](const char* name) {
      const Json* by_name = row.find(name);
      return by_name != nullptr ? *by_name : (*row.array())[column(name)];
    };
    const std::string name = *cell("Name").text();
    SCOPED_TRACE(name);
    const std::optional<Row> layer = find_layer(engine, name);
    ASSERT_TRUE(layer);
    EXPECT_EQ(engine.layers[layer::time_ms][*layer], cell("latency.avg_time").number());
    EXPECT_EQ(engine.layers[layer::median_ms][*layer], cell("latency.median_time").number());
    EXPECT_EQ(engine.layers[layer::total_ms][*layer], cell("latency.time").number());
  }
}

// By what it holds, whatever it is called; the names say what to expect here.
TEST(Corpus, EveryFileIsRecognised) {
  if (!is_directory(corpus())) GTEST_SKIP() << "no corpus";
  int files = 0;
  for (const char* folder : {"trex-tests", "fuzzylabs", "yuanjiechen", "julianleeowl"}) {
    for (const std::string& name : list_directory(corpus() + folder)) {
      SCOPED_TRACE(name);
      FileKind expected = FileKind::graph;
      if (contains(name, ".profile.json")) expected = FileKind::profile;
      if (contains(name, ".timing.json")) expected = FileKind::timing;
      if (contains(name, ".metadata.json")) expected = FileKind::metadata;
      if (contains(name, ".layer_latency.json")) expected = FileKind::torch_tensorrt_profile;
      const std::string head = read_head(corpus() + folder + "/" + name, 64 * 1024);
      EXPECT_EQ(file_kind_name(sniff(head)), file_kind_name(expected));
      // A head that is cut early says the same or nothing, never something else.
      for (const std::size_t cut : {20u, 100u, 400u, 1000u}) {
        const FileKind early = sniff(head.substr(0, cut));
        EXPECT_TRUE(early == expected || early == FileKind::unknown) << cut;
      }
      ++files;
    }
  }
  EXPECT_EQ(files, 36);
}

TEST(Corpus, EveryMetadataFileIsRead) {
  if (!is_directory(corpus())) GTEST_SKIP() << "no corpus";
  for (const char* folder : {"trex-tests", "fuzzylabs"}) {
    for (const std::string& name : list_directory(corpus() + folder)) {
      if (!contains(name, ".metadata.json")) continue;
      SCOPED_TRACE(name);
      const std::string file = corpus() + folder + "/" + name;
      std::vector<Note> notes;
      const Metadata metadata = load_metadata_json(read_file(file), file, notes);
      EXPECT_TRUE(notes.empty());
      const bool is_build = contains(name, ".build.");
      EXPECT_EQ(metadata.find("build_options", "Precision") != nullptr, is_build);
      // Latency, enqueue, H2D, compute and D2H, each with 90, 95 and 99 percent.
      EXPECT_EQ(metadata.latencies.size(), is_build ? 0u : 5u);
      for (const LatencySummary& latency : metadata.latencies) {
        EXPECT_EQ(latency.percentiles.size(), 3u);
        EXPECT_LE(latency.min, latency.median);
        EXPECT_LE(latency.percentiles[2].second, latency.max);
      }
    }
  }
}

TEST(Corpus, EveryPairJoinsWhole) {
  if (!is_directory(corpus())) GTEST_SKIP() << "no corpus";
  struct Case {
    const char* folder;
    std::size_t engines, with_profile;
  };
  for (const Case& c : {Case{"trex-tests", 2, 2}, Case{"fuzzylabs", 6, 4},
                        Case{"yuanjiechen", 2, 2}, Case{"julianleeowl", 2, 1}}) {
    SCOPED_TRACE(c.folder);
    const auto files = find_engine_files({corpus() + c.folder}, {});
    EXPECT_EQ(files.size(), c.engines);
    std::size_t with_profile = 0;
    for (const EngineFiles& engine_files : files) {
      SCOPED_TRACE(engine_files.graph);
      const Engine engine = load_engine(engine_files);
      if (!engine.profile.present) continue;
      ++with_profile;
      EXPECT_EQ(engine.profile.matched_rows, engine.profile.rows);
      EXPECT_EQ(static_cast<std::size_t>(engine.profile.rows), engine.layer_count());
      EXPECT_EQ(engine.profile.joined_by, "name");
      double share = 0;
      for (const double s : engine.layers[layer::share].values()) share += s;
      EXPECT_NEAR(share, 1, 1e-9);
    }
    EXPECT_EQ(with_profile, c.with_profile);
  }
}

TEST(Corpus, WrongPairIsSaidToBeOne) {
  if (!is_directory(corpus())) GTEST_SKIP() << "no corpus";
  const Engine engine =
      load_one({corpus() + "julianleeowl/depth-anything-int8.engine_inspector.json",
                corpus() + "julianleeowl/depth-anything.profile.json"});
  EXPECT_EQ(engine.profile.rows, 139);
  // formats.md counts 90 names that are only in the profile.
  EXPECT_EQ(engine.profile.unmatched.size(), 90u);
  EXPECT_TRUE(any_contains(engine.notes, "only 49 of 139 profile rows (35%) name a layer"));
}

TEST(Corpus, TorchTensorRtLatencies) {
  if (!is_directory(corpus())) GTEST_SKIP() << "no corpus";
  StringPool strings;
  const std::string file = corpus() + "fuzzylabs/jetson.mobilenet_v2.layer_latency.json";
  const Profile profile = load_profile(read_file(file), file, strings);
  EXPECT_EQ(profile.kind, "Torch-TensorRT");
  EXPECT_EQ(profile.iterations, 5);
  ASSERT_EQ(profile.rows.size(), 167u);
  // Summed, divided and sorted by hand (Python) from the file's first five pairs.
  EXPECT_NEAR(profile.rows[0].total_ms, 0.6783680021762848, 1e-15);
  EXPECT_NEAR(profile.rows[0].mean_ms, 0.13567360043525695, 1e-15);
  EXPECT_EQ(profile.rows[0].median_ms, 0.12726399302482605);
  double total = 0;
  for (const ProfileRow& row : profile.rows) total += row.total_ms;
  EXPECT_NEAR(total, 10.54886396881193, 1e-12);
}

}  // namespace
}  // namespace trex

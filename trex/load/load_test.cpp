// From files to an engine, on small files and on the corpus.

// SPDX-License-Identifier: Apache-2.0

#include "trex/load/load.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "trex/base/error.hpp"
#include "trex/base/json.hpp"
#include "trex/base/text.hpp"
#include "trex/load/metadata.hpp"
#include "trex/load/profile.hpp"
#include "trex/load/sniff.hpp"
#include "trex/load/test_engine.hpp"
#include "trex/load/test_folder.hpp"
#include "trex/load/timing.hpp"

namespace trex {
namespace {

using test::any_contains;
using test::TestFolder;

Engine load_one(const std::vector<std::string>& arguments) {
  const auto files = find_engine_files(arguments, {});
  EXPECT_EQ(files.size(), 1u);
  return load_engine(files.front());
}

TEST(LoadEngine, JoinsAllFiles) {
  const TestFolder folder;
  const std::string graph = folder.write("x.graph.json", test::graph_text);
  folder.write("x.profile.json", test::profile_text);
  folder.write("x.timing.json", test::timing_text);
  folder.write("x.profile.metadata.json", test::profile_metadata_text);
  folder.write("x.build.metadata.json", test::build_metadata_text);
  folder.write("x.build.log", test::build_log_text);
  folder.write("x.profile.log", test::profile_log_text);
  const Engine engine = load_one({graph});

  EXPECT_EQ(engine.name, "x");
  EXPECT_EQ(engine.layers[layer::time_ms][0], 3);
  EXPECT_EQ(engine.layers[layer::share][1], 0.25);  // 1 of 3 + 1
  EXPECT_EQ(engine.profile.file, folder / "x.profile.json");
  EXPECT_EQ(engine.timing.row_count(), 2u);
  EXPECT_EQ(engine.timing_file, folder / "x.timing.json");
  // The log wins over TREx's metadata, which fills in what it lacks.
  ASSERT_NE(engine.build_metadata.find("build_options", "Precision"), nullptr);
  EXPECT_EQ(*engine.build_metadata.find("build_options", "Precision")->text(), "INT8");
  EXPECT_EQ(engine.profile_metadata.find("performance_summary", "Throughput")->number(), 7);
  EXPECT_NE(engine.profile_metadata.find("device_information", "Selected Device"), nullptr);
  ASSERT_NE(engine.profile_metadata.latency("Latency"), nullptr);
  EXPECT_EQ(engine.layers[layer::device][0], "DLA");
  EXPECT_EQ(engine.layers[layer::device][1], "GPU");

  ASSERT_EQ(engine.sources.size(), 7u);
  EXPECT_EQ(engine.sources[0].kind, "graph");
  EXPECT_EQ(engine.sources[0].how, "named");
  EXPECT_EQ(engine.sources[1].kind, "profile");
  EXPECT_EQ(engine.sources[1].how, "sibling");
  EXPECT_TRUE(engine.notes.empty()) << test::messages(engine.notes)[0];
}

TEST(LoadEngine, NamesOnlyGraphsStillHaveTimes) {
  const TestFolder folder;
  const std::string graph = folder.write("x.graph.json", test::names_text);
  folder.write("x.profile.json", test::profile_text);
  const Engine engine = load_one({graph});
  EXPECT_EQ(engine.verbosity, Verbosity::names_only);
  ASSERT_EQ(engine.layer_count(), 2u);
  EXPECT_EQ(engine.layers[layer::time_ms][0], 3);
  EXPECT_EQ(engine.profile.joined_by, "name");
}

TEST(LoadEngine, ProfileAloneGivesLayers) {
  const TestFolder folder;
  const Engine engine = load_one({folder.write("x.profile.json", test::profile_text)});
  EXPECT_EQ(engine.name, "x");
  ASSERT_EQ(engine.layer_count(), 2u);
  EXPECT_EQ(engine.file_layer_count, 2);
  EXPECT_EQ(engine.layers[layer::name][1], "b");
  EXPECT_TRUE(engine.layers[layer::type].is_null(1));
  EXPECT_EQ(engine.layers[layer::time_ms][1], 1);
  EXPECT_EQ(engine.profile.layer_time_ms, 4);
  EXPECT_TRUE(any_contains(engine.notes, "no graph file: the profile's rows are shown as layers"));
}

TEST(LoadEngine, TableOfTheLogIsAProfile) {
  const TestFolder folder;
  const std::string log =
      folder.write("x.profile.log",
                   "[I] === Profile (100 iterations ) ===\n"
                   "[I]    Time(ms)     Avg.(ms)   Median(ms)   Time(%)   Layer\n"
                   "[I]       50.00       0.5000       0.4000     100.0   b\n"
                   "[I]       50.00       0.5000       0.4000     100.0   Total\n");
  const Engine alone = load_one({log});
  ASSERT_EQ(alone.layer_count(), 1u);
  EXPECT_EQ(alone.layers[layer::name][0], "b");
  EXPECT_EQ(alone.layers[layer::time_ms][0], 0.5);
  EXPECT_EQ(alone.profile.kind, "trtexec log");

  const Engine with_graph = load_one({folder.write("x.graph.json", test::graph_text)});
  EXPECT_EQ(with_graph.layers[layer::time_ms][0], std::nullopt);
  EXPECT_EQ(with_graph.layers[layer::time_ms][1], 0.5);
  EXPECT_EQ(with_graph.profile.file, log);

  folder.write("x.profile.json", test::profile_text);
  EXPECT_EQ(load_one({folder / "x.graph.json"}).profile.kind, "trtexec");
}

TEST(LoadEngine, ShowsWhatThereIs) {
  const TestFolder folder;
  const Engine timing = load_one({folder.write("t.timing.json", test::timing_text)});
  EXPECT_EQ(timing.layer_count(), 0u);
  EXPECT_EQ(timing.timing.row_count(), 2u);
  EXPECT_TRUE(any_contains(timing.notes, "neither a graph nor a profile"));
  const Engine log = load_one({folder.write("l.log", test::build_log_text)});
  EXPECT_EQ(log.build_metadata.facts.size(), 1u);
  const Engine metadata = load_one({folder.write("m.json", test::build_metadata_text)});
  EXPECT_EQ(metadata.build_metadata.entries.size(), 1u);
}

TEST(LoadEngine, OneLogOfBuildAndRun) {
  const TestFolder folder;
  const std::string graph = folder.write("x.graph.json", test::graph_text);
  folder.write("x.log", std::string(test::build_log_text) + test::profile_log_text);
  const Engine engine = load_one({graph});
  EXPECT_EQ(*engine.build_metadata.find("build_options", "Precision")->text(), "INT8");
  EXPECT_NE(engine.profile_metadata.latency("Latency"), nullptr);
  EXPECT_EQ(engine.sources.size(), 3u);  // the log plays two roles
}

TEST(LoadEngine, BrokenSideFilesAreNotes) {
  const TestFolder folder;
  const std::string graph = folder.write("x.graph.json", test::graph_text);
  EngineFiles files;
  files.graph = graph;
  files.profile = folder.write("p.json", "[]");
  files.timing = folder.write("t.json", "[");
  files.profile_metadata = folder.write("m.json", "7");
  files.build_log = folder / "missing.log";
  const Engine engine = load_engine(files);
  EXPECT_EQ(engine.layer_count(), 2u);
  EXPECT_FALSE(engine.profile.present);
  ASSERT_EQ(engine.notes.size(), 4u);
  for (const Note& note : engine.notes) {
    EXPECT_EQ(note.message.rfind("not used: ", 0), 0u) << note.message;
    EXPECT_EQ(note.message.find(note.file), std::string::npos) << note.message;
  }
}

TEST(LoadEngine, FailsWhenThereIsNothing) {
  const TestFolder folder;
  EngineFiles files;
  EXPECT_THROW(load_engine(files), Error);
  files.profile = folder.write("p.json", "[]");
  try {
    load_engine(files);
    ADD_FAILURE() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(std::string(error.what()).rfind(files.profile + ": no layer in this profile", 0), 0u);
  }
  files = {};
  files.graph = folder.write("g.json", test::profile_text);
  EXPECT_THROW(load_engine(files), Error);  // a profile given as graph
  files.graph = folder.write("g.engine", test::plan_text);
  EXPECT_THROW(load_engine(files), Error);
  files.graph = folder / "missing.json";
  EXPECT_THROW(load_engine(files), Error);
}

TEST(LoadEngine, ComparesTheMachines) {
  const TestFolder folder;
  const std::string graph = folder.write("x.graph.json", test::graph_text);
  folder.write("x.build.log",
               "[I] === Device Information ===\n[I] Selected Device: A100\n"
               "[I] TensorRT version: 8.6.1\n[I] Engine built in 2 sec.\n");
  folder.write("x.profile.log",
               "[I] === Device Information ===\n[I] Selected Device: T4\n"
               "[I] TensorRT version: 10.0.1\n[I] === Performance summary ===\n");
  const Engine engine = load_one({graph});
  EXPECT_TRUE(any_contains(engine.notes, "built on 'A100' but profiled on 'T4'"));
  EXPECT_TRUE(any_contains(engine.notes,
                           "built with TensorRT '8.6.1' but profiled with TensorRT '10.0.1'"));
}

TEST(LoadEngine, LogPlacesLayersByNameAndBySource) {
  const TestFolder folder;
  const std::string graph = folder.write(
      "x.graph.json",
      R"({"Layers":[{"Name":"{ForeignNode[/a...c]}","LayerType":"Myelin"},)"
      R"({"Name":"/pow + /add","LayerType":"PointWise","Metadata":"[ONNX Layer: /pow][ONNX Layer: /add]"},)"
      R"({"Name":"/soft","LayerType":"SoftMax"}]})");
  folder.write(
      "x.build.log",
      "[W] [TRT] /pow: DLA cores do not support POW ElementWise operation.\n"
      "[W] [TRT] Layer '/pow' (ELEMENTWISE): Unsupported on DLA. Switching this layer's device "
      "type to GPU.\n"
      "[W] [TRT] Layer '/pow' (ELEMENTWISE): Unsupported on DLA. Switching this layer's device "
      "type to GPU.\n"
      "[I] [TRT] ---------- Layers Running on DLA ----------\n"
      "[I] [TRT] [DlaLayer] {ForeignNode[/a...c]}\n[I] [TRT] [DlaLayer] {ForeignNode[x...y]}\n"
      "[I] [TRT] ---------- Layers Running on GPU ----------\n"
      "[I] [TRT] [GpuLayer] POINTWISE: /pow + /add\n[I] [TRT] [GpuLayer] SOFTMAX: /soft\n"
      "[I] Engine built in 2 sec.\n");
  const Engine engine = load_one({graph});
  EXPECT_EQ(engine.layers[layer::device][0], "DLA");
  EXPECT_EQ(engine.layers[layer::device][1], "GPU");
  EXPECT_EQ(engine.layers[layer::device][2], "GPU");
  EXPECT_EQ(engine.layers[layer::device_reason][1],
            "/pow: DLA cores do not support POW ElementWise operation.; Layer '/pow' "
            "(ELEMENTWISE): Unsupported on DLA. Switching this layer's device type to GPU.");
  EXPECT_TRUE(engine.layers[layer::device_reason].is_null(2));
  EXPECT_TRUE(any_contains(engine.notes,
                           "the log places 1 layers on DLA that the graph does not "
                           "have, the first is '{ForeignNode[x...y]}'"));
}

// ---- the corpus ----

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

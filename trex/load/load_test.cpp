// From small files to an engine.

// SPDX-License-Identifier: Apache-2.0

#include "trex/load/load.hpp"

#include <gtest/gtest.h>

#include "trex/base/error.hpp"
#include "trex/load/test_engine.hpp"
#include "trex/load/test_folder.hpp"

namespace trex {
namespace {

using test::any_contains;
using test::load_one;
using test::TestFolder;

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

// "cat graph.json profile.json > both.json", in whatever order.
TEST(LoadEngine, OneFileHoldsGraphAndProfile) {
  const std::string graph = test::graph_text, profile = test::profile_text,
                    timing = test::timing_text;
  const struct {
    const char* what;
    std::string text;
    std::size_t timings;
  } cases[] = {
      {"the graph first", graph + profile, 0},
      {"the profile first", profile + "\n" + graph, 0},
      {"all three", profile + graph + timing, 2},
      {"lines between", "--- layers ---\n" + graph + "--- times ---\n" + profile, 0},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.what);
    const TestFolder folder;
    const std::string file = folder.write("both.json", c.text);
    const Engine engine = load_one({file});
    ASSERT_EQ(engine.layer_count(), 2u);
    EXPECT_FALSE(engine.layers[layer::type][0].empty());
    EXPECT_EQ(engine.layers[layer::time_ms][0], 3);
    EXPECT_EQ(engine.profile.file, file);
    EXPECT_EQ(engine.profile.joined_by, "name");
    EXPECT_EQ(engine.timing.row_count(), c.timings);
    ASSERT_GE(engine.sources.size(), 2u);
    EXPECT_EQ(engine.sources[0].kind, "graph");
    EXPECT_EQ(engine.sources[1].kind, "profile");
    EXPECT_EQ(engine.sources[1].path, file);
    EXPECT_TRUE(any_contains(engine.notes, "a profile stands in the same file; read as this"));
  }
}

// trtexec --dumpLayerInfo --dumpProfile, and nothing exported.
TEST(LoadEngine, ALogHoldsLayersAndTheirTimes) {
  const TestFolder folder;
  const std::string head = "[11/23/2026-10:00:00] [I] ";
  const Engine engine = load_one({folder.write(
      "run.log",
      "&&&& RUNNING TensorRT.trtexec [TensorRT v101300] # trtexec --loadEngine=a\n" + head +
          "Layer Information:\n" + head +
          "Layers:\n"
          "Name: conv, LayerType: CaskConvolution, Inputs: [ { Name: x, Dimensions: [1,3,8,8], "
          "Format/Datatype: Half }], Outputs: [ { Name: y, Dimensions: [1,8,8,8], "
          "Format/Datatype: Half }], ParameterType: Convolution, TacticName: t\n"
          "Name: fc, LayerType: gemm, Inputs: [ { Name: y, Dimensions: [1,8], Format/Datatype: "
          "Half }], Outputs: [], TacticName: , StreamId: 0, Metadata: \n"
          "\n"
          "Bindings:\nx\ny\n" +
          head + "Starting inference\n" + head + "=== Profile (100 iterations ) ===\n" + head +
          "   Time(ms)     Avg.(ms)   Median(ms)   Time(%)   Layer\n" + head +
          "      30.00       0.3000       0.2900      75.0   conv\n" + head +
          "      10.00       0.1000       0.1000      25.0   fc\n" + head +
          "      40.00       0.4000       0.3900     100.0   Total\n"
          "&&&& PASSED TensorRT.trtexec [TensorRT v101300] # trtexec\n")});
  ASSERT_EQ(engine.layer_count(), 2u);
  EXPECT_EQ(engine.layers[layer::type][0], "Convolution");
  EXPECT_EQ(engine.layers[layer::time_ms][0], 0.3);
  EXPECT_EQ(engine.layers[layer::time_ms][1], 0.1);
  EXPECT_EQ(engine.bindings.row_count(), 2u);
  EXPECT_EQ(engine.profile.joined_by, "name");
  EXPECT_FALSE(any_contains(engine.notes, "no graph file"));
}

// A profile of its own is what the user means.
TEST(LoadEngine, ANamedProfileWinsOverOneInTheGraphsFile) {
  const TestFolder folder;
  const std::string file =
      folder.write("both.json", std::string(test::graph_text) + test::profile_text);
  const std::string other = folder.write("other.json", test::profile_text);
  const Engine engine = load_one({file, other});
  EXPECT_EQ(engine.profile.file, other);
  EXPECT_TRUE(any_contains(engine.notes, "left out, for '" + other + "' is given"));
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
  EXPECT_EQ(engine.verbosity, Verbosity::unknown);
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

TEST(LoadEngine, ProfileStandsInForAnEmptyListOfLayers) {
  const TestFolder folder;
  const std::string graph = folder.write("x.graph.json", R"({"Layers":[],"Bindings":[]})");
  try {
    load_one({graph});
    ADD_FAILURE() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(std::string(error.what()).rfind(graph + ": /Layers: the list of layers is empty", 0),
              0u)
        << error.what();
  }
  folder.write("x.profile.json", test::profile_text);
  const Engine engine = load_one({graph});
  EXPECT_EQ(engine.layer_count(), 2u);
  EXPECT_EQ(engine.layers[layer::time_ms][0], 3);
  EXPECT_EQ(engine.verbosity, Verbosity::none);
  EXPECT_TRUE(any_contains(engine.notes, "rebuild with trtexec --profilingVerbosity=detailed"));
}

TEST(LoadEngine, ShowsWhatThereIs) {
  const TestFolder folder;
  const Engine timing = load_one({folder.write("t.timing.json", test::timing_text)});
  EXPECT_EQ(timing.layer_count(), 0u);
  EXPECT_EQ(timing.timing.row_count(), 2u);
  EXPECT_EQ(timing.verbosity, Verbosity::unknown);
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

}  // namespace
}  // namespace trex

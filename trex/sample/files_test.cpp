// The files of a sample: do they load, do they agree, are they the same bytes every time?

// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <map>
#include <set>

#include "trex/analyze/roofline.hpp"
#include "trex/analyze/summary.hpp"
#include "trex/analyze/work.hpp"
#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/text.hpp"
#include "trex/load/load.hpp"
#include "trex/sample/cost.hpp"
#include "trex/base/random.hpp"
#include "trex/sample/sample.hpp"

namespace trex::sample {
namespace {

using Strings = std::vector<std::string>;

// Of this process alone: several builds may be tested at once.
std::string fresh_folder(const std::string& name) {
  const std::string path =
      testing::TempDir() + "trex-sample-" + name + "-" + std::to_string(getpid());
  std::filesystem::remove_all(path);
  return path;
}

std::string content(const std::string& path) { return std::string(read_file(path).view()); }

Engine load(const std::string& folder, const std::string& name) {
  return load_engine(find_engine_files({folder + "/" + name + ".onnx.engine"}, {}).at(0));
}

// All samples, written once for all tests.
class Samples : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = fresh_folder("all");
    write_samples({.directory = folder_, .records = 500});
  }
  static void TearDownTestSuite() { std::filesystem::remove_all(folder_); }
  static inline std::string folder_;
};

TEST_F(Samples, EachHasTheFilesOfProcess) {
  Strings expected = {"README.txt"};
  for (const Info& info : list_samples()) {
    const std::string stem = info.name + ".onnx.engine";
    for (const char* kind : {".build.log", ".build.metadata.json", ".graph.json"}) {
      expected.push_back(stem + kind);
    }
    if (ends_with(info.name, ".built-only")) continue;
    for (const char* kind :
         {".profile.json", ".profile.log", ".profile.metadata.json", ".timing.json"}) {
      expected.push_back(stem + kind);
    }
  }
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(list_directory(folder_), expected);
}

TEST_F(Samples, LoadWithNoNotesButWhatTheyAreMeantToShow) {
  const std::string profiles =
      "438 of 876 layers are of optimization profile 0, which is shown; the file has 0, 1: choose "
      "with --opt-profile";
  const std::string streams =
      "trtexec warning: The engine uses 1 auxiliary streams, so the \"Total\" latency may not be "
      "accurate because some layers may have run in parallel!";
  const std::map<std::string, Strings> expected = {{"decoder.trt10", {profiles, streams}},
                                                   {"decoder.trt10.built-only", {profiles}},
                                                   {"decoder.trt11", {streams}}};
  for (const Info& info : list_samples()) {
    SCOPED_TRACE(info.name);
    const Engine engine = load(folder_, info.name);
    Strings messages;
    for (const Note& note : engine.notes) messages.push_back(note.message);
    const auto found = expected.find(info.name);
    EXPECT_EQ(messages, found == expected.end() ? Strings{} : found->second);
    EXPECT_EQ(engine.profile.matched_rows, engine.profile.rows);
    EXPECT_EQ(engine.profile.present, !ends_with(info.name, ".built-only"));
  }
}

// Each figure that two files state, to the six digits that trtexec prints.
TEST_F(Samples, FilesAgree) {
  const auto digits = [](double value) { return std::abs(value) * 1e-5; };
  for (const Info& info : list_samples()) {
    if (ends_with(info.name, ".built-only")) continue;
    SCOPED_TRACE(info.name);
    const Engine engine = load(folder_, info.name);
    const EndToEnd end = end_to_end(engine);
    EXPECT_EQ(end.source, "timing");
    for (const Metadata* metadata : {&engine.profile_metadata}) {
      const LatencySummary* log = metadata->latency("Latency");
      ASSERT_TRUE(log);
      EXPECT_EQ(log->min, end.min);
      EXPECT_EQ(log->max, end.max);
      EXPECT_NEAR(log->mean, end.mean, digits(end.mean));
      EXPECT_NEAR(log->median, end.median, digits(end.median));
      ASSERT_EQ(log->percentiles.size(), 3u);
      EXPECT_EQ(log->percentiles[0], std::pair(90.0, end.p90));
      EXPECT_EQ(log->percentiles[1], std::pair(95.0, end.p95));
      EXPECT_EQ(log->percentiles[2], std::pair(99.0, end.p99));
    }
    const Json profile =
        parse_json(content(folder_ + "/" + info.name + ".onnx.engine.profile.json"), "profile");
    double percent = 0, total_ms = 0;
    const double iterations = *(*profile.array())[0].find("count")->number();
    for (const Json& row : *profile.array()) {
      if (!row.find("name")) continue;
      const double row_ms = *row.find("timeMs")->number();
      EXPECT_NEAR(*row.find("averageMs")->number() * iterations, row_ms, digits(row_ms));
      percent += *row.find("percentage")->number();
      total_ms += row_ms;
    }
    EXPECT_NEAR(percent, 100, 0.001);
    EXPECT_NEAR(engine.profile.layer_time_ms * iterations, total_ms, digits(total_ms));
    // Events between layers cost time, so the layers add up to more than an inference.
    EXPECT_GT(engine.profile.layer_time_ms, end.mean);
  }
}

TEST_F(Samples, NoLayerBeatsTheHardware) {
  for (const Info& info : list_samples()) {
    if (ends_with(info.name, ".built-only")) continue;
    SCOPED_TRACE(info.name);
    const Engine engine = load(folder_, info.name);
    const Device device = device_of(engine);
    ASSERT_TRUE(device.spec) << device.name;
    const Table roofline = roofline_table(engine, work_table(engine), device);
    std::int64_t known = 0;
    for (Row row = 0; row < engine.layer_count(); ++row) {
      const auto efficiency = roofline[roofline::efficiency][row];
      if (!efficiency) continue;
      ++known;
      EXPECT_LE(*efficiency, 1) << engine.layers[layer::name][row];
    }
    EXPECT_GT(known, static_cast<std::int64_t>(engine.layer_count() / 2));
  }
}

TEST_F(Samples, ResnetHasItsKnownMacs) {
  for (const char* build : {"fp32", "fp16", "qat", "qat-residual", "qat-residual-gap"}) {
    const Engine engine = load(folder_, std::string("resnet18.") + build);
    const Table work = work_table(engine);
    std::int64_t macs = 0;
    for (Row row = 0; row < engine.layer_count(); ++row) {
      macs += work[work::macs][row].value_or(0);
    }
    EXPECT_EQ(macs, std::int64_t{32} * 1'814'073'344) << build;  // see compile_test.cpp
  }
}

TEST_F(Samples, DecoderShowsWhatItIsFor) {
  const Engine run = load(folder_, "decoder.trt10");
  EXPECT_EQ(run.opt_profile_count, 2);
  std::set<std::int64_t> streams;
  std::set<std::string_view> types, precisions;
  for (Row row = 0; row < run.layer_count(); ++row) {
    streams.insert(*run.layers[layer::stream][row]);
    types.insert(run.layers[layer::type][row]);
    precisions.insert(run.layers[layer::precision][row]);
  }
  EXPECT_EQ(streams, (std::set<std::int64_t>{0, 1}));
  EXPECT_EQ(types, (std::set<std::string_view>{"Reformat", "cast", "gemm", "kgen", "shape_call",
                                               "signal", "wait"}));
  EXPECT_TRUE(precisions.count("FP8") && precisions.count("BF16"));
  std::int64_t shared = 0;  // the 48 tensors of the cache, each written by two kernels
  for (Row row = 0; row < run.regions.row_count(); ++row) {
    if (*run.regions[region::writer_count][row] == 2) ++shared;
  }
  EXPECT_EQ(shared, 48);

  const Engine built = load(folder_, "decoder.trt10.built-only");
  for (Row row = 0; row < built.tensors.row_count(); ++row) {
    EXPECT_EQ(run.tensors[tensor::name][row], built.tensors[tensor::name][row]);
  }
}

// The table of docs/samples.md; its latency is a median with the noise, so within 0.3 %.
TEST(SampleFiles, DocumentSaysWhatTheModelGives) {
  const std::string text = content(TREX_SOURCE_DIR "/docs/samples.md");
  std::set<std::string> builds;
  for (const std::string_view line : lines(text)) {
    const auto cells = split(line, '|');
    if (cells.size() != 10 || !starts_with(cells[1], " `")) continue;
    const std::string build(split(cells[1], '`')[1]);
    SCOPED_TRACE(build);
    builds.insert(build);
    const Plan plan = make_sample("resnet18." + build);
    const double model_ms = critical_path_us(plan.layers) / 1e3;
    EXPECT_NEAR(parse_real(trim(cells[2])).value_or(0), model_ms, 0.003 * model_ms);
    std::int64_t layers = 0, reformats = 0;
    for (const Layer& layer : plan.layers) {
      layers += layer.type != "NoOp";
      reformats += layer.type == "Reformat";
    }
    EXPECT_EQ(parse_integer(trim(cells[4])), layers);
    EXPECT_EQ(parse_integer(trim(cells[5])), reformats);
  }
  EXPECT_EQ(builds,
            (std::set<std::string>{"fp32", "fp16", "qat", "qat-residual", "qat-residual-gap"}));
}

TEST(SampleFiles, SameSeedSameBytes) {
  const Strings names = {"resnet18.qat", "decoder.trt11"};
  std::map<std::string, std::string> first;
  for (const std::uint64_t seed : {5u, 5u, 6u}) {
    const std::string folder = fresh_folder("seed");
    write_samples({.directory = folder, .only = names, .seed = seed, .records = 50});
    for (const std::string& name : list_directory(folder)) {
      const std::string text = content(join_path(folder, name));
      const bool is_new = first.try_emplace(name, text).second;
      const bool has_noise = contains(name, ".profile.") || contains(name, ".timing.");
      EXPECT_EQ(text == first[name], is_new || seed == 5 || !has_noise) << name << seed;
    }
    std::filesystem::remove_all(folder);
  }
  EXPECT_EQ(first.size(), 15u);
}

TEST(SampleFiles, SameBytesOnEveryMachine) {
  const std::string folder = fresh_folder("checksum");
  write_samples({.directory = folder, .only = {"resnet18.qat"}, .records = 100});
  const std::string stem = folder + "/resnet18.qat.onnx.engine";
  // Change these when the samples are meant to change.
  EXPECT_EQ(Random::hash(content(stem + ".graph.json")), 17995955117453335722u);
  EXPECT_EQ(Random::hash(content(stem + ".profile.json")), 10956145563229673575u);
  EXPECT_EQ(Random::hash(content(stem + ".timing.json")), 8404934928788271860u);
  std::filesystem::remove_all(folder);
}

TEST(SampleFiles, SaysThatTheyAreModelled) {
  const std::string folder = fresh_folder("modelled");
  write_samples({.directory = folder, .only = {"vit-base.trt10"}, .records = 10});
  const std::string stem = folder + "/vit-base.trt10.onnx.engine";
  for (const std::string& file : {folder + "/README.txt", stem + ".build.log",
                                  stem + ".profile.log", stem + ".build.metadata.json"}) {
    EXPECT_TRUE(contains(content(file), "not measured")) << file;
  }
  std::filesystem::remove_all(folder);
}

std::string error_of(const Options& options) {
  try {
    write_samples(options);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(SampleFiles, Mistakes) {
  const std::string folder = fresh_folder("mistakes"), file = fresh_folder("mistakes") + "/file";
  make_directories(folder);
  write_file(file, "text");
  const Options base{.directory = folder};
  const auto with = [&](auto change) {
    Options options = base;
    change(options);
    return error_of(options);
  };
  EXPECT_EQ(with([&](Options& o) { o.directory = file; }),
            file + ": is a file; give a directory to write the samples to");
  EXPECT_EQ(with([](Options& o) { o.only = {"resnet18.qta"}; }),
            "no sample is called 'resnet18.qta', did you mean 'resnet18.qat'?");
  EXPECT_EQ(with([](Options& o) { o.layers = 0; }), "--layers 0: give 1 to 1000000");
  EXPECT_EQ(with([](Options& o) { o.layers = 1000001; }), "--layers 1000001: give 1 to 1000000");
  EXPECT_EQ(with([](Options& o) { o.records = -1; }), "--records -1: give 1 to 10000000");
  EXPECT_EQ(with([](Options& o) {
              o.layers = 5;
              o.only = {"resnet18.qat"};
            }),
            "--layers makes one engine of its own; leave out --only");
  EXPECT_THROW(parse_generation("9"), Error);
  EXPECT_EQ(list_directory(folder), Strings{"file"});  // nothing was written
}

TEST(SampleFiles, OverwritesOnlyItsOwn) {
  const std::string folder = fresh_folder("own");
  const std::string graph = folder + "/resnet18.qat.onnx.engine.graph.json";
  make_directories(folder);
  write_file(graph, "mine");
  Options options{.directory = folder, .only = {"resnet18.qat"}, .records = 10};
  EXPECT_EQ(error_of(options), graph +
                                   ": exists and was not written by 'trex sample'; choose an "
                                   "empty directory, or overwrite it with --force");
  EXPECT_EQ(content(graph), "mine");
  options.force = true;
  EXPECT_EQ(error_of(options), "");
  options.force = false;
  EXPECT_EQ(error_of(options), "");  // now the folder is its own
  EXPECT_TRUE(starts_with(content(graph), "{\"Layers\""));
  std::filesystem::remove_all(folder);
}

TEST(SampleFiles, GenerationChoosesSamples) {
  const std::string folder = fresh_folder("generation");
  write_samples({.directory = folder, .records = 10, .generation = Generation::trt11});
  Strings graphs;
  for (const std::string& name : list_directory(folder)) {
    if (ends_with(name, ".graph.json")) graphs.push_back(name);
  }
  EXPECT_EQ(graphs, (Strings{"decoder.trt11.onnx.engine.graph.json",
                             "vit-base.trt11.onnx.engine.graph.json"}));
  std::filesystem::remove_all(folder);
}

TEST(SampleScale, AnyNumberOfLayersInEveryGeneration) {
  for (const Generation generation : {Generation::trt8, Generation::trt10, Generation::trt11}) {
    for (const std::int64_t layers : {1, 8, 9, 17, 200}) {
      const std::string folder = fresh_folder("scale");
      write_samples(
          {.directory = folder, .records = 20, .layers = layers, .generation = generation});
      const Engine engine = load(folder, "scale-" + std::to_string(layers));
      EXPECT_EQ(engine.notes, std::vector<Note>{});
      EXPECT_EQ(engine.layer_count(), static_cast<std::size_t>(layers));
      EXPECT_EQ(engine.profile.matched_rows, layers);
      std::set<std::string_view> names;
      for (Row row = 0; row < engine.layer_count(); ++row) {
        names.insert(engine.layers[layer::name][row]);
      }
      EXPECT_EQ(names.size(), engine.layer_count());
      // One chain: but for the engine's input and Myelin's constants, all that is read is written.
      for (Row row = 0; row < engine.regions.row_count(); ++row) {
        const std::string_view name = engine.regions[region::name][row];
        if (name == "input" || ends_with(name, "_dconst")) continue;
        EXPECT_EQ(*engine.regions[region::writer_count][row], 1) << name;
      }
      std::filesystem::remove_all(folder);
    }
  }
}

TEST(SampleScale, AboutOneKilobyteALayer) {
  const std::string folder = fresh_folder("kilobyte");
  for (const Written& file : write_samples({.directory = folder, .records = 20, .layers = 2000})) {
    if (!ends_with(file.path, ".graph.json")) continue;
    EXPECT_EQ(file.bytes, content(file.path).size());
    EXPECT_NEAR(static_cast<double>(file.bytes) / 2000, 1080, 50);
  }
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace trex::sample

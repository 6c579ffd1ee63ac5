// The options that say which files belong to an engine.

// SPDX-License-Identifier: Apache-2.0
#include "trex/cli/engine_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <climits>
#include <iterator>
#include <set>

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/text.hpp"
#include "trex/document/units.hpp"
#include "trex/load/load.hpp"
#include "trex/load/sniff.hpp"
#include "trex/report/facts.hpp"

namespace trex::cli {

const std::string_view engine_help =
    "An ENGINE is a graph JSON (trtexec --exportLayerInfo), a folder, a stem such as\n"
    "out/resnet.onnx.engine, an archive (.tea), or any of its files; '-' reads\n"
    "standard input. Files beside it (X.profile.json, X.timing.json, X.build.log ...)\n"
    "are found by name and by what they hold. Several files belong to one engine\n"
    "unless several are graphs. A file in an archive is named as in a folder:\n"
    "resnet.tea/resnet.graph.json.";

std::vector<Flag> with_engine_flags(std::vector<Flag> own, EngineOptions& options) {
  const std::vector<Flag> shared{
      {"--graph FILE", &options.graph, "layers, from trtexec --exportLayerInfo"},
      {"--profile FILE", &options.profile, "time per layer, from trtexec --exportProfile"},
      {"--timing FILE", &options.timing, "time per inference, from trtexec --exportTimes"},
      {"--profile-metadata FILE", &options.profile_metadata, "metadata JSON of the profile run"},
      {"--build-metadata FILE", &options.build_metadata, "metadata JSON of the build"},
      {"--build-log FILE", &options.build_log, "trtexec's log of the build"},
      {"--profile-log FILE", &options.profile_log, "trtexec's log of the profile run"},
      {"--gpu-samples FILE", &options.gpu_samples, "what the GPU did meanwhile, as JSON lines"},
      {"--onnx FILE", &options.onnx, "the model that the engine was built from"},
      {"--opt-profile N", &options.opt_profile, "which optimization profile, from 0"},
      {"--name NAME", &options.name, "what to call the engine"},
  };
  own.insert(own.end(), shared.begin(), shared.end());
  return own;
}

namespace {

EngineFiles explicit_files(const EngineOptions& options) {
  EngineFiles files;
  files.graph = options.graph;
  files.profile = options.profile;
  files.timing = options.timing;
  files.profile_metadata = options.profile_metadata;
  files.build_metadata = options.build_metadata;
  files.build_log = options.build_log;
  files.profile_log = options.profile_log;
  files.onnx = options.onnx;
  files.gpu_samples = options.gpu_samples;
  files.name = options.name;
  if (options.opt_profile) {
    if (*options.opt_profile < 0 || *options.opt_profile > INT_MAX) {
      fail("--opt-profile takes a number from 0, not {}", *options.opt_profile);
    }
    files.opt_profile = static_cast<int>(*options.opt_profile);
  }
  return files;
}

bool is_graph_file(const std::string& path) {
  if (path == "-" || is_directory(path) || !file_exists(path)) return false;
  const FileKind kind = sniff(read_head(path, std::size_t{64} << 10));
  return kind == FileKind::graph || kind == FileKind::names_only_graph;
}

}  // namespace

bool says_which_files(const EngineOptions& o) {
  const std::string* const texts[] = {
      &o.graph,       &o.profile,   &o.timing, &o.profile_metadata, &o.build_metadata,
      &o.profile_log, &o.build_log, &o.onnx,   &o.gpu_samples,      &o.name};
  return o.opt_profile || std::any_of(std::begin(texts), std::end(texts),
                                      [](const std::string* text) { return !text->empty(); });
}

void reject_contradictions(const EngineOptions& options) {
  std::set<std::string> seen;
  for (const std::string& engine : options.engines) {
    if (!seen.insert(engine).second) fail("'{}' is given twice", engine);
    if (!options.graph.empty() && engine != options.graph && is_graph_file(engine)) {
      fail("both '{}' and --graph '{}' are graphs: leave one out", engine, options.graph);
    }
  }
}

void say_what_was_used(const Engine& engine, Io& io) {
  for (const SourceFile& source : engine.sources) {
    io.say(fmt::format("{}: {} {} ({})", engine.name, source.kind, source.path, source.how));
  }
  io.say(fmt::format("{}: {} layers, {}; {}", engine.name, engine.file_layer_count, engine.schema,
                     report::said_pairing(engine)));
  if (!engine.notes.empty()) {
    io.say(fmt::format("{}: {}; trex check lists them", engine.name,
                       counted(engine.notes.size(), "load note")));
  }
}

const Note* cut_graph(const Engine& engine) {
  const auto is_graph = [&](const Note& note) {
    return std::any_of(engine.sources.begin(), engine.sources.end(), [&](const SourceFile& source) {
      return source.kind == "graph" && source.path == note.file;
    });
  };
  for (const Note& note : engine.notes) {
    if (starts_with(note.message, "the file is cut off") && is_graph(note)) return &note;
  }
  return nullptr;
}

void warn_of_cut_graph(const Engine& engine, Io& io) {
  const Note* cut = cut_graph(engine);
  if (cut == nullptr) return;
  io.say(fmt::format(
      "warning: {}: the graph is cut off: what follows is of {} only; copy or export it again",
      cut->file, counted(engine.layer_count(), "whole layer")));
}

std::vector<EngineFiles> find_engines(const EngineOptions& options) {
  if (options.engines.empty() && options.graph.empty()) {
    fail("no engine given: name a graph JSON, a folder or a stem");
  }
  reject_contradictions(options);
  return find_engine_files(options.engines, explicit_files(options));
}

std::vector<Engine> load_engines(const EngineOptions& options, Io& io) {
  std::vector<Engine> engines;
  for (const EngineFiles& files : find_engines(options)) {
    engines.push_back(load_engine(files));
    warn_of_cut_graph(engines.back(), io);
    if (io.verbose) say_what_was_used(engines.back(), io);
  }
  return engines;
}

Engine load_one_engine(const EngineOptions& options, std::string_view command, Io& io) {
  std::vector<Engine> engines = load_engines(options, io);
  if (engines.size() == 1) return std::move(engines[0]);
  std::vector<std::string> names;
  names.reserve(engines.size());
  for (const Engine& engine : engines) names.push_back("'" + engine.name + "'");
  fail("trex {} takes one engine, but {} were given: {}", command, engines.size(),
       join(names, ", "));
}

}  // namespace trex::cli

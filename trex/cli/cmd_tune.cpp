// `trex tune`: what trtexec's build-route tuner found.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "trex/base/error.hpp"
#include "trex/base/text.hpp"
#include "trex/cli/commands.hpp"
#include "trex/load/load.hpp"
#include "trex/report/diff_report.hpp"
#include "trex/report/tune_report.hpp"

namespace trex::cli {
namespace {

struct Options {
  std::string file;
  std::vector<std::string> engines;
  bool all = false;
};

std::vector<Flag> flags(Options& o) {
  return {
      {"FILE", &o.file, "the tuner's cache (trtexec --tuningCacheFile, tune.jsonl)"},
      {"--engine ITER=ENGINE", &o.engines,
       "the engine of that iteration; given two or more times, what each changed against the "
       "first"},
      {"--all", &o.all, "every route, not only the first 20"},
  };
}

struct RouteEngine {
  std::int64_t iteration;
  Engine engine;
};

std::vector<RouteEngine> load_route_engines(const Options& o, const TuneRun& run) {
  std::vector<RouteEngine> engines;
  for (const std::string& word : o.engines) {
    const std::size_t equals = word.find('=');
    const auto iteration = parse_integer(std::string_view(word).substr(0, equals));
    if (!iteration || equals == std::string::npos) {
      fail("--engine takes ITER=ENGINE, such as 7=out/route7.graph.json, not '{}'", word);
    }
    const auto is_it = [&](const TuneRoute& route) { return route.iteration == *iteration; };
    if (std::none_of(run.routes.begin(), run.routes.end(), is_it)) {
      fail("--engine {}: the tuner tried no iteration {}", word, *iteration);
    }
    const auto found = find_engine_files({word.substr(equals + 1)}, {});
    if (found.size() != 1) fail("--engine {}: {} engines, not one", word, found.size());
    engines.push_back({*iteration, load_engine(found[0])});
    engines.back().engine.name = fmt::format("iteration {}", *iteration);
  }
  if (engines.size() == 1) fail("--engine: one engine has nothing to be compared with; give two");
  return engines;
}

Document diff_of(const Engine& before, const Engine& after) {
  const compare::ComparedSide a(before), b(after);
  const compare::Difference difference = compare::difference(a, b, compare::align(before, after));
  const report::DiffInput input{a, b, difference, {}, compare::mismatches(a, b), {}};
  return report::diff_report(input, {});
}

ExitCode run(const Options& o, Io& io) {
  constexpr std::size_t most_routes = 20;
  const TuneRun tuned = load_tune(read_file(o.file), o.file);
  const std::vector<RouteEngine> engines = load_route_engines(o, tuned);
  std::vector<Document> documents;
  documents.push_back(report::tune_report(tuned, o.file, o.all ? 0 : most_routes));
  if (io.format_name == "csv" || io.format_name == "tsv") documents[0].json_root = "routes";
  for (std::size_t i = 1; i < engines.size(); ++i) {
    documents.push_back(diff_of(engines[0].engine, engines[i].engine));
  }
  io.show(documents);
  return ExitCode::success;
}

}  // namespace

Command tune_command() {
  Command result = command<Options>(
      "tune", "what trtexec's build-route tuner found: time, accuracy, what each route changed",
      {{"trex tune tune.jsonl", "routes by time, those worth a look marked"},
       {"trex tune tune.jsonl --engine 0=out/route0 --engine 7=out/route7",
        "and what route 7 changed in the engine, layer by layer"}},
      flags, run);
  result.more =
      "The tuner came with TensorRT 11.1 (trtexec --tuneBuildRoutes). A route on the Pareto\n"
      "front is one that no other beats in both time and accuracy.";
  return result;
}

}  // namespace trex::cli

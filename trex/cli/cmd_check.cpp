// `trex check`: is the evidence sound?

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "trex/cli/engine_options.hpp"
#include "trex/report/check_report.hpp"

namespace trex::cli {
namespace {

struct Options : EngineOptions {
  bool strict = false;
};

std::vector<Flag> flags(Options& o) {
  return with_engine_flags({{"ENGINE...", &o.engines, "the engine, or several"},
                            {"--strict", &o.strict, "exit 1 for any load note or warning"}},
                           o);
}

ExitCode run(const Options& o, Io& io) {
  const std::vector<Engine> engines = load_engines(o, io);
  std::vector<Document> documents;
  documents.reserve(engines.size());
  for (const Engine& engine : engines) documents.push_back(report::check_report(engine));
  io.show(documents);
  const bool problems = std::any_of(engines.begin(), engines.end(), report::has_problems);
  return o.strict && problems ? ExitCode::found_problems : ExitCode::success;
}

}  // namespace

Command check_command() {
  Command result =
      command<Options>("check", "is the evidence sound: load notes, pairing, measurement hygiene",
                       {{"trex check resnet.graph.json",
                         "what was found, joined, tolerated, and what looks unsteady"},
                        {"trex check out/ --strict", "for CI: exit 1 when anything is amiss"}},
                       flags, run);
  result.more = engine_help;
  return result;
}

}  // namespace trex::cli

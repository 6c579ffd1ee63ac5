// `trex summary`: what an engine is, where its time goes, how good the evidence is.

// SPDX-License-Identifier: Apache-2.0
#include "trex/cli/engine_options.hpp"
#include "trex/report/summary_report.hpp"

namespace trex::cli {
namespace {

struct Options : EngineOptions {};

std::vector<Flag> flags(Options& o) {
  return with_engine_flags({{"ENGINE...", &o.engines, "the engine, or several"}}, o);
}

ExitCode run(const Options& o, Io& io) {
  std::vector<Document> documents;
  for (const Engine& engine : load_engines(o, io)) {
    documents.push_back(report::summary_report(engine));
  }
  io.show(documents);
  return ExitCode::success;
}

}  // namespace

Command summary_command() {
  Command result = command<Options>(
      "summary", "what an engine is: layers, time, memory, precision mix, evidence",
      {{"trex summary resnet.onnx.engine.graph.json", "with the files that stand beside it"},
       {"trex summary graph.json profile.json timing.json", "files of any name, told by content"},
       {"trex summary out/ --json", "every engine of a folder, for programs"}},
      flags, run);
  result.more = engine_help;
  return result;
}

}  // namespace trex::cli

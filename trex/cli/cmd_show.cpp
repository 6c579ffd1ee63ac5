// `trex show`: everything about one layer.

// SPDX-License-Identifier: Apache-2.0
#include "trex/base/error.hpp"
#include "trex/cli/engine_options.hpp"
#include "trex/report/layer_choice.hpp"
#include "trex/report/show_report.hpp"

namespace trex::cli {
namespace {

struct Options : EngineOptions {};

std::vector<Flag> flags(Options& o) {
  return with_engine_flags(
      {{"ENGINE LAYER", &o.engines,
        "the engine, then a layer: its index, its name, or a part of the name that no other has"}},
      o);
}

ExitCode run(const Options& o, Io& io) {
  EngineOptions files = o;
  if (files.engines.empty() || (files.engines.size() == 1 && files.graph.empty())) {
    fail("no layer given: trex show ENGINE LAYER; trex layers ENGINE lists them");
  }
  const std::string layer = files.engines.back();
  files.engines.pop_back();
  const Engine engine = load_one_engine(files, "show", io);
  io.show(report::show_report(engine, report::choose_layer(engine, layer)));
  return ExitCode::success;
}

}  // namespace

Command show_command() {
  Command result = command<Options>(
      "show", "everything about one layer: tensors, work, roofline, tactic, neighbours",
      {{"trex show resnet.graph.json 12", "the layer of that index"},
       {"trex show resnet.graph.json layer4.1.conv2", "the only layer that has this in its name"},
       {"trex show resnet.graph.json 12 --json", "with the layer's own JSON as 'raw'"}},
      flags, run);
  result.more = engine_help;
  return result;
}

}  // namespace trex::cli

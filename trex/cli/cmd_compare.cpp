// `trex compare`: several engines side by side.

// SPDX-License-Identifier: Apache-2.0
#include "trex/base/error.hpp"
#include "trex/base/suggest.hpp"
#include "trex/cli/engine_options.hpp"
#include "trex/report/compare_report.hpp"

namespace trex::cli {
namespace {

struct Options : EngineOptions {
  std::string baseline;
  bool differing = false;
};

std::vector<Flag> flags(Options& o) {
  return {
      {"ENGINE...", &o.engines, "two engines or more, or a folder of them"},
      {"--baseline NAME", &o.baseline,
       "speed-ups are against this engine, by its name or a part of it (default: the first)"},
      {"--differing", &o.differing, "of the summary only what differs, options of the build too"},
      {"--opt-profile N", &o.opt_profile, "which optimization profile of all, from 0"},
  };
}

std::size_t find_baseline(const std::vector<Engine>& engines, const std::string& wanted) {
  if (wanted.empty()) return 0;
  std::vector<std::string> names;
  std::vector<std::size_t> holding;
  for (std::size_t i = 0; i < engines.size(); ++i) {
    if (engines[i].name == wanted) return i;
    names.push_back(engines[i].name);
    if (engines[i].name.find(wanted) != std::string::npos) holding.push_back(i);
  }
  if (holding.size() == 1) return holding[0];
  if (!holding.empty()) fail("--baseline '{}' is a part of several engines' names", wanted);
  fail("--baseline: no engine '{}'{}", wanted, did_you_mean(wanted, names));
}

ExitCode run(const Options& o, Io& io) {
  const std::vector<Engine> engines = load_engines(o, io);
  if (engines.size() < 2) {
    fail("trex compare takes two engines or more; trex summary shows one");
  }
  report::CompareQuery query;
  query.baseline = find_baseline(engines, o.baseline);
  query.differing = o.differing;
  std::deque<compare::ComparedSide> sides;
  for (const Engine& engine : engines) sides.emplace_back(engine);
  io.show(report::compare_report(sides, query));
  return ExitCode::success;
}

}  // namespace

Command compare_command() {
  Command result = command<Options>(
      "compare", "several engines side by side: totals, types, precisions, blocks, speed-ups",
      {{"trex compare fp32.graph.json fp16.graph.json int8.graph.json", "speed-ups against fp32"},
       {"trex compare out/ --baseline fp16 --differing", "a folder, and what differs in it"},
       {"trex compare out/ --json", "for programs"}},
      flags, run);
  result.more = engine_help;
  return result;
}

}  // namespace trex::cli

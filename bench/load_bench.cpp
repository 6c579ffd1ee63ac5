// Google Benchmark of the pieces, for work on one of them: the walk, the loader, each analysis.
//
// The figures of docs/benchmarks.md are whole processes and come from tools/bench.py instead.
//
// usage: trex_load_bench GRAPH.json [--benchmark_filter=...]

// SPDX-License-Identifier: Apache-2.0

#include <benchmark/benchmark.h>

#include <cstdio>
#include <string>

#include "bench/analyses.hpp"
#include "bench/walk.hpp"
#include "trex/analyze/memory.hpp"
#include "trex/analyze/summary.hpp"
#include "trex/analyze/tactics.hpp"
#include "trex/analyze/work.hpp"
#include "trex/base/error.hpp"
#include "trex/lint/lint.hpp"
#include "trex/load/load.hpp"
#include "trex/load/plan.hpp"

namespace trex::bench {
namespace {

template <class Work>
void add(const char* name, const Bytes& text, Work work) {
  benchmark::RegisterBenchmark(name, [work, size = text.size()](benchmark::State& state) {
    for (auto unused : state) {
      static_cast<void>(unused);
      benchmark::DoNotOptimize(work());
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(size) * state.iterations());
  })->Unit(benchmark::kMillisecond);
}

void add_all(const std::string& path) {
  const Bytes text = read_file(path);
  const auto engine = std::make_shared<const Engine>(load_engine({.graph = path}));
  add("bare_walk", text, [text] { return bare_walk(text).values; });
  add("load_plan", text, [=] { return load_plan(text, path, {}).layer_count(); });
  add("totals", text, [=] { return totals(*engine).layer_count; });
  add("breakdown", text, [=] { return breakdown(*engine, layer::type.name).row_count(); });
  add("activation_memory", text, [=] { return activation_memory(*engine).steps.row_count(); });
  add("work", text, [=] { return work_table(*engine).row_count(); });
  add("tactics", text, [=] { return tactics_table(*engine).row_count(); });
  add("all_analyses", text, [=] { return run_analyses(*engine); });
  add("lint", text, [=] {
    return lint::run(*engine, lint::select_rules("all"), lint::Thresholds()).findings.size();
  });
}

}  // namespace
}  // namespace trex::bench

int main(int argc, char** argv) try {
  benchmark::Initialize(&argc, argv);
  if (argc != 2) trex::fail("usage: trex_load_bench GRAPH.json [--benchmark_filter=...]");
  trex::bench::add_all(argv[1]);
  benchmark::RunSpecifiedBenchmarks();
} catch (const trex::Error& error) {
  std::fprintf(stderr, "trex_load_bench: %s\n", error.what());
  return 2;
}

// One piece of work on one file, as a whole process, for tools/bench.py to time from outside.
//
// usage: trex_measure walk|load|analyze|load-all|lint|align|statistics FILE...
//
//   walk     reads the file and visits every value (bench/walk.hpp)
//   load     loads an engine, or a timing file, and nothing else
//   analyze  loads an engine and runs every analysis on it
//   load-all loads an engine with the profile, times and metadata beside it
//   lint     the same, then runs every rule and makes the fingerprints: less load-all, it is lint
//   align    loads the engines of each two files and aligns them
//   statistics  of a timing file: every figure of compare/statistics, the bootstrap's too

// SPDX-License-Identifier: Apache-2.0

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "bench/analyses.hpp"
#include "bench/walk.hpp"
#include "trex/base/error.hpp"
#include "trex/base/large_memory.hpp"
#include "trex/compare/alignment.hpp"
#include "trex/compare/statistics.hpp"
#include "trex/lint/fingerprint.hpp"
#include "trex/lint/lint.hpp"
#include "trex/load/load.hpp"
#include "trex/load/sniff.hpp"
#include "trex/load/timing.hpp"

namespace trex::bench {
namespace {

std::size_t load(const std::string& path) {
  if (sniff(read_head(path, 65536)) == FileKind::timing) {
    return load_timing(read_file(path), path).table.row_count();
  }
  return load_engine({.graph = path}).layer_count();
}

std::size_t align(const std::string& a, const std::string& b) {
  return compare::align(load_engine({.graph = a}), load_engine({.graph = b})).groups.size();
}

double statistics(const std::string& path) {
  const Timing timing = load_timing(read_file(path), path);
  const compare::Sample sample = compare::make_sample(timing.table[timing::latency_ms].values());
  return static_cast<double>(sample_figures(sample).count);
}

Engine load_all(const std::string& path) {
  return load_engine(find_engine_files({path}, EngineFiles{}).at(0));
}

std::size_t lint_all(const Engine& engine) {
  const lint::Result result = lint::run(engine, lint::select_rules("all"), lint::Thresholds());
  return result.findings.size() + lint::fingerprints(engine, result.findings).size();
}

// A figure that the work cannot be skipped for.
double run(std::string_view work, const std::string& path) {
  if (work == "walk") return static_cast<double>(bare_walk(read_file(path)).values);
  if (work == "load") return static_cast<double>(load(path));
  if (work == "analyze") return static_cast<double>(run_analyses(load_engine({.graph = path})));
  if (work == "load-all") return static_cast<double>(load_all(path).layer_count());
  if (work == "lint") return static_cast<double>(lint_all(load_all(path)));
  if (work == "statistics") return statistics(path);
  fail("unknown work '{}'; it is one of walk, load, analyze, load-all, lint, align, statistics",
       work);
}

}  // namespace
}  // namespace trex::bench

int main(int argc, char** argv) try {
  trex::allow_large_pages();
  if (argc < 3) {
    trex::fail("usage: trex_measure walk|load|analyze|load-all|lint|align|statistics FILE...");
  }
  if (std::string_view(argv[1]) == "align") {
    for (int i = 2; i + 1 < argc; i += 2) {
      std::printf("%zu\n", trex::bench::align(argv[i], argv[i + 1]));
    }
    return 0;
  }
  for (int i = 2; i < argc; ++i) std::printf("%.0f\n", trex::bench::run(argv[1], argv[i]));
} catch (const trex::Error& error) {
  std::fprintf(stderr, "trex_measure: %s\n", error.what());
  return 2;
}

// Time by block of the network, over engines whose names may differ.
//
// The baseline's scopes name the blocks; a layer of another engine counts in the block of the layer
// it is aligned with, so that "layers.7" is the same seventh layer whatever the exporter called it.

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <map>

#include "trex/model/scopes.hpp"
#include "trex/report/compare_report.hpp"

namespace trex::report {
namespace {

constexpr std::size_t most_blocks = 48;  // that still fit a screen or two
constexpr std::uint32_t deepest = 6;

// The block of each layer: its scope, cut at the greatest depth that gives few enough blocks.
struct Blocks {
  std::vector<std::string> names;   // in order of first layer
  std::vector<std::size_t> of_row;  // index into names
};

Blocks blocks_at(const Engine& engine, const Scopes& scopes, std::uint32_t depth) {
  Blocks blocks;
  std::map<ScopeId, std::size_t> numbers;
  for (Row row = 0; row < engine.layer_count(); ++row) {
    const ScopeId scope = scopes.ancestor(scopes.scope_of[row], depth);
    const auto [at, is_new] = numbers.emplace(scope, blocks.names.size());
    if (is_new) {
      const std::string& path = scopes.scopes[scope].path;
      blocks.names.push_back(path.empty() ? "(top level)" : path);
    }
    blocks.of_row.push_back(at->second);
  }
  return blocks;
}

Blocks blocks_of(const Engine& engine) {
  const Scopes scopes = scopes_of(engine);
  Blocks blocks = blocks_at(engine, scopes, 1);
  for (std::uint32_t depth = 2; depth <= deepest; ++depth) {
    Blocks deeper = blocks_at(engine, scopes, depth);
    if (deeper.names.size() > most_blocks) break;
    blocks = std::move(deeper);
  }
  return blocks;
}

class Sums {
 public:
  Sums(ScopeTimes& result, std::size_t engine) : result_(result), engine_(engine) {}
  void add(std::size_t block, const compare::ComparedSide& side, Row row) {
    if (side.context.hidden(row)) return;
    ++result_.counts[engine_][block];
    const std::optional<double> ms = side.context.time_ms(row);
    if (!ms) return;
    double& sum = result_.times[engine_][block];
    sum = std::isnan(sum) ? *ms : sum + *ms;
  }

 private:
  ScopeTimes& result_;
  std::size_t engine_;
};

// Geometric mean of baseline / engine over the blocks that both spend time in.
double geometric_mean(const std::vector<double>& before, const std::vector<double>& after) {
  double sum = 0;
  std::size_t count = 0;
  for (std::size_t i = 0; i + 1 < before.size(); ++i) {  // the last has no counterpart
    if (!(before[i] > 0) || !(after[i] > 0)) continue;
    sum += std::log(before[i] / after[i]);
    ++count;
  }
  return count == 0 ? null_real : std::exp(sum / static_cast<double>(count));
}

}  // namespace

ScopeTimes scope_times(const std::deque<compare::ComparedSide>& sides, std::size_t baseline) {
  const compare::ComparedSide& base = sides[baseline];
  const Blocks blocks = blocks_of(base.engine);
  ScopeTimes result;
  result.scopes = blocks.names;
  result.scopes.emplace_back("");
  const std::size_t none = blocks.names.size();
  result.times.assign(sides.size(), std::vector<double>(none + 1, null_real));
  result.counts.assign(sides.size(), std::vector<std::int64_t>(none + 1, 0));
  for (std::size_t i = 0; i < sides.size(); ++i) {
    Sums sums(result, i);
    if (i == baseline) {
      for (Row row = 0; row < base.engine.layer_count(); ++row) {
        sums.add(blocks.of_row[row], base, row);
      }
      continue;
    }
    for (const compare::AlignedGroup& group : compare::align(base.engine, sides[i].engine).groups) {
      const std::size_t block = group.a.empty() ? none : blocks.of_row[group.a[0]];
      for (const Row row : group.b) sums.add(block, sides[i], row);
    }
  }
  for (std::size_t i = 0; i < sides.size(); ++i) {
    result.speedups.push_back(geometric_mean(result.times[baseline], result.times[i]));
  }
  return result;
}

}  // namespace trex::report

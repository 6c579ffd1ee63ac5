// `trex compare`: several engines side by side.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <vector>

#include "trex/compare/difference.hpp"
#include "trex/document/document.hpp"

namespace trex::report {

struct CompareQuery {
  std::size_t baseline = 0;  // speed-ups are against this engine
  bool differing = false;    // of the summary only what differs, then options of the build too
};

// Blocks "engines", "totals", "by_type", "by_precision", "by_scope", in the order of `sides`.
Document compare_report(const std::deque<compare::ComparedSide>& sides, const CompareQuery& query);

// Its parts. `labels` are the engines' names without what all begin and end with.
std::vector<std::string> short_labels(const std::vector<std::string>& names);
std::vector<Block> compare_breakdowns(const std::deque<compare::ComparedSide>& sides,
                                      const std::vector<std::string>& labels, std::size_t baseline);

// Milliseconds of layers by block of the network, rows in order of execution in the baseline. The
// other engines' layers stand in the block that their counterparts have there.
struct ScopeTimes {
  std::vector<std::string> scopes;         // "layers.0"; "" for layers without a counterpart
  std::vector<std::vector<double>> times;  // by engine, then scope; NaN where no time is known
  std::vector<std::vector<std::int64_t>> counts;
  std::vector<double> speedups;  // by engine: geometric mean over the blocks; NaN where none
};
ScopeTimes scope_times(const std::deque<compare::ComparedSide>& sides, std::size_t baseline);

}  // namespace trex::report

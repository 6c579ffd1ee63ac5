// `trex diff`: what changed from one engine to another, where, why, and whether it is real.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "trex/compare/comparable.hpp"
#include "trex/compare/difference.hpp"
#include "trex/compare/figures.hpp"
#include "trex/compare/gate.hpp"
#include "trex/document/document.hpp"

namespace trex::report {

struct DiffQuery {
  std::vector<std::string> only;    // "precision", "tactic", "added" ...: pairs with any of these
  std::string where;                // over the table of pairs; table/expression.hpp
  std::optional<std::int64_t> top;  // only so many pairs
  bool all = false;                 // pairs of hidden layers too, and every pair for people
};
std::vector<std::string> diff_changes();  // what `only` takes

struct DiffInput {
  const compare::ComparedSide& a;
  const compare::ComparedSide& b;
  const compare::Difference& difference;
  compare::FindingsChange findings;
  std::vector<compare::Mismatch> mismatches;
  std::optional<compare::Gate> gate;
};

// Blocks "a", "b", "totals", "waterfall", "pairs", "gate" and more. Throws Error for unknown words
// and malformed expressions.
Document diff_report(const DiffInput& input, const DiffQuery& query);

// Its parts.
Table pairs_table(const DiffInput& input, const DiffQuery& query);
TableBlock pairs_block(const DiffInput& input, const DiffQuery& query);
std::vector<Block> totals_blocks(const DiffInput& input);
std::vector<Block> waterfall_blocks(const DiffInput& input);
std::vector<std::string> diff_story(const DiffInput& input);
std::vector<Block> gate_blocks(const compare::Gate& gate);
// Percentiles, spread, drift and modes of one run; null without records.
Json sample_json(const compare::Sample& sample);

// A name as people can read it in a table: printable, at most so many columns.
std::string short_name(std::string_view name, int width = 56);
// "+1.23%", "~" after it where it is noise.
std::string said_ratio(double ratio);

}  // namespace trex::report

// The graph of an engine's steps: what each step reads and feeds once copies are looked through.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "trex/compare/align_facts.hpp"

namespace trex::compare {

class StepGraph {
 public:
  // Linear in layers and edges: behind a carrier at most `most_behind` steps are seen.
  explicit StepGraph(const Side& side);

  // Of a step or a carrier: the steps before and after it. Without repeats, in execution order.
  std::span<const Row> before(Row row) const { return before_[row]; }
  std::span<const Row> after(Row row) const { return after_[after_.size() - 1 - row]; }

  static constexpr std::size_t most_behind = 16;

 private:
  Lists<Row> before_, after_;  // `after_` from the last row to the first, as it is found
};

}  // namespace trex::compare

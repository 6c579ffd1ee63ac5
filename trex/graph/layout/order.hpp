// In what order do the elements of each rank stand, so that few lines cross?
//
// One order for all: where an element stands from the left among every other, so that segments
// never cross each other and each rank's order is that of its elements.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "trex/graph/layout/layered.hpp"

namespace trex::graph {

// By element: its place in the order of all, 0 .. size - 1.
using Places = std::vector<std::uint32_t>;

// Pairs of lines that cross between neighbouring ranks; ends at the same port do not.
class CrossingCounter {
 public:
  explicit CrossingCounter(const Layered& graph);
  std::uint64_t count(const Places& places);

 private:
  const Layered& graph_;
  // Segments by the gap where they begin to pass and where they do no longer.
  std::vector<std::uint32_t> begin_, end_, beginning_, ending_;
  std::vector<std::uint32_t> ports_;  // by element: ports on the side that has more
  std::vector<std::uint32_t> by_place_, first_port_;
  std::vector<std::uint64_t> ends_, spare_;  // upper end << 32 | lower end
};

struct Ordered {
  Places places;
  std::uint64_t crossings = 0;
};

// `first`: the order to begin with, e.g. that of execution.
Ordered find_order(const Layered& graph, const Places& first);

// Moves single elements to where they cross least, until nothing gains or the work is too much.
void sift(const Layered& graph, Ordered& ordered);

}  // namespace trex::graph

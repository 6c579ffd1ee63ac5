// How good is a drawing of a graph, whoever drew it? Counted on the lines as drawn.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "trex/graph/layout/layout.hpp"

namespace trex::bench {

struct DrawnEdge {
  std::uint32_t source = 0, target = 0, tensor = 0;
  // Chains of cubic curves, as LayoutRoute::points; a stub has two.
  std::vector<std::vector<graph::Point>> chains;
  bool stub = false;
};

struct Drawn {
  std::vector<graph::Rect> nodes;  // width < 0: not drawn
  std::vector<DrawnEdge> edges;
  double width = 0, height = 0;
};
Drawn drawn(const graph::LayoutGraph& graph, const graph::Layout& layout);

struct Quality {
  std::uint64_t crossings = 0;            // points where two edges cross
  std::uint64_t crossings_unstubbed = 0;  // the same with each stub drawn as a straight line
  std::uint64_t bends = 0;                // arcs that turn by more than 10 degrees
  double length = 0, area = 0;
  std::uint64_t overlaps = 0;       // pairs of nodes
  std::uint64_t through_nodes = 0;  // edges that run through a node that is not their end
  std::uint64_t edges = 0, stubs = 0;
};
Quality measure(const Drawn& drawing);

}  // namespace trex::bench

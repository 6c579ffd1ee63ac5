// Which rank (row) does each vertex of an acyclic graph go to, so that lines are short?
//
// The network simplex of Gansner, Koutsofios, North and Vo (A Technique for Drawing Directed
// Graphs, IEEE TSE 19(3), 1993): start from the longest path, span the graph with a tree of tight
// edges, swap tree edges while that shortens the sum of lengths. Its number of swaps has no good
// bound, so the work is limited to a multiple of the graph's size; every state on the way is a
// valid ranking. A cut value is kept as the sum of (out - in) weights below the tree edge.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace trex::graph {

struct RankEdge {
  std::uint32_t from = 0, to = 0;
  std::int32_t weight = 1;
  std::int32_t length = 1;  // least rank(to) - rank(from)
};

// One rank per vertex, the least 0, in each connected part of the graph. Edges must go from an
// earlier to a later vertex of `order`, a permutation of the vertices.
std::vector<std::int32_t> find_ranks(std::span<const std::uint32_t> order,
                                     std::span<const RankEdge> edges);

}  // namespace trex::graph

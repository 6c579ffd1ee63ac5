// Where does each element stand from left to right, so that lines are straight?

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "trex/graph/layout/layered.hpp"
#include "trex/graph/layout/order.hpp"

namespace trex::graph {

struct Sizes {
  std::vector<double> width;             // by element; a segment has none
  std::vector<double> gap;               // by element: two neighbours keep the mean of theirs apart
  std::vector<double> upper_x, lower_x;  // by link: its port, from the element's left side
  // By element: segments of one tensor from one port, which may run as one line, share a number;
  // others have UINT32_MAX.
  std::vector<std::uint32_t> bundle;
};

// The left side of each element; the least is 0. O((V + E) log (V + E)).
std::vector<double> find_x(const Layered& graph, const Places& places, const Sizes& sizes);

// Neighbours in some rank, left then right, each pair at least once; their number is linear in
// vertices and edges, however many ranks the segments pass.
struct Neighbours {
  std::uint32_t left = 0, right = 0;
  double distance = 0;  // least x(right) - x(left)
};
std::vector<Neighbours> find_neighbours(const Layered& graph, const Places& places,
                                        const Sizes& sizes);

// What each element is linked to and stands beside.
struct Surroundings {
  Surroundings(const Layered& graph, const std::vector<Neighbours>& beside)
      : pairs(beside),
        above(graph.size(), graph.links, &Link::lower),
        below(graph.size(), graph.links, &Link::upper),
        left(graph.size(), beside, &Neighbours::right),
        right(graph.size(), beside, &Neighbours::left) {}

  const std::vector<Neighbours>& pairs;
  Adjacency above, below;  // indices of links
  Adjacency left, right;   // indices of pairs
};

// Shifts what is below some rank as a whole, so that the drawing does not lean; in place.
void take_out_drift(const Layered& graph, const Sizes& sizes, const Surroundings& around,
                    bool anchored, std::vector<double>& x);

// Moves elements and straight chains of them towards the median of their links, in place.
void straighten(const Layered& graph, const Sizes& sizes, const Surroundings& around,
                std::vector<double>& x);

}  // namespace trex::graph

// The layered graph between ranking and drawing: vertices in ranks, long edges as segments.
//
// An edge between neighbouring ranks is one link. A longer edge is a segment, one element that
// stands in every rank it passes at the same x, with a link at either end: no dummy vertex per
// rank, so that the size stays O(V + E) however long the edges are (Eiglsperger, Siebenhaller,
// Kaufmann, An Efficient Implementation of Sugiyama's Algorithm, 2005).

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "trex/graph/layout/links.hpp"

namespace trex::graph {

// From an element to one that begins in the next rank. Ports count from the left.
struct Link {
  std::uint32_t upper = 0, lower = 0;  // elements
  std::uint32_t upper_port = 0, lower_port = 0;
};

struct LayeredEdge {
  std::uint32_t from = 0, to = 0;  // vertices, `from` in an earlier rank
  std::uint32_t from_port = 0, to_port = 0;
};

// Elements 0 .. vertex_count - 1 are the vertices, the others segments.
struct Layered {
  Layered(std::span<const std::int32_t> ranks, std::span<const LayeredEdge> edges);

  std::size_t size() const { return top.size(); }
  bool is_segment(std::uint32_t element) const { return element >= vertex_count; }
  std::int32_t gap(const Link& link) const { return top[link.lower] - 1; }

  std::size_t vertex_count = 0;
  std::int32_t rank_count = 0;
  std::vector<std::int32_t> top, bottom;  // first and last rank of each element
  std::vector<Link> links;                // by gap, that of ranks 0 and 1 first
  std::vector<std::uint32_t> first_link;  // of each gap; one more at the end
  // By edge: its links; the same twice for a short one.
  std::vector<std::uint32_t> upper_link, lower_link;
  std::vector<std::uint32_t> ports_below, ports_above;  // number of ports, by element
};

}  // namespace trex::graph

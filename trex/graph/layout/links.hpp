// The links of each vertex, side by side in one array.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace trex::graph {

// adjacency[v]: the indices of the edges whose `end` is v, in the edges' order.
class Adjacency {
 public:
  template <typename Edges, typename Edge>
  Adjacency(std::size_t vertices, const Edges& edges, std::uint32_t Edge::*end)
      : start_(vertices + 1, 0), edges_(edges.size()) {
    for (const Edge& edge : edges) ++start_[edge.*end + 1];
    for (std::size_t v = 0; v < vertices; ++v) start_[v + 1] += start_[v];
    std::vector<std::uint32_t> next(start_.begin(), start_.end() - 1);
    for (std::uint32_t e = 0; e < edges.size(); ++e) edges_[next[edges[e].*end]++] = e;
  }

  std::span<const std::uint32_t> operator[](std::size_t v) const {
    return {edges_.data() + start_[v], edges_.data() + start_[v + 1]};
  }

 private:
  std::vector<std::uint32_t> start_, edges_;
};

}  // namespace trex::graph

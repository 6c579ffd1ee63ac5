// Neighbours of each node, for walks.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "trex/graph/plan_graph.hpp"

namespace trex::graph {

enum class Walk : std::uint8_t { forward, backward };

// The other ends of a node's edges, one after the other; an end may repeat.
class PlanLinks {
 public:
  PlanLinks(const PlanGraph& graph, Walk direction) : start_(graph.nodes.size() + 1, 0) {
    const bool forward = direction == Walk::forward;
    for (const PlanEdge& e : graph.edges) ++start_[(forward ? e.source : e.target) + 1];
    for (std::size_t n = 1; n < start_.size(); ++n) start_[n] += start_[n - 1];
    ends_.resize(graph.edges.size());
    std::vector<std::uint32_t> next(start_.begin(), start_.end() - 1);
    for (const PlanEdge& e : graph.edges) {
      ends_[next[forward ? e.source : e.target]++] = forward ? e.target : e.source;
    }
  }
  std::span<const std::uint32_t> of(std::uint32_t node) const {
    return {ends_.data() + start_[node], ends_.data() + start_[node + 1]};
  }

 private:
  std::vector<std::uint32_t> start_, ends_;
};

}  // namespace trex::graph

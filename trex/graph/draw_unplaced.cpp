// Which edges are drawn, where nothing is placed.

// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <set>

#include "trex/graph/draw_parts.hpp"

namespace trex::graph {

Layout layout_without_places(const PlanGraph& graph, const Groups& groups) {
  Layout layout;
  layout.nodes.resize(graph.nodes.size());
  layout.groups.resize(groups.scopes.size());
  layout.edges.resize(graph.edges.size());
  const auto count = static_cast<std::uint32_t>(graph.nodes.size());
  const auto box_of = [&](std::uint32_t node) {
    const std::int32_t box = groups.box_of_node[node];
    return box < 0 ? node : count + static_cast<std::uint32_t>(box);
  };
  std::set<std::array<std::uint32_t, 3>> seen;
  for (std::size_t e = 0; e < graph.edges.size(); ++e) {
    const PlanEdge& edge = graph.edges[e];
    const std::uint32_t source = box_of(edge.source), target = box_of(edge.target);
    const bool has_scope = source >= count || target >= count;
    if (source == target && has_scope) continue;
    if (has_scope && !seen.insert({source, target, layout_tensor(graph, e)}).second) continue;
    layout.edges[e].points.resize(1);
    layout.edges[e].back = edge.source >= edge.target;
  }
  return layout;
}

}  // namespace trex::graph

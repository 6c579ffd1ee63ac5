// The layout's front door: checks the graph, lays it out, composes the result.

// SPDX-License-Identifier: Apache-2.0

#include "trex/graph/layout/layout.hpp"

#include <algorithm>

namespace trex::graph {

struct NestedLayout::State {
  LayoutGraph graph;
  LayoutOptions options;
};

NestedLayout::NestedLayout(LayoutGraph graph, const LayoutOptions& options)
    : state_(std::make_unique<State>(State{std::move(graph), options})) {}
NestedLayout::~NestedLayout() = default;
NestedLayout::NestedLayout(NestedLayout&&) noexcept = default;
NestedLayout& NestedLayout::operator=(NestedLayout&&) noexcept = default;

void NestedLayout::set_open(std::uint32_t group, bool open) {
  state_->graph.groups.at(group).open = open;
}

// For now one column in execution order, lines beside it; the layered layout replaces this.
Layout NestedLayout::layout() {
  const LayoutGraph& graph = state_->graph;
  Layout result;
  for (const LayoutNode& node : graph.nodes) {
    result.nodes.push_back({0, result.height, node.width, node.height});
    result.height += node.height + state_->options.rank_gap;
    result.width = std::max(result.width, node.width);
  }
  result.groups.resize(graph.groups.size());
  for (const LayoutEdge& edge : graph.edges) {
    const Rect& from = result.nodes.at(edge.source);
    const Rect& to = result.nodes.at(edge.target);
    const Point a{from.x + from.width / 2, from.y + from.height};
    const Point b{to.x + to.width / 2, to.y};
    result.edges.push_back({.points = {a, a, b, b}, .back = edge.source >= edge.target});
  }
  return result;
}

Layout lay_out(const LayoutGraph& graph, const LayoutOptions& options) {
  return NestedLayout(graph, options).layout();
}

}  // namespace trex::graph

// Brings sizes into bounds, turns the graph when lines are to run to the right, sizes self loops.

// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <utility>

#include "trex/graph/layout/frame.hpp"

namespace trex::graph {
namespace {

constexpr double most_size = 1e6;

// NaN compares false with everything, and becomes 0.
void bound(double& size) { size = size > 0 ? std::min(size, most_size) : 0; }

}  // namespace

void Inputs::size(double& width, double& height) const {
  bound(width);
  bound(height);
  if (turned) std::swap(width, height);
}

void Inputs::measure_loops() {
  loops.clear();
  loop_room.clear();
  for (std::uint32_t e = 0; e < graph.edges.size(); ++e) {
    const LayoutEdge& edge = graph.edges[e];
    if (edge.source != edge.target || edge.source >= graph.nodes.size()) continue;
    if (loops.empty()) {
      loops.resize(graph.nodes.size());
      loop_room.assign(graph.nodes.size(), 0);
    }
    // The curve's farthest point is at 3/4 of its control points' distance.
    double& room = loop_room[edge.source];
    const double farthest = room + options.line_gap;
    const double label_x = farthest + options.line_gap / 2;
    loops[edge.source].push_back({e, farthest * 4 / 3, label_x});
    room = edge.label_width > 0 ? label_x + edge.label_width : farthest;
  }
}

Point Inputs::tag_size(std::uint32_t edge) const {
  const LayoutEdge& e = graph.edges[edge];
  return {e.stub_width > 0 ? e.stub_width : options.stub_width,
          e.stub_height > 0 ? e.stub_height : options.stub_height};
}

Inputs prepare(LayoutGraph graph, const LayoutOptions& options) {
  Inputs inputs{std::move(graph), options, options.direction == LayoutDirection::right, {}, {}};
  const auto size = [&](double& width, double& height) { inputs.size(width, height); };
  for (LayoutNode& n : inputs.graph.nodes) size(n.width, n.height);
  for (LayoutEdge& e : inputs.graph.edges) {
    size(e.label_width, e.label_height);
    size(e.stub_width, e.stub_height);
  }
  for (LayoutGroup& g : inputs.graph.groups) {
    size(g.label_width, g.label_height);
    size(g.width, g.height);
  }
  LayoutOptions& o = inputs.options;
  for (double* gap : {&o.node_gap, &o.rank_gap, &o.line_gap, &o.group_padding, &o.component_gap}) {
    bound(*gap);
  }
  size(o.stub_width, o.stub_height);
  inputs.measure_loops();
  return inputs;
}

}  // namespace trex::graph

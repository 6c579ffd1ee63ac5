// What is drawn, and how large its texts make it, for the layout.

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "trex/document/font.hpp"
#include "trex/graph/draw_parts.hpp"

namespace trex::graph {
namespace {

constexpr double tag_height = 16;

LayoutEdge sizes_of(const EdgeFace& face) {
  LayoutEdge sizes;
  sizes.label_width = face.width;
  sizes.label_height = face.height;
  const TextLook look = look_of(TextRole::label);
  const double name = text_width(face.tensor.name.substr(0, 100), look.size, false);
  sizes.stub_width = std::min(widest_tag, name) + 10;
  sizes.stub_height = tag_height;
  return sizes;
}

}  // namespace

Faces::Faces(const DrawInput& input, const Groups& groups)
    : input_(input),
      groups_(groups),
      nodes_(input.graph.nodes.size()),
      boxes_(groups.scopes.size()),
      frames_(groups.scopes.size()),
      edges_(input.graph.edges.size()),
      has_node_(nodes_.size(), 0),
      has_group_(boxes_.size(), 0),
      has_edge_(edges_.size(), 0) {}

LayoutGraph Faces::layout_graph() const {
  LayoutGraph graph;
  for (const std::int32_t group : groups_.of_node) graph.nodes.push_back({.group = group});
  for (std::size_t g = 0; g < groups_.scopes.size(); ++g) {
    graph.groups.push_back({.parent = groups_.parents[g], .open = groups_.open[g] != 0});
  }
  for (std::size_t e = 0; e < input_.graph.edges.size(); ++e) {
    const PlanEdge& edge = input_.graph.edges[e];
    graph.edges.push_back({.source = edge.source,
                           .target = edge.target,
                           .source_port = edge.source_port,
                           .target_port = edge.target_port,
                           .tensor = layout_tensor(input_.graph, e)});
  }
  return graph;
}

bool Faces::is_inside_one_box(const PlanEdge& edge) const {
  const std::int32_t box = groups_.box_of_node[edge.source];
  return box >= 0 && box == groups_.box_of_node[edge.target];
}

void Faces::make_missing(NestedLayout* layout) {
  for (std::uint32_t n = 0; n < nodes_.size(); ++n) {
    if (has_node_[n] != 0 || !groups_.is_shown(n)) continue;
    has_node_[n] = 1;
    nodes_[n] = node_face(input_, n);
    if (layout != nullptr) layout->set_node_size(n, nodes_[n].width, nodes_[n].height);
  }
  for (std::uint32_t g = 0; g < boxes_.size(); ++g) {
    if (has_group_[g] != 0 || !(groups_.is_box(g) || groups_.is_frame(g))) continue;
    has_group_[g] = 1;
    boxes_[g] = scope_face(input_, groups_.scopes[g]);
    frames_[g] = frame_face(input_, groups_.scopes[g]);
    if (layout == nullptr) continue;
    layout->set_group_size(g, {.label_width = frames_[g].width,
                               .label_height = frames_[g].height,
                               .width = boxes_[g].width,
                               .height = boxes_[g].height});
  }
  for (std::uint32_t e = 0; e < edges_.size(); ++e) {
    const PlanEdge& edge = input_.graph.edges[e];
    if (has_edge_[e] != 0 || is_inside_one_box(edge)) continue;
    has_edge_[e] = 1;
    edges_[e] = edge_face(input_, edge);
    if (layout != nullptr) layout->set_edge_size(e, sizes_of(edges_[e]));
  }
}

std::int64_t Faces::largest_bytes() const {
  std::int64_t largest = 0;
  for (std::size_t e = 0; e < edges_.size(); ++e) {
    if (has_edge_[e] == 0 || is_inside_one_box(input_.graph.edges[e])) continue;
    largest = std::max(largest, edges_[e].tensor.bytes);
  }
  return largest;
}

}  // namespace trex::graph

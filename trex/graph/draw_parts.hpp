// The parts of draw(): groups, labels, colours, attributes. Only trex/graph includes this.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "trex/graph/draw.hpp"

namespace trex::graph {

// What draw() works on.
struct DrawInput {
  const Engine& engine;
  const PlanGraph& graph;
  const Scopes& scopes;
  const DrawOptions& options;
};

// Scopes as groups of the layout; the root is no group.
struct Groups {
  std::vector<ScopeId> scopes;            // by group
  std::vector<std::int32_t> parents;      // by group
  std::vector<std::uint8_t> open;         // by group
  std::vector<std::int32_t> of_node;      // by node: innermost group, -1: none
  std::vector<std::int32_t> box_of_node;  // by node: outermost closed group around it, -1: none
  std::vector<std::int32_t> outermost;    // by group: outermost closed one, it or around it, or -1
  std::vector<std::uint32_t> members;     // by group: nodes within, at any depth
  bool used = false;

  bool is_shown(std::uint32_t node) const { return box_of_node[node] < 0; }
  bool is_box(std::size_t group) const { return outermost[group] == static_cast<int>(group); }
  bool is_frame(std::size_t group) const { return outermost[group] < 0; }
};
Groups make_groups(const DrawInput& input);
void find_boxes(Groups& groups);  // Groups::box_of_node, after `open` has changed
// For formats that place things themselves: nothing has a place, and an edge that is drawn (every
// one between two boxes; once a tensor where a scope is one of them) has a point.
Layout layout_without_places(const PlanGraph& graph, const Groups& groups);
// LayoutEdge::tensor: an edge without a tensor is its own.
inline std::uint32_t layout_tensor(const PlanGraph& graph, std::size_t edge) {
  const std::uint32_t generation = graph.edges[edge].generation;
  return static_cast<std::uint32_t>(generation == no_generation ? edge
                                                                : graph.edges.size() + generation);
}

// The texts of a box, from its own top left corner, and the size they need.
struct BoxFace {
  double width = 0, height = 0, band = 0;
  std::vector<DrawingText> texts;
  std::vector<DrawingPart> bar;
  std::vector<std::string> details;
  std::string figures;
};
BoxFace node_face(const DrawInput& input, std::uint32_t node);
BoxFace scope_face(const DrawInput& input, ScopeId scope);  // closed
BoxFace frame_face(const DrawInput& input, ScopeId scope);  // open: its heading

struct EdgeFace {
  DrawingTensor tensor;
  std::string label;             // "" for none
  double width = 0, height = 0;  // of the label
};
EdgeFace edge_face(const DrawInput& input, const PlanEdge& edge);

// What the row of engine.tensors says; of no_row: nothing.
DrawingTensor tensor_of(const Engine& engine, Row tensor);
// "1×3×224×224", "?" where not known; the short name of its format.
std::string shape_of(const Engine& engine, Row tensor);

// The faces of what is drawn, made when it is first drawn.
class Faces {
 public:
  Faces(const DrawInput& input, const Groups& groups);
  // Nodes, links and groups for the layout, still without their sizes.
  LayoutGraph layout_graph() const;
  // Makes what is missing and tells `layout`, if any, how large it is.
  void make_missing(NestedLayout* layout);

  const BoxFace& node(std::uint32_t node) const { return nodes_[node]; }
  const BoxFace& box(std::size_t group) const { return boxes_[group]; }     // closed
  const BoxFace& frame(std::size_t group) const { return frames_[group]; }  // open
  const EdgeFace& edge(std::size_t edge) const { return edges_[edge]; }
  std::int64_t largest_bytes() const;  // of the lines that are drawn

 private:
  bool is_inside_one_box(const PlanEdge& edge) const;

  const DrawInput& input_;
  const Groups& groups_;
  std::vector<BoxFace> nodes_, boxes_, frames_;
  std::vector<EdgeFace> edges_;
  std::vector<std::uint8_t> has_node_, has_group_, has_edge_;
};
inline constexpr double widest_tag = 150;  // of a stub: its tensor's name

class Colors {
 public:
  explicit Colors(const DrawInput& input);
  // Begins a legend. Heat is measured against the slowest box that is drawn.
  void begin(double slowest_ms) {
    slowest_ms_ = slowest_ms;
    used_.clear();
  }
  // Each notes what it was used for: the legend holds what is drawn.
  Color node(std::uint32_t node);
  Color scope(ScopeId scope);
  // What the colour given last says: a label of the legend, or milliseconds; null: nothing.
  const Json& value() const { return value_; }
  std::string legend_title() const;
  std::vector<DrawingLegendEntry> legend() const;

 private:
  struct Entry {
    std::size_t rank = 0;  // order in the legend
    Color color;
  };
  Color use(const std::string& label, Color color, std::size_t rank);
  Color layer(Row row);
  Color heat(double ms);
  std::size_t top_scope(ScopeId scope) const;

  const DrawInput& input_;
  std::map<std::string, Color> type_colors_;  // of types without one in the list
  std::vector<std::uint8_t> severity_;        // by layer: 0 none, 1 note, 2 warning, 3 error
  std::vector<std::uint8_t> scope_severity_;  // by scope: the worst in it
  double slowest_ms_ = 0;
  std::map<std::string, Entry> used_;
  Json value_;
};

// Boxes, lines and frames where `layout` puts them; without attributes.
Drawing compose(const DrawInput& input, const Groups& groups, const Faces& faces,
                const Layout& layout, Colors& colors);

// `findings` by layer.
std::vector<DrawingAttribute> attributes_of(const Engine& engine, const PlanGraph& graph,
                                            const Scopes& scopes,
                                            const std::vector<LayerFinding>& findings, BoxKind kind,
                                            std::uint32_t subject);

}  // namespace trex::graph

// Where does each box of a graph stand, and how do its lines run?
//
// A layered (Sugiyama) layout of boxes with ports and nested groups, of any size: it knows sizes
// and links only, nothing of engines, names or looks. Coordinates are in the units of the sizes
// given (CSS pixels); x grows to the right, y down; the drawing's top left corner is (0, 0).
// docs/graph-layout.md tells how it works, how good and how fast it is.
//
// Promises, for any input: boxes do not overlap; no line runs through a box that is not one of its
// ends or around one of them; the same input gives the same bytes; memory and time grow as n log n;
// no recursion. Sizes that are NaN, negative or huge are brought into [0, 1e6]; edges to nodes that
// do not exist, and groups whose parents form a cycle, throw trex::Error.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

namespace trex::graph {

struct Point {
  double x = 0, y = 0;
  bool operator==(const Point&) const = default;
};

struct Rect {
  double x = 0, y = 0, width = 0, height = 0;  // x, y: top left corner
  bool operator==(const Rect&) const = default;
};

// The index of a node is its place in execution order: what breaks cycles. An edge whose source
// is not before its target is a back edge: it leaves its source's top and enters its target's
// bottom, so that its arrow points up. (Where groups are linked with nodes between their own, the
// order within a level is one that turns round only edges of cycles.)
struct LayoutNode {
  double width = 0, height = 0;
  std::int32_t group = -1;  // innermost group it is in; -1: none
};

struct LayoutEdge {
  std::uint32_t source = 0, target = 0;            // nodes
  std::uint32_t source_port = 0, target_port = 0;  // place among the node's outputs / inputs
  std::uint32_t tensor = 0;                        // edges of one tensor share it: hubs
  double label_width = 0, label_height = 0;        // 0: no label
  // The tag that names the tensor at either end should this edge become a stub; 0: the options'.
  double stub_width = 0, stub_height = 0;
};

struct LayoutGroup {
  std::int32_t parent = -1;                  // group around it; -1: none
  double label_width = 0, label_height = 0;  // its header, when open
  double width = 0, height = 0;              // its box, when closed
  bool open = true;                          // closed: drawn as one box, its members are not
};

struct LayoutGraph {
  std::vector<LayoutNode> nodes;
  std::vector<LayoutEdge> edges;
  std::vector<LayoutGroup> groups;
};

enum class LayoutDirection : std::uint8_t { down, right };

struct LayoutOptions {
  LayoutDirection direction = LayoutDirection::down;
  double node_gap = 24;            // least space between boxes side by side
  double rank_gap = 36;            // least space between ranks (rows)
  double line_gap = 10;            // least space between lines, and between a line and a box
  double group_padding = 16;       // between a group's border and what is in it
  double component_gap = 48;       // between parts of the graph that have no edge in common
  std::uint32_t hub_readers = 16;  // tensors with fewer readers are never stubs; 0: no stubs
  double stub_width = 64, stub_height = 16;  // tag of a stub without its own size
};

inline constexpr std::uint32_t no_edge = UINT32_MAX;

// How one edge is drawn.
//
// `points` is a chain of cubic Bezier curves: p0, c, c, p1, c, c, p2 ... (3 n + 1 points), from the
// source's port to the target's. Straight pieces have their control points on the line. A stub has
// two chains: points[0, split) from the source's port to its tag, points[split, size) from the
// target's tag to the target's port.
// Empty for an edge that is not drawn: inside a closed group, or `merged_into` another one.
struct LayoutRoute {
  std::vector<Point> points;
  bool stub = false;
  std::uint32_t split = 0;              // of a stub: where its second chain begins
  bool back = false;                    // a back edge: it runs upwards
  std::uint32_t merged_into = no_edge;  // same tensor between the same two drawn boxes
  Rect label;                           // where its label goes; width 0: it has none
  Rect source_tag, target_tag;          // of a stub; readers of one tensor share the source's
};

struct LayoutCounts {
  std::uint64_t crossings = 0;  // between neighbouring ranks, as ordered, all levels added
  std::uint32_t ranks = 0;      // of the outermost level
  std::uint32_t stubs = 0;      // edges drawn as stubs
  std::uint32_t levels = 0;     // groups (and the whole) that were laid out by this call
};

struct Layout {
  std::vector<Rect> nodes;   // width -1: not drawn, it is in a closed group
  std::vector<Rect> groups;  // open: with header and padding; width -1: in a closed group
  std::vector<LayoutRoute> edges;
  double width = 0, height = 0;
  LayoutCounts counts;
};

Layout lay_out(const LayoutGraph& graph, const LayoutOptions& options = {});

// The same with groups that open and close. It keeps the inside of each open group, laid out; after
// a change only the group that changed and the groups around it are laid out again. The result is
// the very one that lay_out gives for the same graph with the same groups open.
class NestedLayout {
 public:
  explicit NestedLayout(LayoutGraph graph, const LayoutOptions& options = {});
  ~NestedLayout();
  NestedLayout(NestedLayout&&) noexcept;
  NestedLayout& operator=(NestedLayout&&) noexcept;

  void set_open(std::uint32_t group, bool open);
  // Sizes may come late, as long as nothing of it is drawn: in a closed group they do not matter.
  // The group (or the joint of the edge) and all around it are laid out again.
  void set_node_size(std::uint32_t node, double width, double height);
  void set_group_size(std::uint32_t group, const LayoutGroup& sizes);  // its sizes only
  void set_edge_size(std::uint32_t edge, const LayoutEdge& sizes);     // of its label and tags
  Layout layout();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace trex::graph

// One open group (or the whole), laid out: its inside, its border and the lines between the two.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "trex/graph/layout/hierarchy.hpp"
#include "trex/graph/layout/level.hpp"

namespace trex::graph {

// A self loop stands at the right side of its node, outside of those before it.
struct Loop {
  std::uint32_t edge = 0;
  double reach = 0;    // of its control points, from the node's right side
  double label_x = 0;  // from the node's right side
};

// What the levels are made of, checked and turned so that lines run downwards.
struct Inputs {
  LayoutGraph graph;
  LayoutOptions options;
  bool turned = false;                   // the drawing's x is our y
  std::vector<std::vector<Loop>> loops;  // by node; empty when there are none at all
  std::vector<double> loop_room;         // by node: what its loops need at its right; or empty

  void size(double& width, double& height) const;  // into bounds, and turned
  void measure_loops();                            // after sizes of labels have changed
  Point tag_size(std::uint32_t edge) const;        // of a stub: width and height
};
Inputs prepare(LayoutGraph graph, const LayoutOptions& options);

inline constexpr std::uint32_t not_here = UINT32_MAX;

struct Frame {
  double width = 0, height = 0;  // with border; of the root: of its inside
  Point inside;                  // the inside's top left corner
  LevelDrawing drawing;
  std::vector<std::uint32_t> item_vertex;  // by place in Hierarchy::items
  // By place in Hierarchy::pieces: its first line, not_here if it is not drawn, its label's vertex,
  // if any, whose line is the next one, and its tag's vertex.
  struct Piece {
    std::uint32_t line = not_here, label = not_here, tag = not_here;
  };
  std::vector<Piece> pieces;
  std::vector<Rect> boxes;  // by vertex, from the inside's corner
  // By terminal, from the first one of the group: the line from the border to the inside, from
  // above, from the border's top left corner.
  std::vector<std::vector<Point>> borders;
};

// Lays out one level; the frames of the open groups in it must be there.
class FrameMaker {
 public:
  FrameMaker(const Inputs& inputs, const Hierarchy& hierarchy);
  Frame make(std::uint32_t level, const std::vector<Frame>& frames);
  std::uint32_t first_terminal(std::uint32_t level) const { return terminal_start_[level]; }

 private:
  struct End;
  bool is_drawn(const EdgePiece& piece) const;
  bool is_open(Item item) const;
  void add_items(std::uint32_t level, const std::vector<Frame>& frames, Frame& frame);
  void add_terminals(std::uint32_t level);
  void add_pieces(std::uint32_t level, const std::vector<Frame>& frames, Frame& frame);
  double port_x(PieceEnd end, bool below, const std::vector<Frame>& frames) const;
  void number_group_ports();
  std::uint32_t port_number(PieceEnd end, bool below) const;
  void surround(std::uint32_t level, Frame& frame) const;

  const Inputs& inputs_;
  const Hierarchy& hierarchy_;
  std::vector<std::uint32_t> terminal_start_, terminal_key_, vertex_;
  struct GroupPort {
    Item item;
    bool below;
    std::uint32_t port;
    double x;
    std::uint32_t number;
  };
  std::vector<GroupPort> group_ports_;
  Level level_;
};

}  // namespace trex::graph

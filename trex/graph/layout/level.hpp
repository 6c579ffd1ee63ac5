// One level of a layout: boxes and lines, no groups, no cycles, no names.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "trex/graph/layout/layout.hpp"

namespace trex::graph {

// Where a line of the group around crosses the border: a terminal stands in the first or last rank.
enum class VertexKind : std::uint8_t { box, top_terminal, bottom_terminal };

struct LevelVertex {
  double width = 0, height = 0;
  VertexKind kind = VertexKind::box;
  double port_width = 0;    // the width its ports are on; what is right of it is only room
  bool slides = false;      // ports may stand anywhere on their side, in order
  bool free_ports = false;  // ports in the order that crosses least, not in that of their numbers
  std::uint32_t key = 0;    // what the first order is sorted by: execution order
};

struct LevelEdge {
  std::uint32_t from = 0, to = 0;            // vertices; `from` is drawn above
  std::uint32_t from_port = 0, to_port = 0;  // from the left, 0, 1, ... on each side of a vertex
  double from_x = 0, to_x = 0;               // of ports that do not slide, from the box's left side
  std::uint32_t tensor = 0;
};

struct Level {
  std::vector<LevelVertex> vertices;
  std::vector<LevelEdge> edges;  // without cycles
};

struct LevelDrawing {
  std::vector<Point> corner;               // top left, by vertex
  std::vector<std::vector<Point>> routes;  // by edge, from above, as LayoutRoute::points
  double width = 0, height = 0;
  std::uint64_t crossings = 0;
  std::uint32_t ranks = 0;
};

LevelDrawing draw_level(const Level& level, const LayoutOptions& options);

// The same for vertices that hang together; terminals count as connected.
LevelDrawing draw_part(const Level& part, const LayoutOptions& options);

// A straight piece of a route, as a cubic curve.
void add_line(std::vector<Point>& route, Point to);

}  // namespace trex::graph

// Splits a level into its connected parts, draws each and packs them.

// SPDX-License-Identifier: Apache-2.0

#include "trex/graph/layout/level.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace trex::graph {
namespace {

// Width to height of parts packed in rows: that of a screen.
constexpr double aspect = 1.6;

// By vertex: the number of its part; parts are numbered by their first vertex, but the part with
// terminals, if any, is number 0.
std::vector<std::uint32_t> find_parts(const Level& level, std::uint32_t& count) {
  std::vector<std::uint32_t> up(level.vertices.size());
  std::iota(up.begin(), up.end(), 0);
  const auto find = [&](std::uint32_t v) {
    while (up[v] != v) v = up[v] = up[up[v]];
    return v;
  };
  const auto unite = [&](std::uint32_t a, std::uint32_t b) {
    a = find(a);
    b = find(b);
    up[std::max(a, b)] = std::min(a, b);
  };
  for (const LevelEdge& e : level.edges) unite(e.from, e.to);
  std::uint32_t terminal = UINT32_MAX;
  for (std::uint32_t v = 0; v < up.size(); ++v) {
    if (level.vertices[v].kind == VertexKind::box) continue;
    if (terminal != UINT32_MAX) unite(terminal, v);
    terminal = v;
  }
  std::vector<std::uint32_t> part(up.size(), UINT32_MAX);
  count = 0;
  if (terminal != UINT32_MAX) part[find(terminal)] = count++;
  for (std::uint32_t v = 0; v < up.size(); ++v) {
    const std::uint32_t root = find(v);
    if (part[root] == UINT32_MAX) part[root] = count++;
    part[v] = part[root];
  }
  return part;
}

struct Piece {
  std::vector<std::uint32_t> vertices, edges;
  LevelDrawing drawing;
  Point at;
};

Level cut_out(const Level& level, const Piece& piece, std::vector<std::uint32_t>& local) {
  Level part;
  for (const std::uint32_t v : piece.vertices) {
    local[v] = static_cast<std::uint32_t>(part.vertices.size());
    part.vertices.push_back(level.vertices[v]);
  }
  for (const std::uint32_t e : piece.edges) {
    LevelEdge edge = level.edges[e];
    edge.from = local[edge.from];
    edge.to = local[edge.to];
    part.edges.push_back(edge);
  }
  return part;
}

// Rows from left to right, the first at (left, 0); how far they reach.
Point pack(std::span<Piece> pieces, double left, double height, double gap) {
  double area = 0, widest = 0;
  for (const Piece& piece : pieces) {
    area += (piece.drawing.width + gap) * (piece.drawing.height + gap);
    widest = std::max(widest, piece.drawing.width);
  }
  const double wanted = height > 0 ? area / (height + gap) : std::sqrt(area * aspect);
  const double most = left + std::max(widest, wanted);
  Point at{left, 0}, reach{left, 0};
  double row_height = 0;
  for (Piece& piece : pieces) {
    if (at.x > left && at.x + piece.drawing.width > most) {
      at = {left, at.y + row_height + gap};
      row_height = 0;
    }
    piece.at = at;
    at.x += piece.drawing.width;
    reach = {std::max(reach.x, at.x), std::max(reach.y, at.y + piece.drawing.height)};
    at.x += gap;
    row_height = std::max(row_height, piece.drawing.height);
  }
  return reach;
}

// The lines that leave a group downwards reach its border, however low it has come to be.
void stretch_to(const Level& level, double height, LevelDrawing& drawing) {
  for (std::size_t e = 0; e < level.edges.size(); ++e) {
    const std::uint32_t to = level.edges[e].to;
    if (level.vertices[to].kind != VertexKind::bottom_terminal) continue;
    add_line(drawing.routes[e], {drawing.routes[e].back().x, height});
    drawing.corner[to].y = height;
  }
}

}  // namespace

LevelDrawing draw_level(const Level& level, const LayoutOptions& options) {
  LevelDrawing result;
  if (level.vertices.empty()) return result;
  std::uint32_t count = 0;
  const std::vector<std::uint32_t> part = find_parts(level, count);
  if (count == 1) return draw_part(level, options);

  std::vector<Piece> pieces(count);
  for (std::uint32_t v = 0; v < part.size(); ++v) pieces[part[v]].vertices.push_back(v);
  for (std::uint32_t e = 0; e < level.edges.size(); ++e) {
    pieces[part[level.edges[e].from]].edges.push_back(e);
  }
  std::vector<std::uint32_t> local(level.vertices.size(), 0);
  bool terminals = false;
  for (Piece& piece : pieces) {
    const LevelVertex& only = level.vertices[piece.vertices[0]];
    if (piece.vertices.size() == 1) {
      piece.drawing.corner = {{}};
      piece.drawing.width = only.width;
      piece.drawing.height = only.height;
      piece.drawing.ranks = 1;
    } else {
      piece.drawing = draw_part(cut_out(level, piece, local), options);
    }
    for (const std::uint32_t v : piece.vertices) {
      terminals = terminals || level.vertices[v].kind != VertexKind::box;
    }
  }

  const std::span<Piece> all(pieces);
  if (terminals) {  // that part keeps the whole height to itself, the others stand to its right
    const LevelDrawing& first = pieces[0].drawing;
    const Point reach = pack(all.subspan(1), first.width + options.component_gap, first.height,
                             options.component_gap);
    result.width = reach.x;
    result.height = std::max(reach.y, first.height);
  } else {
    const Point reach = pack(all, 0, 0, options.component_gap);
    result.width = reach.x;
    result.height = reach.y;
  }

  result.corner.resize(level.vertices.size());
  result.routes.resize(level.edges.size());
  for (Piece& piece : pieces) {
    for (std::size_t i = 0; i < piece.vertices.size(); ++i) {
      const Point corner = piece.drawing.corner[i];
      result.corner[piece.vertices[i]] = {corner.x + piece.at.x, corner.y + piece.at.y};
    }
    for (std::size_t i = 0; i < piece.edges.size(); ++i) {
      for (Point& p : piece.drawing.routes[i]) p = {p.x + piece.at.x, p.y + piece.at.y};
      result.routes[piece.edges[i]] = std::move(piece.drawing.routes[i]);
    }
    result.crossings += piece.drawing.crossings;
    result.ranks = std::max(result.ranks, piece.drawing.ranks);
  }
  if (terminals) stretch_to(level, result.height, result);
  return result;
}

}  // namespace trex::graph

// Curves are cut into short straight pieces and looked up in a grid.

// SPDX-License-Identifier: Apache-2.0

#include "bench/layout_measure.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace trex::bench {
namespace {

using graph::Point;
using graph::Rect;

constexpr int pieces_per_curve = 16;
constexpr double margin = 0.5;  // a line this near inside a node's border only touches it

double turn(Point a, Point b, Point c) {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

std::vector<Point> flatten(const std::vector<Point>& chain) {
  std::vector<Point> result;
  if (!chain.empty()) result.push_back(chain[0]);
  for (std::size_t i = 0; i + 3 < chain.size(); i += 3) {
    const Point a = chain[i], b = chain[i + 1], c = chain[i + 2], d = chain[i + 3];
    const bool is_straight = std::abs(turn(a, d, b)) + std::abs(turn(a, d, c)) < 1e-6;
    const int pieces = is_straight ? 1 : pieces_per_curve;
    for (int k = 1; k <= pieces; ++k) {
      const double t = static_cast<double>(k) / pieces, s = 1 - t;
      const double wa = s * s * s, wb = 3 * s * s * t, wc = 3 * s * t * t, wd = t * t * t;
      if (k == pieces) {
        result.push_back(d);
      } else {
        result.push_back(
            {wa * a.x + wb * b.x + wc * c.x + wd * d.x, wa * a.y + wb * b.y + wc * c.y + wd * d.y});
      }
    }
  }
  return result;
}

struct Segment {
  Point a, b;
  std::uint32_t edge;
};

// Cells of a grid and what lies in their reach.
class Grid {
 public:
  Grid(double width, double height, std::size_t things) {
    const double most = std::clamp(std::sqrt(static_cast<double>(things)) * 2, 1.0, 2000.0);
    cell_ = std::max({width / most, height / most, 1.0});
    columns_ = static_cast<std::int64_t>(width / cell_) + 3;
    rows_ = static_cast<std::int64_t>(height / cell_) + 3;
    cells_.resize(static_cast<std::size_t>(columns_ * rows_));
  }
  template <typename Visit>
  void for_each_cell(double x1, double y1, double x2, double y2, Visit visit) {
    for (std::int64_t row = index(y1, rows_); row <= index(y2, rows_); ++row) {
      for (std::int64_t column = index(x1, columns_); column <= index(x2, columns_); ++column) {
        visit(cells_[static_cast<std::size_t>(row * columns_ + column)]);
      }
    }
  }
  const std::vector<std::vector<std::uint32_t>>& cells() const { return cells_; }
  const std::vector<std::uint32_t>* cell_of(Point p) const {
    return &cells_[static_cast<std::size_t>(index(p.y, rows_) * columns_ + index(p.x, columns_))];
  }

 private:
  std::int64_t index(double at, std::int64_t count) const {
    return std::clamp(static_cast<std::int64_t>(std::floor(at / cell_)) + 1, std::int64_t{0},
                      count - 1);
  }
  double cell_;
  std::int64_t columns_, rows_;
  std::vector<std::vector<std::uint32_t>> cells_;
};

// A point on the other line counts as left of it, so that a line through a corner crosses once.
// Edges of one tensor run on top of each other at first: they cross only where nothing touches.
bool cross(const Segment& p, const Segment& q, bool one_tensor) {
  const double a = turn(p.a, p.b, q.a), b = turn(p.a, p.b, q.b);
  const double c = turn(q.a, q.b, p.a), d = turn(q.a, q.b, p.b);
  if (one_tensor && std::min({std::abs(a), std::abs(b), std::abs(c), std::abs(d)}) < 1e-6) {
    return false;
  }
  return (a < 0) != (b < 0) && (c < 0) != (d < 0);
}

Point meeting(const Segment& p, const Segment& q) {
  const double a = turn(q.a, q.b, p.a), b = turn(q.a, q.b, p.b), t = a / (a - b);
  return {p.a.x + t * (p.b.x - p.a.x), p.a.y + t * (p.b.y - p.a.y)};
}

std::uint64_t count_crossings(const Drawn& drawing, const std::vector<Segment>& segments) {
  Grid grid(drawing.width, drawing.height, segments.size());
  for (std::uint32_t i = 0; i < segments.size(); ++i) {
    const Segment& s = segments[i];
    grid.for_each_cell(std::min(s.a.x, s.b.x), std::min(s.a.y, s.b.y), std::max(s.a.x, s.b.x),
                       std::max(s.a.y, s.b.y), [&](auto& cell) { cell.push_back(i); });
  }
  std::uint64_t count = 0;
  for (const auto& cell : grid.cells()) {
    for (std::size_t i = 0; i < cell.size(); ++i) {
      for (std::size_t j = i + 1; j < cell.size(); ++j) {
        const Segment &p = segments[cell[i]], &q = segments[cell[j]];
        if (p.edge == q.edge) continue;
        const DrawnEdge &a = drawing.edges[p.edge], &b = drawing.edges[q.edge];
        if (!cross(p, q, a.tensor == b.tensor)) continue;
        if (grid.cell_of(meeting(p, q)) == &cell) ++count;
      }
    }
  }
  return count;
}

std::uint64_t count_bends(const std::vector<Point>& line) {
  std::uint64_t count = 0;
  double arc = 0;
  const double least = 10 * std::numbers::pi / 180;
  for (std::size_t i = 2; i < line.size(); ++i) {
    const double a = std::atan2(line[i - 1].y - line[i - 2].y, line[i - 1].x - line[i - 2].x);
    const double b = std::atan2(line[i].y - line[i - 1].y, line[i].x - line[i - 1].x);
    const double by = std::remainder(b - a, 2 * std::numbers::pi);
    if (std::abs(by) < 1e-6 || by * arc < 0) {
      if (std::abs(arc) > least) ++count;
      arc = 0;
    }
    arc += by;
  }
  return count + (std::abs(arc) > least ? 1 : 0);
}

// Does the part of the segment inside the rectangle have any length?
bool enters(const Segment& s, const Rect& r) {
  double low = 0, high = 1;
  const auto clip = [&](double from, double by, double least, double most) {
    if (by == 0) {
      if (from <= least || from >= most) high = -1;
      return;
    }
    const double a = (least - from) / by, b = (most - from) / by;
    low = std::max(low, std::min(a, b));
    high = std::min(high, std::max(a, b));
  };
  clip(s.a.x, s.b.x - s.a.x, r.x + margin, r.x + r.width - margin);
  clip(s.a.y, s.b.y - s.a.y, r.y + margin, r.y + r.height - margin);
  return low < high;
}

}  // namespace

Drawn drawn(const graph::LayoutGraph& graph, const graph::Layout& layout) {
  Drawn result{layout.nodes, {}, layout.width, layout.height};
  for (std::size_t e = 0; e < graph.edges.size(); ++e) {
    const graph::LayoutRoute& route = layout.edges[e];
    if (route.points.empty()) continue;
    const graph::LayoutEdge& edge = graph.edges[e];
    DrawnEdge& to = result.edges.emplace_back();
    to.source = edge.source;
    to.target = edge.target;
    to.tensor = edge.tensor;
    to.stub = route.stub;
    const auto split = route.points.begin() + route.split;
    if (route.stub) to.chains.emplace_back(route.points.begin(), split);
    to.chains.emplace_back(route.stub ? split : route.points.begin(), route.points.end());
  }
  return result;
}

Quality measure(const Drawn& drawing) {
  Quality q;
  q.area = drawing.width * drawing.height;
  std::vector<Segment> segments, unstubbed;
  std::vector<bool> through(drawing.edges.size(), false);
  for (std::uint32_t e = 0; e < drawing.edges.size(); ++e) {
    const DrawnEdge& edge = drawing.edges[e];
    ++q.edges;
    if (edge.stub) {
      ++q.stubs;
      unstubbed.push_back({edge.chains.front().front(), edge.chains.back().back(), e});
    }
    for (const auto& chain : edge.chains) {
      const std::vector<Point> line = flatten(chain);
      q.bends += count_bends(line);
      for (std::size_t i = 1; i < line.size(); ++i) {
        q.length += std::hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
        segments.push_back({line[i - 1], line[i], e});
        if (!edge.stub) unstubbed.push_back(segments.back());
      }
    }
  }
  q.crossings = count_crossings(drawing, segments);
  q.crossings_unstubbed = q.stubs == 0 ? q.crossings : count_crossings(drawing, unstubbed);

  Grid grid(drawing.width, drawing.height, drawing.nodes.size());
  for (std::uint32_t n = 0; n < drawing.nodes.size(); ++n) {
    const Rect& r = drawing.nodes[n];
    if (r.width < 0) continue;
    grid.for_each_cell(r.x, r.y, r.x + r.width, r.y + r.height, [&](auto& cell) {
      for (const std::uint32_t other : cell) {
        const Rect& o = drawing.nodes[other];
        const Point meet{std::max(r.x, o.x), std::max(r.y, o.y)};
        if (meet.x + margin < std::min(r.x + r.width, o.x + o.width) &&
            meet.y + margin < std::min(r.y + r.height, o.y + o.height) &&
            grid.cell_of(meet) == &cell) {
          ++q.overlaps;
        }
      }
      cell.push_back(n);
    });
  }
  for (const Segment& s : segments) {
    const DrawnEdge& edge = drawing.edges[s.edge];
    grid.for_each_cell(std::min(s.a.x, s.b.x), std::min(s.a.y, s.b.y), std::max(s.a.x, s.b.x),
                       std::max(s.a.y, s.b.y), [&](const auto& cell) {
                         for (const std::uint32_t n : cell) {
                           if (n == edge.source || n == edge.target) continue;
                           if (enters(s, drawing.nodes[n])) through[s.edge] = true;
                         }
                       });
  }
  q.through_nodes = static_cast<std::uint64_t>(std::count(through.begin(), through.end(), true));
  return q;
}

}  // namespace trex::bench

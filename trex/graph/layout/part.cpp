// Draws one connected part of a level: ranks, order, x, y, lines.

// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cmath>
#include <numeric>

#include "trex/graph/layout/level.hpp"
#include "trex/graph/layout/order.hpp"
#include "trex/graph/layout/place.hpp"
#include "trex/graph/layout/ports.hpp"
#include "trex/graph/layout/ranks.hpp"

namespace trex::graph {
namespace {

// A gap grows by this much of the widest sideways step in it, up to so many times its least
// height: flat curves are hard to follow. By eye.
constexpr double growth = 0.08;
constexpr double most_growth = 3;
// Lines of a tensor with this many readers run as one for most of their way, so their length counts
// half: what stands between it and one reader, a projection of a time embedding, say, is drawn
// beside that reader. Three readers (query, key, value) are not yet a fan-out.
constexpr std::uint32_t fan_out = 4;
constexpr double same_x = 1e-6;

bool is_box(const LevelVertex& vertex) { return vertex.kind == VertexKind::box; }

std::vector<std::uint32_t> sources_first(std::size_t vertices, std::span<const RankEdge> edges) {
  std::vector<std::uint32_t> waiting(vertices, 0), result;
  for (const RankEdge& e : edges) ++waiting[e.to];
  for (std::uint32_t v = 0; v < vertices; ++v) {
    if (waiting[v] == 0) result.push_back(v);
  }
  const Adjacency out(vertices, edges, &RankEdge::from);
  for (std::size_t i = 0; i < result.size(); ++i) {
    for (const std::uint32_t e : out[result[i]]) {
      if (--waiting[edges[e].to] == 0) result.push_back(edges[e].to);
    }
  }
  return result;
}

class Part {
 public:
  Part(const Level& level, const LayoutOptions& options)
      : level_(level), options_(options), graph_(ranks(), layered_edges(level)) {}

  LevelDrawing draw() {
    Ordered ordered = find_order(graph_, first_places());
    // A few crossings may vanish with ports in order; many will not, and the work is saved.
    if (ordered.crossings < graph_.links.size() / 8) sift(graph_, ordered);
    const bool any_order = ordered.crossings > 0 && free_ports(ordered);
    find_sizes();
    x_ = find_x(graph_, ordered.places, sizes_);
    slide_ports(level_, graph_, ordered.places, any_order, options_.line_gap, x_, sizes_);
    find_y();
    LevelDrawing result;
    result.crossings = ordered.crossings;
    result.ranks = static_cast<std::uint32_t>(graph_.rank_count);
    for (std::uint32_t v = 0; v < graph_.vertex_count; ++v) {
      result.corner.push_back({x_[v], top_of(v)});
      result.width = std::max(result.width, x_[v] + level_.vertices[v].width);
    }
    for (std::size_t s = graph_.vertex_count; s < graph_.size(); ++s) {
      result.width = std::max(result.width, x_[s]);
    }
    result.height = rank_bottom_.back();
    for (std::uint32_t e = 0; e < level_.edges.size(); ++e) result.routes.push_back(route(e));
    return result;
  }

 private:
  static std::vector<LayeredEdge> layered_edges(const Level& level) {
    std::vector<LayeredEdge> result;
    for (const LevelEdge& e : level.edges) {
      const bool free_from = level.vertices[e.from].free_ports;
      const bool free_to = level.vertices[e.to].free_ports;
      result.push_back({e.from, e.to, free_from ? 0 : e.from_port, free_to ? 0 : e.to_port});
    }
    return result;
  }

  // Ports keep the order of their numbers unless another one makes fewer lines cross.
  bool free_ports(Ordered& ordered) {
    Layered free = graph_;
    for (Link& link : free.links) {
      if (!graph_.is_segment(link.upper) && level_.vertices[link.upper].slides) {
        link.upper_port = 0;
      }
      if (!graph_.is_segment(link.lower) && level_.vertices[link.lower].slides) {
        link.lower_port = 0;
      }
    }
    Ordered other = find_order(free, ordered.places);
    sift(free, other);
    if (other.crossings >= ordered.crossings) return false;
    ordered = std::move(other);
    return true;
  }

  // Terminals do not take part: they stand before and after all that is ranked.
  std::vector<std::int32_t> ranks() const {
    const auto& vertices = level_.vertices;
    std::vector<RankEdge> edges;
    const std::vector<std::uint32_t> first_port = number_ports();
    std::vector<std::uint32_t> readers(first_port.back(), 0);
    for (const LevelEdge& e : level_.edges) ++readers[first_port[e.from] + e.from_port];
    for (const LevelEdge& e : level_.edges) {
      if (!is_box(vertices[e.from]) || !is_box(vertices[e.to])) continue;
      const bool shared = readers[first_port[e.from] + e.from_port] >= fan_out;
      edges.push_back({e.from, e.to, shared ? 1 : 2});
    }
    std::vector<std::int32_t> result = find_ranks(sources_first(vertices.size(), edges), edges);
    std::int32_t last = 0;
    bool above = false;
    for (std::size_t v = 0; v < vertices.size(); ++v) {
      above = above || vertices[v].kind == VertexKind::top_terminal;
      if (is_box(vertices[v])) last = std::max(last, result[v]);
    }
    for (std::size_t v = 0; v < vertices.size(); ++v) {
      if (above && is_box(vertices[v])) ++result[v];
      if (vertices[v].kind == VertexKind::top_terminal) result[v] = 0;
      if (vertices[v].kind == VertexKind::bottom_terminal) result[v] = last + 1 + (above ? 1 : 0);
    }
    return result;
  }

  Places first_places() const {
    std::vector<std::uint32_t> key(graph_.size(), 0), by_key(graph_.size());
    for (std::size_t v = 0; v < graph_.vertex_count; ++v) key[v] = level_.vertices[v].key;
    for (const Link& link : graph_.links) {
      if (graph_.is_segment(link.lower)) key[link.lower] = key[link.upper];
    }
    std::iota(by_key.begin(), by_key.end(), 0);
    std::stable_sort(by_key.begin(), by_key.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return key[a] < key[b]; });
    Places places(graph_.size());
    for (std::uint32_t i = 0; i < by_key.size(); ++i) places[by_key[i]] = i;
    return places;
  }

  void find_sizes() {
    sizes_.width.assign(graph_.size(), 0);
    sizes_.gap.assign(graph_.size(), options_.line_gap);
    sizes_.bundle.assign(graph_.size(), UINT32_MAX);
    for (std::size_t v = 0; v < graph_.vertex_count; ++v) {
      sizes_.width[v] = level_.vertices[v].width;
      if (is_box(level_.vertices[v])) sizes_.gap[v] = options_.node_gap;
    }
    const std::vector<std::uint32_t> first_port = number_ports();
    for (std::uint32_t e = 0; e < level_.edges.size(); ++e) {
      const LevelEdge& edge = level_.edges[e];
      const Link& first = graph_.links[graph_.upper_link[e]];
      if (graph_.is_segment(first.lower)) {
        sizes_.bundle[first.lower] = first_port[edge.from] + edge.from_port;
      }
    }
    centre_ports(level_, graph_, sizes_);
  }

  // Before the ports below each vertex come so many of the vertices before it.
  std::vector<std::uint32_t> number_ports() const {
    std::vector<std::uint32_t> first(level_.vertices.size() + 1, 0);
    for (const LevelEdge& e : level_.edges) {
      first[e.from + 1] = std::max(first[e.from + 1], e.from_port + 1);
    }
    std::partial_sum(first.begin(), first.end(), first.begin());
    return first;
  }

  void find_y() {
    const auto ranks = static_cast<std::size_t>(graph_.rank_count);
    std::vector<double> height(ranks, 0), step(ranks, 0);
    std::vector<bool> only_terminals(ranks, true);
    for (std::size_t v = 0; v < graph_.vertex_count; ++v) {
      const auto r = static_cast<std::size_t>(graph_.top[v]);
      height[r] = std::max(height[r], level_.vertices[v].height);
      if (is_box(level_.vertices[v])) only_terminals[r] = false;
    }
    for (std::size_t i = 0; i < graph_.links.size(); ++i) {
      const Link& link = graph_.links[i];
      const double dx = x_[link.lower] + sizes_.lower_x[i] - x_[link.upper] - sizes_.upper_x[i];
      double& widest = step[static_cast<std::size_t>(graph_.gap(link))];
      widest = std::max(widest, std::abs(dx));
    }
    double y = 0;
    for (std::size_t r = 0; r < ranks; ++r) {
      rank_top_.push_back(y);
      rank_bottom_.push_back(y += height[r]);
      const bool short_gap = only_terminals[r] || (r + 1 < ranks && only_terminals[r + 1]);
      const double least = short_gap ? options_.rank_gap / 2 : options_.rank_gap;
      y += std::clamp(growth * step[r] + least / 2, least, most_growth * options_.rank_gap);
    }
  }

  double top_of(std::uint32_t v) const {
    const auto r = static_cast<std::size_t>(graph_.top[v]);
    return (rank_top_[r] + rank_bottom_[r] - level_.vertices[v].height) / 2;
  }

  void add_link(std::vector<Point>& points, std::uint32_t i) const {
    const Link& link = graph_.links[i];
    const auto gap = static_cast<std::size_t>(graph_.gap(link));
    const double from = points.back().x, to = x_[link.lower] + sizes_.lower_x[i];
    if (std::abs(to - from) < same_x) return;
    const double low = rank_bottom_[gap], high = rank_top_[gap + 1], middle = (low + high) / 2;
    add_line(points, {from, low});
    points.insert(points.end(), {Point{from, middle}, Point{to, middle}, Point{to, high}});
  }

  std::vector<Point> route(std::uint32_t e) const {
    const LevelEdge& edge = level_.edges[e];
    const std::uint32_t first = graph_.upper_link[e], last = graph_.lower_link[e];
    std::vector<Point> points{{x_[edge.from] + sizes_.upper_x[first],
                               top_of(edge.from) + level_.vertices[edge.from].height}};
    add_link(points, first);
    if (last != first) add_link(points, last);
    add_line(points, {x_[edge.to] + sizes_.lower_x[last], top_of(edge.to)});
    return points;
  }

  const Level& level_;
  const LayoutOptions& options_;
  Layered graph_;
  Sizes sizes_;
  std::vector<double> x_, rank_top_, rank_bottom_;
};

}  // namespace

void add_line(std::vector<Point>& route, Point to) {
  const Point from = route.back();
  if (from == to) return;
  const auto between = [&](double t) {
    return Point{from.x + t * (to.x - from.x), from.y + t * (to.y - from.y)};
  };
  route.insert(route.end(), {between(1.0 / 3), between(2.0 / 3), to});
}

LevelDrawing draw_part(const Level& part, const LayoutOptions& options) {
  return Part(part, options).draw();
}

}  // namespace trex::graph

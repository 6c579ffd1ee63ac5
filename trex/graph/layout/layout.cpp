// Lays out what changed, inside out, then composes the drawing, outside in.

// SPDX-License-Identifier: Apache-2.0

#include "trex/graph/layout/layout.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "trex/base/error.hpp"
#include "trex/graph/layout/frame.hpp"

namespace trex::graph {
namespace {

constexpr Rect not_drawn{0, 0, -1, -1};

Point moved(Point p, Point by) { return {p.x + by.x, p.y + by.y}; }
Rect moved(Rect r, Point by) { return {r.x + by.x, r.y + by.y, r.width, r.height}; }
Point corner(const Rect& r) { return {r.x, r.y}; }

// Puts together what the frames hold, in absolute coordinates.
class Composer {
 public:
  Composer(const Inputs& inputs, const Hierarchy& hierarchy, const FrameMaker& maker,
           const std::vector<Frame>& frames)
      : inputs_(inputs),
        h_(hierarchy),
        maker_(maker),
        frames_(frames),
        visible_(frames.size(), false),
        inside_(frames.size()),
        border_(frames.size()),
        slot_(hierarchy.all_pieces.size(), 0) {
    for (const auto& pieces : h_.pieces) {
      for (std::uint32_t i = 0; i < pieces.size(); ++i) slot_[pieces[i]] = i;
    }
  }

  Layout compose() {
    place_boxes();
    const std::size_t edges = inputs_.graph.edges.size();
    layout_.edges.resize(edges);
    if (!inputs_.loops.empty()) add_loops();
    std::vector<Signature> drawn;
    for (std::uint32_t e = 0; e < edges; ++e) {
      LayoutRoute& route = layout_.edges[e];
      route.back = h_.back[e];
      const EdgePath& path = h_.paths[e];
      if (path.first == path.last) continue;
      const bool shown = h_.stub[e] ? add_stub(e, route, drawn) : add_route(e, route, drawn);
      if (shown && h_.stub[e]) ++layout_.counts.stubs;
    }
    merge(drawn);
    if (inputs_.turned) turn();
    return std::move(layout_);
  }

 private:
  struct Signature {  // the pieces that tell an edge's route
    std::uint32_t first, joint, last, edge;
    auto pieces() const { return std::tie(first, joint, last); }
  };

  void place_boxes() {
    layout_.nodes.assign(h_.node_count, not_drawn);
    layout_.groups.assign(h_.group_count, not_drawn);
    const Frame& whole = frames_[h_.root()];
    layout_.width = whole.width;
    layout_.height = whole.height;
    layout_.counts.ranks = whole.drawing.ranks;
    visible_[h_.root()] = true;
    for (auto level = h_.inside_out.rbegin(); level != h_.inside_out.rend(); ++level) {
      if (!visible_[*level]) continue;
      const Frame& frame = frames_[*level];
      layout_.counts.crossings += frame.drawing.crossings;
      const auto& items = h_.items[*level];
      for (std::size_t i = 0; i < items.size(); ++i) {
        const Rect box = moved(frame.boxes[frame.item_vertex[i]], inside_[*level]);
        if (h_.is_node(items[i])) {
          layout_.nodes[items[i]] = box;
          continue;
        }
        const std::uint32_t g = items[i] - h_.node_count;
        layout_.groups[g] = box;
        visible_[g] = inputs_.graph.groups[g].open;
        border_[g] = corner(box);
        inside_[g] = moved(frames_[g].inside, border_[g]);
      }
    }
  }

  void add_loops() {
    for (std::uint32_t n = 0; n < h_.node_count; ++n) {
      const Rect& box = layout_.nodes[n];
      if (box.width < 0) continue;
      const double x = box.x + box.width, middle = box.y + box.height / 2;
      const auto& loops = inputs_.loops[n];
      for (std::size_t k = 0; k < loops.size(); ++k) {
        const double half =
            box.height / 2 * static_cast<double>(k + 1) / static_cast<double>(loops.size() + 1);
        const LayoutEdge& edge = inputs_.graph.edges[loops[k].edge];
        LayoutRoute& route = layout_.edges[loops[k].edge];
        const double out = x + loops[k].reach;
        route.points = {
            {x, middle + half}, {out, middle + half}, {out, middle - half}, {x, middle - half}};
        if (edge.label_width > 0) {
          route.label = {x + loops[k].label_x, middle - edge.label_height / 2, edge.label_width,
                         edge.label_height};
        }
      }
    }
  }

  const Frame::Piece& drawn(std::uint32_t piece) const {
    return frames_[h_.all_pieces[piece].level].pieces[slot_[piece]];
  }

  // Adds points that begin where the route ends; `back`: from below.
  static void append(std::vector<Point>& route, const std::vector<Point>& points, Point by,
                     bool back) {
    for (std::size_t i = route.empty() ? 0 : 1; i < points.size(); ++i) {
      route.push_back(moved(back ? points[points.size() - 1 - i] : points[i], by));
    }
  }

  void add_piece(std::uint32_t i, bool back, LayoutRoute& route) {
    const EdgePiece& piece = h_.all_pieces[i];
    const Frame& frame = frames_[piece.level];
    const Frame::Piece& at = drawn(i);
    const Point by = inside_[piece.level];
    const auto& first = frame.drawing.routes[at.line];
    if (at.label == not_here) return append(route.points, first, by, back);
    const auto& second = frame.drawing.routes[at.line + 1];
    std::vector<Point> whole = first;
    add_line(whole, second.front());
    append(whole, second, {}, false);
    append(route.points, whole, by, back);
    const LayoutEdge& edge = inputs_.graph.edges[piece.edge];
    const Rect box = moved(frame.boxes[at.label], by);
    route.label = {box.x + box.width - edge.label_width, box.y, edge.label_width,
                   edge.label_height};
  }

  void add_border(const EdgePiece& piece, bool back, LayoutRoute& route) {
    const bool from = piece.from.item >= h_.first_terminal();
    const Item item = from ? piece.from.item : piece.to.item;
    const std::uint32_t t = item - h_.first_terminal(), g = h_.terminals[t].group;
    append(route.points, frames_[g].borders[t - maker_.first_terminal(g)], border_[g], back);
  }

  bool add_route(std::uint32_t e, LayoutRoute& route, std::vector<Signature>& signatures) {
    const EdgePath& path = h_.paths[e];
    const bool back = h_.back[e];
    const std::uint32_t joint = h_.edge_pieces[path.joint];
    if (!visible_[h_.all_pieces[joint].level]) return false;
    Signature signature{joint, joint, joint, e};
    for (std::uint32_t i = path.first; i < path.last; ++i) {
      const std::uint32_t piece = h_.edge_pieces[i];
      if (!visible_[h_.all_pieces[piece].level]) continue;
      if (signature.first == joint && i < path.joint) signature.first = piece;
      signature.last = piece;
      if (i > path.joint) add_border(h_.all_pieces[piece], back, route);
      add_piece(piece, back, route);
      if (i < path.joint) add_border(h_.all_pieces[piece], back, route);
    }
    signatures.push_back(signature);
    return true;
  }

  // The tag and its line, if this is the box that is drawn.
  bool add_tag(std::uint32_t i, LayoutRoute& route, Rect& tag) {
    const EdgePiece& piece = h_.all_pieces[i];
    if (!visible_[piece.level] || drawn(i).line == not_here) return false;
    const Frame& frame = frames_[piece.level];
    const Point by = inside_[piece.level];
    std::vector<Point> line;
    append(line, frame.drawing.routes[drawn(i).line], by, route.back);
    route.points.insert(route.points.end(), line.begin(), line.end());
    tag = moved(frame.boxes[drawn(i).tag], by);
    return true;
  }

  bool add_stub(std::uint32_t e, LayoutRoute& route, std::vector<Signature>& signatures) {
    const EdgePath& path = h_.paths[e];
    Signature signature{no_edge, no_edge, no_edge, e};
    for (std::uint32_t i = path.first; i < path.joint; ++i) {
      if (add_tag(h_.edge_pieces[i], route, route.source_tag)) signature.first = h_.edge_pieces[i];
    }
    route.split = static_cast<std::uint32_t>(route.points.size());
    for (std::uint32_t i = path.joint; i < path.last; ++i) {
      if (add_tag(h_.edge_pieces[i], route, route.target_tag)) signature.last = h_.edge_pieces[i];
    }
    if (signature.first == no_edge || signature.last == no_edge) {
      route = {.back = route.back};
      return false;
    }
    route.stub = true;
    signatures.push_back(signature);
    return true;
  }

  void merge(std::vector<Signature>& drawn) {
    std::sort(drawn.begin(), drawn.end(), [](const Signature& a, const Signature& b) {
      return std::tie(a.first, a.joint, a.last, a.edge) <
             std::tie(b.first, b.joint, b.last, b.edge);
    });
    for (std::size_t i = 0, first = 0; i < drawn.size(); ++i) {
      if (drawn[first].pieces() != drawn[i].pieces()) first = i;
      if (first == i) continue;
      LayoutRoute& route = layout_.edges[drawn[i].edge];
      if (route.stub) --layout_.counts.stubs;
      route = {.back = route.back, .merged_into = drawn[first].edge};
    }
  }

  void turn() {
    const auto point = [](Point& p) { std::swap(p.x, p.y); };
    const auto rect = [](Rect& r) {
      std::swap(r.x, r.y);
      std::swap(r.width, r.height);
    };
    for (auto* rects : {&layout_.nodes, &layout_.groups}) {
      for (Rect& r : *rects) rect(r);
    }
    for (LayoutRoute& route : layout_.edges) {
      for (Point& p : route.points) point(p);
      for (Rect* r : {&route.label, &route.source_tag, &route.target_tag}) rect(*r);
    }
    std::swap(layout_.width, layout_.height);
  }

  const Inputs& inputs_;
  const Hierarchy& h_;
  const FrameMaker& maker_;
  const std::vector<Frame>& frames_;
  std::vector<bool> visible_;           // by level
  std::vector<Point> inside_, border_;  // by level, absolute
  std::vector<std::uint32_t> slot_;     // by piece: its place in its level
  Layout layout_;
};

}  // namespace

struct NestedLayout::State {
  State(LayoutGraph graph, const LayoutOptions& options)
      : inputs(prepare(std::move(graph), options)),
        hierarchy(inputs.graph, inputs.options),
        maker(inputs, hierarchy),
        frames(hierarchy.group_count + 1),
        stale(hierarchy.group_count + 1, true) {}

  // Levels that are drawn: open, and so are all around them.
  std::vector<bool> shown() const {
    std::vector<bool> result(frames.size(), false);
    result[hierarchy.root()] = true;
    for (auto level = hierarchy.inside_out.rbegin() + 1; level != hierarchy.inside_out.rend();
         ++level) {
      result[*level] = result[hierarchy.parent[*level]] && inputs.graph.groups[*level].open;
    }
    return result;
  }

  // A level and all around it are no longer up to date.
  void spoil(std::uint32_t level) {
    for (stale[level] = true; level != hierarchy.root();) {
      level = hierarchy.parent[level];
      stale[level] = true;
    }
  }
  std::uint32_t level_around(std::int32_t group) const {
    return group < 0 ? hierarchy.root() : static_cast<std::uint32_t>(group);
  }

  Inputs inputs;
  Hierarchy hierarchy;
  FrameMaker maker;
  std::vector<Frame> frames;
  std::vector<bool> stale;  // by level: its frame is not up to date
  bool loops_stale = false;
};

NestedLayout::NestedLayout(LayoutGraph graph, const LayoutOptions& options)
    : state_(std::make_unique<State>(std::move(graph), options)) {}
NestedLayout::~NestedLayout() = default;
NestedLayout::NestedLayout(NestedLayout&&) noexcept = default;
NestedLayout& NestedLayout::operator=(NestedLayout&&) noexcept = default;

void NestedLayout::set_open(std::uint32_t group, bool open) {
  State& s = *state_;
  if (group >= s.hierarchy.group_count) throw Error("layout: open: no such group");
  if (s.inputs.graph.groups[group].open == open) return;
  s.inputs.graph.groups[group].open = open;
  s.spoil(s.hierarchy.parent[group]);
}

void NestedLayout::set_node_size(std::uint32_t node, double width, double height) {
  State& s = *state_;
  if (node >= s.hierarchy.node_count) throw Error("layout: size: no such node");
  s.inputs.size(width, height);
  LayoutNode& n = s.inputs.graph.nodes[node];
  if (n.width == width && n.height == height) return;
  n.width = width;
  n.height = height;
  s.spoil(s.level_around(n.group));
}

void NestedLayout::set_group_size(std::uint32_t group, const LayoutGroup& sizes) {
  State& s = *state_;
  if (group >= s.hierarchy.group_count) throw Error("layout: size: no such group");
  LayoutGroup to = sizes;
  s.inputs.size(to.width, to.height);
  s.inputs.size(to.label_width, to.label_height);
  LayoutGroup& g = s.inputs.graph.groups[group];
  const auto all = [](const LayoutGroup& of) {
    return std::tie(of.width, of.height, of.label_width, of.label_height);
  };
  if (all(g) == all(to)) return;
  to.parent = g.parent;
  to.open = g.open;
  g = to;
  s.spoil(group);
}

void NestedLayout::set_edge_size(std::uint32_t edge, const LayoutEdge& sizes) {
  State& s = *state_;
  if (edge >= s.inputs.graph.edges.size()) throw Error("layout: size: no such edge");
  LayoutEdge to = s.inputs.graph.edges[edge];
  to.label_width = sizes.label_width;
  to.label_height = sizes.label_height;
  to.stub_width = sizes.stub_width;
  to.stub_height = sizes.stub_height;
  s.inputs.size(to.label_width, to.label_height);
  s.inputs.size(to.stub_width, to.stub_height);
  LayoutEdge& e = s.inputs.graph.edges[edge];
  const auto all = [](const LayoutEdge& of) {
    return std::tie(of.label_width, of.label_height, of.stub_width, of.stub_height);
  };
  if (all(e) == all(to)) return;
  e = to;
  s.loops_stale = s.loops_stale || e.source == e.target;
  s.spoil(s.level_around(s.inputs.graph.nodes[e.source].group));
  s.spoil(s.level_around(s.inputs.graph.nodes[e.target].group));
}

Layout NestedLayout::layout() {
  State& s = *state_;
  const std::vector<bool> shown = s.shown();
  if (s.loops_stale) s.inputs.measure_loops();
  s.loops_stale = false;
  std::uint32_t levels = 0;
  for (const std::uint32_t level : s.hierarchy.inside_out) {
    if (!shown[level] || !s.stale[level]) continue;
    s.frames[level] = s.maker.make(level, s.frames);
    s.stale[level] = false;
    ++levels;
  }
  Layout result = Composer(s.inputs, s.hierarchy, s.maker, s.frames).compose();
  result.counts.levels = levels;
  return result;
}

Layout lay_out(const LayoutGraph& graph, const LayoutOptions& options) {
  return NestedLayout(graph, options).layout();
}

}  // namespace trex::graph

// Makes a level of what is in a group, draws it and puts a border around it.

// SPDX-License-Identifier: Apache-2.0

#include "trex/graph/layout/frame.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace trex::graph {

FrameMaker::FrameMaker(const Inputs& inputs, const Hierarchy& hierarchy)
    : inputs_(inputs),
      hierarchy_(hierarchy),
      vertex_(hierarchy.first_tag() + hierarchy.tags.size(), not_here) {
  terminal_start_.assign(hierarchy.group_count + 2, 0);
  for (const Terminal& t : hierarchy.terminals) ++terminal_start_[t.group + 1];
  std::partial_sum(terminal_start_.begin(), terminal_start_.end(), terminal_start_.begin());
  terminal_key_.assign(hierarchy.terminals.size(), UINT32_MAX);
  for (const EdgePiece& p : hierarchy.all_pieces) {
    for (const Item item : {p.from.item, p.to.item}) {
      if (item < hierarchy.first_terminal() || item >= hierarchy.first_tag()) continue;
      std::uint32_t& key = terminal_key_[item - hierarchy.first_terminal()];
      key = std::min(key, inputs.graph.edges[p.edge].source);
    }
  }
}

bool FrameMaker::is_open(Item item) const {
  return hierarchy_.is_group(item) && inputs_.graph.groups[item - hierarchy_.node_count].open;
}

// A tag belongs to what is drawn as one box; an open group's are inside it.
bool FrameMaker::is_drawn(const EdgePiece& piece) const {
  return !piece.tag || !(is_open(piece.from.item) || is_open(piece.to.item));
}

void FrameMaker::add_items(std::uint32_t level, const std::vector<Frame>& frames, Frame& frame) {
  for (const Item item : hierarchy_.items[level]) {
    LevelVertex vertex;
    vertex.key = hierarchy_.key[item];
    Rect box;
    if (hierarchy_.is_node(item)) {
      const LayoutNode& node = inputs_.graph.nodes[item];
      box = {0, 0, node.width, node.height};
      vertex.width = node.width + (inputs_.loop_room.empty() ? 0 : inputs_.loop_room[item]);
      vertex.slides = true;
    } else {
      const std::uint32_t g = item - hierarchy_.node_count;
      const LayoutGroup& group = inputs_.graph.groups[g];
      box = group.open ? Rect{0, 0, frames[g].width, frames[g].height}
                       : Rect{0, 0, group.width, group.height};
      vertex.width = box.width;
      vertex.slides = vertex.free_ports = !group.open;
    }
    vertex.height = box.height;
    vertex.port_width = box.width;
    vertex_[item] = static_cast<std::uint32_t>(level_.vertices.size());
    frame.item_vertex.push_back(vertex_[item]);
    frame.boxes.push_back(box);
    level_.vertices.push_back(vertex);
  }
}

void FrameMaker::add_terminals(std::uint32_t level) {
  for (std::uint32_t t = terminal_start_[level]; t < terminal_start_[level + 1]; ++t) {
    LevelVertex vertex;
    vertex.kind =
        hierarchy_.terminals[t].top ? VertexKind::top_terminal : VertexKind::bottom_terminal;
    vertex.key = terminal_key_[t];
    vertex_[hierarchy_.first_terminal() + t] = static_cast<std::uint32_t>(level_.vertices.size());
    level_.vertices.push_back(vertex);
  }
}

double FrameMaker::port_x(PieceEnd end, bool below, const std::vector<Frame>& frames) const {
  if (is_open(end.item)) {
    const std::uint32_t g = end.item - hierarchy_.node_count;
    const std::vector<Point>& line = frames[g].borders[end.port - terminal_start_[g]];
    return (below ? line.back() : line.front()).x;
  }
  return 0;  // terminals and tags; nodes and closed groups have sliding ports
}

// Terminals are numbered over all groups; a group's ports are numbered from its left.
void FrameMaker::number_group_ports() {
  std::sort(group_ports_.begin(), group_ports_.end(), [](const GroupPort& a, const GroupPort& b) {
    return std::tie(a.item, a.below, a.x, a.port) < std::tie(b.item, b.below, b.x, b.port);
  });
  const auto same = [](const GroupPort& a, const GroupPort& b) {
    return std::tie(a.item, a.below, a.port) == std::tie(b.item, b.below, b.port);
  };
  group_ports_.erase(std::unique(group_ports_.begin(), group_ports_.end(), same),
                     group_ports_.end());
  for (std::size_t i = 0; i < group_ports_.size(); ++i) {
    const bool next = i > 0 && group_ports_[i - 1].item == group_ports_[i].item &&
                      group_ports_[i - 1].below == group_ports_[i].below;
    group_ports_[i].number = next ? group_ports_[i - 1].number + 1 : 0;
  }
  std::sort(group_ports_.begin(), group_ports_.end(), [](const GroupPort& a, const GroupPort& b) {
    return std::tie(a.item, a.below, a.port) < std::tie(b.item, b.below, b.port);
  });
}

std::uint32_t FrameMaker::port_number(PieceEnd end, bool below) const {
  if (hierarchy_.is_node(end.item)) return end.port;
  if (!hierarchy_.is_group(end.item)) return 0;
  const auto at = std::lower_bound(group_ports_.begin(), group_ports_.end(),
                                   std::tuple(end.item, below, end.port),
                                   [](const GroupPort& p, const auto& key) {
                                     return std::tuple(p.item, p.below, p.port) < key;
                                   });
  return at->number;
}

void FrameMaker::add_pieces(std::uint32_t level, const std::vector<Frame>& frames, Frame& frame) {
  group_ports_.clear();
  for (const std::uint32_t i : hierarchy_.pieces[level]) {
    const EdgePiece& p = hierarchy_.all_pieces[i];
    if (!is_drawn(p)) continue;
    for (const bool below : {true, false}) {
      const PieceEnd end = below ? p.from : p.to;
      if (!hierarchy_.is_group(end.item)) continue;
      group_ports_.push_back({end.item, below, end.port, port_x(end, below, frames), 0});
    }
  }
  number_group_ports();

  const auto add_vertex = [&](double width, double height, std::uint32_t key) {
    LevelVertex vertex;
    vertex.width = width;
    vertex.height = height;
    vertex.key = key;
    level_.vertices.push_back(vertex);
    return static_cast<std::uint32_t>(level_.vertices.size() - 1);
  };
  for (const std::uint32_t i : hierarchy_.pieces[level]) {
    const EdgePiece& p = hierarchy_.all_pieces[i];
    Frame::Piece& drawn = frame.pieces.emplace_back();
    if (!is_drawn(p)) continue;
    const LayoutEdge& edge = inputs_.graph.edges[p.edge];
    drawn.line = static_cast<std::uint32_t>(level_.edges.size());
    LevelEdge line;
    line.tensor = p.tensor;
    line.from_port = port_number(p.from, true);
    line.to_port = port_number(p.to, false);
    line.from_x = port_x(p.from, true, frames);
    line.to_x = port_x(p.to, false, frames);
    if (p.tag) {
      const bool at_source = p.to.item >= hierarchy_.first_tag();
      const Item tag = at_source ? p.to.item : p.from.item;
      const Item box = at_source ? p.from.item : p.to.item;
      const Point size = inputs_.tag_size(hierarchy_.tags[tag - hierarchy_.first_tag()].edge);
      drawn.tag = vertex_[tag] = add_vertex(size.x, size.y, hierarchy_.key[box]);
      (at_source ? line.to_x : line.from_x) = size.x / 2;
    }
    line.from = vertex_[p.from.item];
    line.to = vertex_[p.to.item];
    if (p.joint && edge.label_width > 0) {
      // The line passes at the label's left side.
      drawn.label = add_vertex(edge.label_width + inputs_.options.line_gap / 2, edge.label_height,
                               level_.vertices[line.from].key);
      LevelEdge rest = line;
      line.to = rest.from = drawn.label;
      line.to_port = rest.from_port = 0;
      line.to_x = rest.from_x = 0;
      level_.edges.push_back(line);
      level_.edges.push_back(rest);
    } else {
      level_.edges.push_back(line);
    }
  }
}

// Puts padding, a header and, from each terminal, a line to the border around the inside. Lines
// from above go round the header's text.
void FrameMaker::surround(std::uint32_t level, Frame& frame) const {
  const LayoutOptions& o = inputs_.options;
  const LayoutGroup& group = inputs_.graph.groups[level];
  const double padding = o.group_padding;
  const bool beside = inputs_.turned;  // the header is at our left, which is the drawing's top
  const double header = (beside ? group.label_width : group.label_height);
  const double header_room = header > 0 ? header + padding / 2 : 0;
  const double inner_width = frame.drawing.width, inner_height = frame.drawing.height;
  const double least_width = beside ? 0 : group.label_width, text_end = padding + least_width;
  frame.inside.x =
      beside ? padding + header_room : padding + std::max(0.0, (least_width - inner_width) / 2);

  const std::uint32_t first = terminal_start_[level], last = terminal_start_[level + 1];
  frame.borders.resize(last - first);
  std::vector<std::uint32_t> top;
  const auto x_of = [&](std::uint32_t t) {
    return frame.inside.x + frame.drawing.corner[vertex_[hierarchy_.first_terminal() + t]].x;
  };
  for (std::uint32_t t = first; t < last; ++t) {
    if (hierarchy_.terminals[t].top) top.push_back(t);
  }
  std::stable_sort(top.begin(), top.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return x_of(a) < x_of(b); });
  // The inside gives way to the text, as far as that keeps lines straight: bending them to the
  // right in every group of a chain would make the chain lean to the left.
  if (!beside && header > 0 && !top.empty()) {
    const double room = text_end + o.line_gap - x_of(top.front());
    if (room > 0) frame.inside.x += room;
  }
  frame.width = std::max(frame.inside.x + inner_width + padding, least_width + 2 * padding);
  std::vector<double> entry;
  bool bends = false;
  for (const std::uint32_t t : top) {
    double x = x_of(t);
    if (!beside && header > 0) x = std::max(x, text_end + o.line_gap);
    if (!entry.empty())
      x = std::max(x, entry.back() + std::min(o.line_gap, x_of(t) - x_of(top[entry.size() - 1])));
    bends = bends || x > x_of(t);
    entry.push_back(x);
    frame.width = std::max(frame.width, x + padding);
  }
  const double straight = padding / 2 + (beside ? 0 : header_room);
  frame.inside.y = straight + (bends ? o.rank_gap / 2 : 0) + padding / 2;
  frame.height = frame.inside.y + inner_height + padding;
  if (beside) frame.height = std::max(frame.height, group.label_height + 2 * padding);

  for (std::size_t i = 0; i < top.size(); ++i) {
    auto& line = frame.borders[top[i] - first];
    const double x = x_of(top[i]), low = frame.inside.y - padding / 2;
    line.push_back({entry[i], 0});
    if (entry[i] > x) {
      add_line(line, {entry[i], straight});
      const double middle = (straight + low) / 2;
      line.insert(line.end(), {Point{entry[i], middle}, Point{x, middle}, Point{x, low}});
    }
    add_line(line, {x, frame.inside.y});
  }
  for (std::uint32_t t = first; t < last; ++t) {
    if (hierarchy_.terminals[t].top) continue;
    auto& line = frame.borders[t - first];
    line.push_back({x_of(t), frame.inside.y + inner_height});
    add_line(line, {x_of(t), frame.height});
  }
}

Frame FrameMaker::make(std::uint32_t level, const std::vector<Frame>& frames) {
  Frame frame;
  level_ = {};
  add_items(level, frames, frame);
  if (level != hierarchy_.root()) add_terminals(level);
  add_pieces(level, frames, frame);
  frame.drawing = draw_level(level_, inputs_.options);
  for (std::size_t v = 0; v < level_.vertices.size(); ++v) {
    const Point corner = frame.drawing.corner[v];
    if (v >= frame.boxes.size()) {
      frame.boxes.push_back({0, 0, level_.vertices[v].width, level_.vertices[v].height});
    }
    frame.boxes[v].x = corner.x;
    frame.boxes[v].y = corner.y;
  }
  if (level == hierarchy_.root()) {
    frame.width = frame.drawing.width;
    frame.height = frame.drawing.height;
  } else {
    surround(level, frame);
  }
  return frame;
}

}  // namespace trex::graph

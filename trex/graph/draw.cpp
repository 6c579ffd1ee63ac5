// Boxes, lines and frames where the layout puts them.

// SPDX-License-Identifier: Apache-2.0
#include "trex/graph/draw.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "trex/base/text.hpp"
#include "trex/document/font.hpp"
#include "trex/document/units.hpp"
#include "trex/graph/draw_parts.hpp"

namespace trex::graph {
namespace {

constexpr std::uint32_t no_box = UINT32_MAX;
constexpr double tag_height = 16, widest_tag = 150;
constexpr double thinnest = 1.1, thickest = 2.6;

DrawingRect rect_of(const Rect& r) { return {r.x, r.y, r.width, r.height}; }

class Drafter {
 public:
  explicit Drafter(const DrawInput& input)
      : input_(input), colors_(input), groups_(make_groups(input)) {}

  Drawing draw() {
    make_faces();
    colors_.set_slowest(slowest_box());
    make_layout_graph();
    drawing_.placed = input_.options.placed;
    layout_ = drawing_.placed ? lay_out(layout_graph_, {.direction = input_.options.direction})
                              : layout_without_places(layout_graph_, groups_);
    drawing_.width = layout_.width;
    drawing_.height = layout_.height;
    drawing_.rightwards = input_.options.direction == LayoutDirection::right;
    drawing_.title = printable(input_.options.title);
    add_frames();
    add_node_boxes();
    add_scope_boxes();
    add_edges();
    drawing_.legend_title = colors_.legend_title();
    drawing_.legend = colors_.legend();
    add_notes();
    return std::move(drawing_);
  }

 private:
  bool is_shown(std::uint32_t node) const { return groups_.box_of_node[node] < 0; }
  // Drawn as one box: closed, and no group around it is.
  bool is_box(std::size_t group) const {
    if (groups_.open[group] != 0) return false;
    for (std::int32_t g = groups_.parents[group]; g >= 0;
         g = groups_.parents[static_cast<std::size_t>(g)]) {
      if (groups_.open[static_cast<std::size_t>(g)] == 0) return false;
    }
    return true;
  }
  bool is_frame(std::size_t group) const {
    for (auto g = static_cast<std::int32_t>(group); g >= 0;
         g = groups_.parents[static_cast<std::size_t>(g)]) {
      if (groups_.open[static_cast<std::size_t>(g)] == 0) return false;
    }
    return true;
  }

  void make_faces() {
    faces_.resize(input_.graph.nodes.size());
    for (std::uint32_t n = 0; n < faces_.size(); ++n) {
      if (is_shown(n)) faces_[n] = node_face(input_, n);
    }
    group_faces_.resize(groups_.scopes.size());
    for (std::size_t g = 0; g < group_faces_.size(); ++g) {
      if (is_box(g)) group_faces_[g] = scope_face(input_, groups_.scopes[g]);
      if (is_frame(g)) group_faces_[g] = frame_face(input_, groups_.scopes[g]);
    }
  }

  double slowest_box() const {
    double slowest = 0;
    const auto add = [&](double ms) {
      if (std::isfinite(ms)) slowest = std::max(slowest, ms);
    };
    const Table& layers = input_.engine.layers;
    for (std::uint32_t n = 0; n < faces_.size() && layers.has(layer::time_ms); ++n) {
      const PlanNode& node = input_.graph.nodes[n];
      if (node.kind != NodeKind::layer || !is_shown(n)) continue;
      add(layers[layer::time_ms][node.layer].value_or(null_real));
    }
    for (std::size_t g = 0; g < groups_.scopes.size(); ++g) {
      if (is_box(g)) add(input_.scopes.scopes[groups_.scopes[g]].time_ms);
    }
    return slowest;
  }

  void make_layout_graph() {
    for (std::uint32_t n = 0; n < faces_.size(); ++n) {
      layout_graph_.nodes.push_back({faces_[n].width, faces_[n].height, groups_.of_node[n]});
    }
    for (std::size_t g = 0; g < groups_.scopes.size(); ++g) {
      const BoxFace& face = group_faces_[g];
      layout_graph_.groups.push_back({.parent = groups_.parents[g],
                                      .label_width = face.width,
                                      .label_height = face.height,
                                      .width = face.width,
                                      .height = face.height,
                                      .open = groups_.open[g] != 0});
    }
    for (const PlanEdge& edge : input_.graph.edges) add_layout_edge(edge);
  }

  bool is_inside_one_box(const PlanEdge& edge) const {
    const std::int32_t box = groups_.box_of_node[edge.source];
    return box >= 0 && box == groups_.box_of_node[edge.target];
  }

  void add_layout_edge(const PlanEdge& edge) {
    LayoutEdge e{.source = edge.source,
                 .target = edge.target,
                 .source_port = edge.source_port,
                 .target_port = edge.target_port};
    // Edges without a tensor are their own; tensors come after them.
    const auto edges = static_cast<std::uint32_t>(input_.graph.edges.size());
    const auto own = static_cast<std::uint32_t>(layout_graph_.edges.size());
    e.tensor = edge.generation == no_generation ? own : edges + edge.generation;
    edge_faces_.push_back(is_inside_one_box(edge) ? EdgeFace() : edge_face(input_, edge));
    const EdgeFace& face = edge_faces_.back();
    e.label_width = face.width;
    e.label_height = face.height;
    const TextLook look = look_of(TextRole::label);
    e.stub_width =
        std::min(widest_tag, text_width(face.tensor.name.substr(0, 100), look.size, false)) + 10;
    e.stub_height = tag_height;
    layout_graph_.edges.push_back(e);
  }

  static std::vector<DrawingText> moved(std::vector<DrawingText> texts, double x, double y) {
    for (DrawingText& t : texts) {
      t.x += x;
      t.y += y;
    }
    return texts;
  }

  void add_frames() {
    frame_of_group_.assign(groups_.scopes.size(), no_frame);
    for (std::size_t g = 0; g < groups_.scopes.size(); ++g) {
      if (!is_frame(g)) continue;
      const ScopeId scope = groups_.scopes[g];
      const Scope& s = input_.scopes.scopes[scope];
      const std::int32_t parent = groups_.parents[g];
      const Rect& r = layout_.groups[g];
      frame_of_group_[g] = static_cast<std::int32_t>(drawing_.frames.size());
      drawing_.frames.push_back(
          {.id = fmt::format("scope-{}", scope),
           .name = s.name,
           .path = s.path,
           .parent = parent < 0 ? no_frame : frame_of_group_[static_cast<std::size_t>(parent)],
           .color = input_.options.color_by == ColorBy::scope ? colors_.scope(scope) : no_color,
           .rect = rect_of(r),
           .texts = moved(group_faces_[g].texts, r.x, r.y),
           .subject = scope});
    }
  }

  std::int32_t frame_of(std::int32_t group) const {
    while (group >= 0 && frame_of_group_[static_cast<std::size_t>(group)] == no_frame) {
      group = groups_.parents[static_cast<std::size_t>(group)];
    }
    return group < 0 ? no_frame : frame_of_group_[static_cast<std::size_t>(group)];
  }

  static BoxKind kind_of(NodeKind kind) {
    switch (kind) {
      case NodeKind::layer:
        return BoxKind::layer;
      case NodeKind::region:
        return BoxKind::region;
      case NodeKind::binding:
        return BoxKind::binding;
      case NodeKind::constant:
        break;
    }
    return BoxKind::constant;
  }

  // By what the file has, so that the same layer has the same id in every drawing of it.
  std::string id_of(std::uint32_t node) const {
    const PlanNode& n = input_.graph.nodes[node];
    if (n.kind == NodeKind::constant && n.tensor != no_row) {
      return fmt::format("constant-{}", n.tensor);
    }
    if (n.generation == no_generation) {
      return fmt::format("layer-{}", input_.engine.layers[layer::index][n.layer].value_or(n.layer));
    }
    const Generation& generation = input_.graph.links.generations[n.generation];
    return fmt::format("tensor-{}-{}", generation.region, generation.number);
  }

  bool is_last(std::uint32_t generation) const {
    const std::vector<Generation>& all = input_.graph.links.generations;
    return generation + 1 == all.size() || all[generation + 1].region != all[generation].region;
  }

  void place(DrawingBox& box, BoxFace& face, const Rect& r) {
    box.rect = rect_of(r);
    box.band = face.band;
    box.texts = moved(std::move(face.texts), r.x, r.y);
    box.bar = std::move(face.bar);
    box.details = std::move(face.details);
    box.figures = std::move(face.figures);
  }

  void add_node_boxes() {
    box_of_node_.assign(faces_.size(), no_box);
    for (std::uint32_t n = 0; n < faces_.size(); ++n) {
      if (!is_shown(n)) continue;
      const PlanNode& node = input_.graph.nodes[n];
      const bool user = node.kind == NodeKind::binding;
      DrawingBox box{.id = id_of(n),
                     .kind = kind_of(node.kind),
                     .name = node_name(input_.engine, input_.graph, n),
                     .is_input = user && node.is_input,
                     .is_output = user && !node.is_input && is_last(node.generation),
                     .tensor = tensor_of(input_.engine, node.tensor),
                     .color = colors_.node(n),
                     .frame = frame_of(groups_.of_node[n]),
                     .subject = n};
      if (node.kind == NodeKind::layer) box.type = input_.engine.layers[layer::type][node.layer];
      const std::vector<std::uint8_t>& lit = input_.options.highlight;
      box.highlighted = node.layer != no_row && !lit.empty() && lit[node.layer] != 0;
      place(box, faces_[n], layout_.nodes[n]);
      box_of_node_[n] = static_cast<std::uint32_t>(drawing_.boxes.size());
      drawing_.boxes.push_back(std::move(box));
    }
  }

  void add_scope_boxes() {
    std::vector<std::uint32_t> box_of_group(groups_.scopes.size(), no_box);
    for (std::size_t g = 0; g < groups_.scopes.size(); ++g) {
      if (!is_box(g)) continue;
      const ScopeId scope = groups_.scopes[g];
      DrawingBox box{.id = fmt::format("scope-{}", scope),
                     .kind = BoxKind::scope,
                     .name = input_.scopes.scopes[scope].path,
                     .color = colors_.scope(scope),
                     .frame = frame_of(groups_.parents[g]),
                     .subject = scope};
      place(box, group_faces_[g], layout_.groups[g]);
      box_of_group[g] = static_cast<std::uint32_t>(drawing_.boxes.size());
      drawing_.boxes.push_back(std::move(box));
      ++scope_boxes_;
    }
    const std::vector<std::uint8_t>& lit = input_.options.highlight;
    for (std::uint32_t n = 0; n < box_of_node_.size(); ++n) {
      const std::int32_t group = groups_.box_of_node[n];
      if (group < 0) continue;
      box_of_node_[n] = box_of_group[static_cast<std::size_t>(group)];
      const Row row = input_.graph.nodes[n].layer;
      if (row != no_row && !lit.empty() && lit[row] != 0) {
        drawing_.boxes[box_of_node_[n]].highlighted = true;
      }
    }
  }

  void add_edges() {
    for (const EdgeFace& face : edge_faces_) largest_ = std::max(largest_, face.tensor.bytes);
    for (std::size_t e = 0; e < layout_.edges.size(); ++e) {
      const LayoutRoute& route = layout_.edges[e];
      if (!route.points.empty()) add_edge(input_.graph.edges[e], edge_faces_[e], route);
    }
  }

  // Thicker for more bytes, on a logarithmic scale: a factor of 4096 from end to end.
  double thickness_of(std::int64_t bytes) const {
    if (bytes <= 0 || largest_ <= 0) return thinnest;
    const double part =
        1 + std::log2(static_cast<double>(bytes) / static_cast<double>(largest_)) / 12;
    return thinnest + (thickest - thinnest) * std::max(part, 0.0);
  }

  void add_edge(const PlanEdge& edge, EdgeFace& face, const LayoutRoute& route) {
    DrawingEdge e{.source = box_of_node_[edge.source],
                  .target = box_of_node_[edge.target],
                  .source_port = edge.source_port,
                  .target_port = edge.target_port,
                  .kind = std::string(edge_kind_name(edge.kind)),
                  .tensor = face.tensor,
                  .dashed = edge.kind != EdgeKind::data,
                  .back = route.back,
                  .thickness = thickness_of(face.tensor.bytes),
                  .stub = route.stub};
    e.highlighted = drawing_.boxes[e.source].highlighted && drawing_.boxes[e.target].highlighted;
    if (drawing_.placed) {
      for (const Point& p : route.points) e.points.push_back({p.x, p.y});
    }
    if (route.label.width > 0 && !face.label.empty()) {
      e.label = rect_of(route.label);
      add_text(face.label, route.label, e);
    }
    if (route.stub) {
      ++stubs_;
      const TextLook look = look_of(TextRole::label);
      const std::string name =
          fit_width(printable(face.tensor.name.substr(0, 1000)), widest_tag, look.size, look.bold);
      for (const Rect& tag : {route.source_tag, route.target_tag}) {
        if (!(tag.width > 0)) continue;
        e.tags.push_back(rect_of(tag));
        add_text(name, tag, e);
      }
    }
    drawing_.edges.push_back(std::move(e));
  }

  static void add_text(const std::string& text, const Rect& r, DrawingEdge& edge) {
    const TextLook look = look_of(TextRole::label);
    edge.texts.push_back({.text = text,
                          .x = r.x + r.width / 2,
                          .y = r.y + r.height / 2 + look.size * 0.35,
                          .role = TextRole::label,
                          .anchor = TextAnchor::middle,
                          .width = text_width(text, look.size, look.bold)});
  }

  void add_notes() {
    if (groups_.used) {
      std::size_t hidden = 0;
      for (const std::int32_t box : groups_.box_of_node) hidden += box >= 0;
      if (hidden > 0) {
        drawing_.notes.push_back(
            fmt::format("{} are folded into {}", counted(hidden, "node"),
                        scope_boxes_ == 1 ? "1 box" : fmt::format("{} boxes", scope_boxes_)));
      }
    }
    if (drawing_.placed && stubs_ > 0) {
      drawing_.notes.push_back(fmt::format("{} of a tensor with many readers drawn as named stubs",
                                           counted(stubs_, "line")));
    }
    if (input_.graph.order_only) {
      drawing_.notes.push_back("the file names no tensors: lines show the order of execution");
    }
  }

  const DrawInput& input_;
  Colors colors_;
  Groups groups_;
  std::vector<BoxFace> faces_, group_faces_;
  std::vector<EdgeFace> edge_faces_;
  LayoutGraph layout_graph_;
  Layout layout_;
  std::vector<std::int32_t> frame_of_group_;
  std::vector<std::uint32_t> box_of_node_;
  std::int64_t largest_ = 0;
  std::size_t stubs_ = 0, scope_boxes_ = 0;
  Drawing drawing_;
};

}  // namespace

Drawing draw(const Engine& engine, const PlanGraph& graph, const Scopes& scopes,
             const DrawOptions& options) {
  Drawing drawing = Drafter({engine, graph, scopes, options}).draw();
  std::vector<LayerFinding> findings = options.findings;
  std::stable_sort(findings.begin(), findings.end(),
                   [](const LayerFinding& a, const LayerFinding& b) { return a.layer < b.layer; });
  drawing.attributes = [&engine, &graph, &scopes, found = std::move(findings)](
                           BoxKind kind, std::uint32_t subject) {
    return attributes_of(engine, graph, scopes, found, kind, subject);
  };
  return drawing;
}

}  // namespace trex::graph

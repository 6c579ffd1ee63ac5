// Boxes, lines and frames where the layout puts them.

// SPDX-License-Identifier: Apache-2.0
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
constexpr double thinnest = 1.1, thickest = 2.6;

DrawingRect rect_of(const Rect& r) { return {r.x, r.y, r.width, r.height}; }

class Composer {
 public:
  Composer(const DrawInput& input, const Groups& groups, const Faces& faces, const Layout& layout,
           Colors& colors)
      : input_(input), groups_(groups), faces_(faces), layout_(layout), colors_(colors) {}

  Drawing compose() {
    reserve();
    colors_.begin(slowest_box());
    drawing_.placed = input_.options.placed;
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
  // Boxes are large: moving them as their list grows costs more than counting them.
  void reserve() {
    const std::vector<std::int32_t>& boxes = groups_.box_of_node;
    std::size_t count = static_cast<std::size_t>(std::count(boxes.begin(), boxes.end(), -1));
    for (std::size_t g = 0; g < groups_.scopes.size(); ++g) count += groups_.is_box(g);
    drawing_.boxes.reserve(count);
  }

  double slowest_box() const {
    double slowest = 0;
    const auto add = [&](double ms) {
      if (std::isfinite(ms)) slowest = std::max(slowest, ms);
    };
    const Table& layers = input_.engine.layers;
    if (layers.has(layer::time_ms)) {
      const auto times = layers[layer::time_ms];
      for (std::uint32_t n = 0; n < input_.graph.nodes.size(); ++n) {
        const PlanNode& node = input_.graph.nodes[n];
        if (node.kind != NodeKind::layer || !groups_.is_shown(n)) continue;
        add(times[node.layer].value_or(null_real));
      }
    }
    for (std::size_t g = 0; g < groups_.scopes.size(); ++g) {
      if (groups_.is_box(g)) add(input_.scopes.scopes[groups_.scopes[g]].time_ms);
    }
    return slowest;
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
      if (!groups_.is_frame(g)) continue;
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
           .texts = moved(faces_.frame(g).texts, r.x, r.y),
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

  static void place(DrawingBox& box, const BoxFace& face, const Rect& r) {
    box.rect = rect_of(r);
    box.band = face.band;
    box.texts = moved(face.texts, r.x, r.y);
    box.bar = face.bar;
    box.details = face.details;
    box.figures = face.figures;
  }

  void add_node_boxes() {
    box_of_node_.assign(input_.graph.nodes.size(), no_box);
    for (std::uint32_t n = 0; n < box_of_node_.size(); ++n) {
      if (!groups_.is_shown(n)) continue;
      const PlanNode& node = input_.graph.nodes[n];
      const bool user = node.kind == NodeKind::binding;
      DrawingBox box{.id = id_of(n),
                     .kind = kind_of(node.kind),
                     .name = node_name(input_.engine, input_.graph, n),
                     .is_input = user && node.is_input,
                     .is_output = user && !node.is_input && is_last(node.generation),
                     .tensor = tensor_of(input_.engine, node.tensor),
                     .color = colors_.node(n),
                     .value = colors_.value(),
                     .frame = frame_of(groups_.of_node[n]),
                     .subject = n};
      if (node.kind == NodeKind::layer) box.type = input_.engine.layers[layer::type][node.layer];
      const std::vector<std::uint8_t>& lit = input_.options.highlight;
      box.highlighted = node.layer != no_row && !lit.empty() && lit[node.layer] != 0;
      place(box, faces_.node(n), layout_.nodes[n]);
      box_of_node_[n] = static_cast<std::uint32_t>(drawing_.boxes.size());
      drawing_.boxes.push_back(std::move(box));
    }
  }

  void add_scope_boxes() {
    std::vector<std::uint32_t> box_of_group(groups_.scopes.size(), no_box);
    for (std::size_t g = 0; g < groups_.scopes.size(); ++g) {
      if (!groups_.is_box(g)) continue;
      const ScopeId scope = groups_.scopes[g];
      DrawingBox box{.id = fmt::format("scope-{}", scope),
                     .kind = BoxKind::scope,
                     .name = input_.scopes.scopes[scope].path,
                     .color = colors_.scope(scope),
                     .value = colors_.value(),
                     .frame = frame_of(groups_.parents[g]),
                     .subject = scope};
      place(box, faces_.box(g), layout_.groups[g]);
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
    largest_ = faces_.largest_bytes();
    const auto is_drawn = [](const LayoutRoute& route) { return !route.points.empty(); };
    drawing_.edges.reserve(static_cast<std::size_t>(
        std::count_if(layout_.edges.begin(), layout_.edges.end(), is_drawn)));
    for (std::size_t e = 0; e < layout_.edges.size(); ++e) {
      const LayoutRoute& route = layout_.edges[e];
      if (!route.points.empty()) add_edge(input_.graph.edges[e], faces_.edge(e), route);
    }
  }

  // Thicker for more bytes, on a logarithmic scale: a factor of 4096 from end to end.
  double thickness_of(std::int64_t bytes) const {
    if (bytes <= 0 || largest_ <= 0) return thinnest;
    const double part =
        1 + std::log2(static_cast<double>(bytes) / static_cast<double>(largest_)) / 12;
    return thinnest + (thickest - thinnest) * std::max(part, 0.0);
  }

  void add_edge(const PlanEdge& edge, const EdgeFace& face, const LayoutRoute& route) {
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
      e.points.reserve(route.points.size());
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
  const Groups& groups_;
  const Faces& faces_;
  const Layout& layout_;
  Colors& colors_;
  std::vector<std::int32_t> frame_of_group_;
  std::vector<std::uint32_t> box_of_node_;
  std::int64_t largest_ = 0;
  std::size_t stubs_ = 0, scope_boxes_ = 0;
  Drawing drawing_;
};

}  // namespace

Drawing compose(const DrawInput& input, const Groups& groups, const Faces& faces,
                const Layout& layout, Colors& colors) {
  return Composer(input, groups, faces, layout, colors).compose();
}

}  // namespace trex::graph

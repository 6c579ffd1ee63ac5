// What a box says, and how much room that takes.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "trex/base/text.hpp"
#include "trex/base/units.hpp"
#include "trex/document/font.hpp"
#include "trex/document/units.hpp"
#include "trex/graph/draw_parts.hpp"
#include "trex/graph/layer_details.hpp"

namespace trex::graph {
namespace {

constexpr double side = 8, band_height = 20, below = 6, widest_text = 250;
constexpr std::size_t most_name_lines = 5, most_metadata_lines = 4, most_keras_rows = 4;
// Names may be a megabyte; no line shows more than this of one.
constexpr std::size_t longest_shown = 2000;

std::string shown(std::string_view text) { return printable(text.substr(0, longest_shown)); }

double height_of(TextRole role) { return std::round(look_of(role).size * line_height); }

// Lines set one under the other into a box.
class Face {
 public:
  void line(std::string_view text, TextRole role, double widest = widest_text) {
    const TextLook look = look_of(role);
    DrawingText t{.text = fit_width(text, widest, look.size, look.bold), .role = role};
    t.width = text_width(t.text, look.size, look.bold);
    t.x = side;
    t.y = face.height + std::round(look.size * 0.95);
    need(t.width + 2 * side);
    face.height += height_of(role);
    face.texts.push_back(std::move(t));
  }

  // The band: what it is to the left, a figure to the right.
  void band(std::string_view left, std::string_view right) {
    face.band = band_height;
    face.height = 3;
    line(left, TextRole::title);
    if (!right.empty()) {
      const TextLook look = look_of(TextRole::figure);
      DrawingText t{
          .text = std::string(right), .role = TextRole::figure, .anchor = TextAnchor::end};
      t.width = text_width(t.text, look.size, look.bold);
      t.y = face.texts.back().y;
      need(face.texts.back().width + t.width + 2 * side + 14);
      face.texts.push_back(std::move(t));
    }
    face.height = band_height + 4;
  }

  void need(double width) { face.width = std::max(face.width, std::ceil(width)); }

  BoxFace finish(double least_width) {
    need(least_width);
    face.height += below;
    for (DrawingText& t : face.texts) {
      if (t.anchor == TextAnchor::end) t.x = face.width - side;
      if (t.anchor == TextAnchor::middle) t.x = face.width / 2;
    }
    return std::move(face);
  }

  // All lines in the middle: pills.
  BoxFace finish_centered(double least_width) {
    for (DrawingText& t : face.texts) t.anchor = TextAnchor::middle;
    return finish(least_width);
  }

  BoxFace face;
};

double time_of(const DrawInput& input, Row row) {
  const Table& layers = input.engine.layers;
  const auto value = [&](const Key<double>& key) {
    return layers.has(key) ? layers[key][row].value_or(null_real) : null_real;
  };
  switch (input.options.latency) {
    case LatencyKind::mean:
      return value(layer::time_ms);
    case LatencyKind::median:
      return value(layer::median_ms);
    case LatencyKind::total:
      return value(layer::total_ms);
    case LatencyKind::none:
      break;
  }
  return null_real;
}

std::string figures_of(const DrawInput& input, Row row) {
  const double ms = time_of(input, row);
  if (std::isnan(ms)) return {};
  std::string text = human_ms(ms) + " ms";
  const Table& layers = input.engine.layers;
  if (input.options.latency == LatencyKind::mean && layers.has(layer::share)) {
    if (const auto share = layers[layer::share][row]) text += " · " + human_percent(*share);
  }
  return text;
}

void add_name(const DrawInput& input, std::string_view name, Face& face) {
  if (!input.options.layer_names) return;
  if (name.empty()) return face.line("(no name)", TextRole::detail);
  if (!input.options.stack_names) return face.line(shown(name), TextRole::name, 2 * widest_text);
  const std::vector<std::string_view> parts = split(name.substr(0, longest_shown), " + ");
  for (std::size_t i = 0; i < parts.size() && i < most_name_lines; ++i) {
    face.line(shown(parts[i]) + (i + 1 < parts.size() ? " +" : ""), TextRole::name);
  }
  if (parts.size() > most_name_lines) {
    face.line(fmt::format("{} more", parts.size() - most_name_lines), TextRole::detail);
  }
}

void add_metadata(const DrawInput& input, Row row, Face& face) {
  if (!input.options.metadata) return;
  const TextList ops = input.engine.layers[layer::source_ops][row];
  for (std::size_t i = 0; i < ops.size() && i < most_metadata_lines; ++i) {
    face.line("⇐ " + shown(ops[i]), TextRole::detail);
  }
  if (ops.size() > most_metadata_lines) {
    face.line(fmt::format("⇐ {} more", ops.size() - most_metadata_lines), TextRole::detail);
  }
}

void add_details(const DrawInput& input, Row row, Face& face) {
  if (!input.options.details) return;
  for (const std::string& text : layer_details(input.engine, row)) {
    face.line(shown(text), TextRole::detail);
  }
}

std::string tensor_text(const Engine& engine, Row tensor) {
  const std::string format(engine.tensors[tensor::format][tensor]);
  return shape_of(engine, tensor) + (format.empty() ? "" : "  " + shown(format));
}

void add_keras_rows(const Engine& engine, std::string_view what, const Engine::RowRange& tensors,
                    Face& face) {
  for (std::size_t i = 0; i < tensors.size() && i < most_keras_rows; ++i) {
    face.line(fmt::format("{}: {}", what, tensor_text(engine, tensors[i])), TextRole::detail);
  }
  if (tensors.size() > most_keras_rows) {
    face.line(fmt::format("{}: {} more", what, tensors.size() - most_keras_rows), TextRole::detail);
  }
}

BoxFace layer_face(const DrawInput& input, Row row) {
  const Engine& engine = input.engine;
  const std::string type = shown(engine.layers[layer::type][row]);
  const std::string precision = shown(engine.layers[layer::precision][row]);
  const std::string figures = figures_of(input, row);
  Face face;
  if (input.options.style == NodeStyle::minimal) {
    face.face.height = 5;
    face.line(type.empty() ? "layer" : type, TextRole::title, 160);
    face.face.height -= 1;
    return face.finish_centered(70);
  }
  const std::string kind = type.empty() ? "layer" : type;
  face.band(precision.empty() ? kind : kind + " · " + precision, figures);
  add_name(input, engine.layers[layer::name][row], face);
  if (input.options.style == NodeStyle::keras) {
    add_keras_rows(engine, "in", engine.inputs(row), face);
    add_keras_rows(engine, "out", engine.outputs(row), face);
  }
  add_metadata(input, row, face);
  add_details(input, row, face);
  if (face.face.texts.size() <= 2 && face.face.height < band_height + 5) {
    face.face.height = band_height - below;  // nothing but the band
  }
  return face.finish(90);
}

BoxFace tensor_face(const DrawInput& input, const PlanNode& node, const std::string& name) {
  Face face;
  face.face.height = 4;
  const bool user = node.kind == NodeKind::binding;
  if (user || node.kind == NodeKind::constant || input.options.region_names) {
    face.line(shown(name), user ? TextRole::title : TextRole::name, 180);
  }
  if (node.tensor != no_row) face.line(tensor_text(input.engine, node.tensor), TextRole::detail);
  const auto& all = input.graph.links.generations;
  if (input.options.region_reuse && node.generation != no_generation) {
    face.line(fmt::format("gen={}", all[node.generation].number), TextRole::detail);
  }
  return face.finish_centered(60);
}

}  // namespace

std::string shape_of(const Engine& engine, Row tensor) {
  const View<Integers> dims = engine.tensors[tensor::dims];
  if (dims.is_null(tensor)) return "?";
  std::string text;
  for (const std::int64_t d : dims[tensor]) {
    if (!text.empty()) text += "×";
    text += d == -1 ? "?" : std::to_string(d);
  }
  return text.empty() ? "scalar" : text;
}

DrawingTensor tensor_of(const Engine& engine, Row row) {
  DrawingTensor result;
  if (row == no_row) return result;
  const Table& tensors = engine.tensors;
  const View<Integers> dims = tensors[tensor::dims];
  result.name = tensors[tensor::name][row];
  result.has_dims = !dims.is_null(row);
  result.dims.assign(dims[row].begin(), dims[row].end());
  result.shape = shape_of(engine, row);
  result.format = tensors[tensor::format][row];
  result.datatype = tensors[tensor::datatype][row];
  result.bytes = tensors[tensor::bytes][row].value_or(null_integer);
  return result;
}

BoxFace node_face(const DrawInput& input, std::uint32_t node) {
  const PlanNode& n = input.graph.nodes[node];
  if (n.kind == NodeKind::layer) {
    BoxFace face = layer_face(input, n.layer);
    face.figures = figures_of(input, n.layer);
    face.details = layer_details(input.engine, n.layer);
    return face;
  }
  BoxFace face = tensor_face(input, n, node_name(input.engine, input.graph, node));
  if (n.tensor != no_row) face.details = {tensor_text(input.engine, n.tensor)};
  return face;
}

EdgeFace edge_face(const DrawInput& input, const PlanEdge& edge) {
  EdgeFace face;
  if (edge.tensor == no_row) return face;
  face.tensor = tensor_of(input.engine, edge.tensor);
  face.tensor.name = edge_name(input.engine, input.graph, edge);
  // A region's box says its own shape; between two of its generations a label says nothing.
  const auto is_box = [&](std::uint32_t n) { return input.graph.nodes[n].kind != NodeKind::layer; };
  if (edge.kind == EdgeKind::reuse) return face;
  std::string label;
  if (input.options.edge_names) label = shown(face.tensor.name);
  if (input.options.edge_details && !is_box(edge.source) && !is_box(edge.target)) {
    if (!label.empty()) label += "  ";
    const std::string& format = face.tensor.format;
    label += face.tensor.shape + (format.empty() ? "" : " " + shown(format));
  }
  if (label.empty()) return face;
  const TextLook look = look_of(TextRole::label);
  face.label = fit_width(label, 200, look.size, look.bold);
  face.width = std::ceil(text_width(face.label, look.size, look.bold)) + 6;
  face.height = height_of(TextRole::label) + 2;
  return face;
}

namespace {

std::string scope_figures(const DrawInput& input, const Scope& scope) {
  if (input.options.latency == LatencyKind::none || std::isnan(scope.time_ms)) return {};
  std::string text = human_ms(scope.time_ms) + " ms";
  const double all = input.scopes.scopes[root_scope].time_ms;
  if (all > 0) text += " · " + human_percent(scope.time_ms / all);
  return text;
}

// By time where it is known of every layer, else by layers.
std::vector<DrawingPart> precision_bar(const Scope& scope) {
  const bool timed = scope.timed_count == scope.layer_count && scope.time_ms > 0;
  std::vector<DrawingPart> bar;
  double sum = 0;
  for (const ScopePrecision& part : scope.precisions) {
    const double size = timed ? std::max(part.time_ms, 0.0) : static_cast<double>(part.layer_count);
    const std::string name = part.precision.empty() ? "unknown" : shown(part.precision);
    bar.push_back({name, color_of(precision_colors(), part.precision, no_color), size});
    sum += size;
  }
  if (!(sum > 0) || !std::isfinite(sum)) return {};
  for (DrawingPart& part : bar) part.part /= sum;
  return bar;
}

std::string mix_text(const std::vector<DrawingPart>& bar) {
  std::vector<std::string> parts;
  for (const DrawingPart& part : bar) {
    if (part.part < 0.005 || parts.size() == 3) break;
    parts.push_back(part.label + " " + human_percent(part.part));
  }
  return join(parts, ", ");
}

std::string layers_text(const DrawInput& input, const Scope& scope) {
  std::string text = counted(scope.layer_count, "layer");
  const std::uint32_t alike = input.scopes.shape_counts[scope.shape];
  if (alike > 1) text += fmt::format(", one of {} alike", alike);
  return text;
}

}  // namespace

BoxFace scope_face(const DrawInput& input, ScopeId id) {
  const Scope& scope = input.scopes.scopes[id];
  Face face;
  const std::string figures = scope_figures(input, scope);
  face.band(shown(scope.name), figures);
  face.line(layers_text(input, scope), TextRole::name);
  face.face.details.push_back(layers_text(input, scope));
  face.face.bar = precision_bar(scope);
  const std::string mix = mix_text(face.face.bar);
  if (!mix.empty()) {
    face.line(mix, TextRole::detail);
    face.face.details.push_back(mix);
  }
  if (!face.face.bar.empty()) face.face.height += 5;
  face.face.figures = figures;
  return face.finish(130);
}

BoxFace frame_face(const DrawInput& input, ScopeId id) {
  const Scope& scope = input.scopes.scopes[id];
  Face face;
  face.face.height = 4;
  const std::string figures = scope_figures(input, scope);
  std::string text = shown(scope.name) + "  —  " + counted(scope.layer_count, "layer");
  if (!figures.empty()) text += ", " + figures;
  face.line(text, TextRole::title, 400);
  return face.finish(0);
}

}  // namespace trex::graph

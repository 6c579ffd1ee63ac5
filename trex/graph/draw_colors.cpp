// Colours of boxes and what they mean.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "trex/base/text.hpp"
#include "trex/graph/draw_parts.hpp"

namespace trex::graph {
namespace {

constexpr std::size_t longest_label = 40;

// Of the slowest layer: below each bound, one colour of heat_colors().
constexpr std::array heat_bounds{0.02, 0.1, 0.3, 0.6};
constexpr std::array<const char*, 5> heat_labels{"below 2% of the slowest box", "2 to 10%",
                                                 "10 to 30%", "30 to 60%", "60 to 100%"};

constexpr std::array<const char*, 4> severity_labels{"no finding", "note", "warning", "error"};

std::uint8_t severity_rank(std::string_view severity) {
  for (std::uint8_t i = 1; i < severity_labels.size(); ++i) {
    if (severity == severity_labels[i]) return i;
  }
  return 1;
}

}  // namespace

Colors::Colors(const DrawInput& input) : input_(input) {
  const Engine& engine = input.engine;
  severity_.assign(engine.layer_count(), 0);
  scope_severity_.assign(input.scopes.scopes.size(), 0);
  for (const LayerFinding& finding : input.options.findings) {
    const std::uint8_t rank = severity_rank(finding.severity);
    severity_[finding.layer] = std::max(severity_[finding.layer], rank);
    for (ScopeId s = input.scopes.scope_of[finding.layer];; s = input.scopes.scopes[s].parent) {
      scope_severity_[s] = std::max(scope_severity_[s], rank);
      if (s == root_scope) break;
    }
  }
  // A type without a colour of its own gets one that no known type of this engine has, while such
  // are left.
  const auto type = engine.layers[layer::type];
  std::vector<Color> taken;
  for (Row row = 0; row < engine.layer_count(); ++row) {
    const Color known = color_of(layer_type_colors(), type[row], no_color);
    if (!(known == no_color)) {
      if (std::find(taken.begin(), taken.end(), known) == taken.end()) taken.push_back(known);
    } else if (!type[row].empty()) {
      type_colors_.try_emplace(std::string(type[row]), no_color);
    }
  }
  std::vector<Color> free;
  for (const Color color : other_colors()) {
    if (std::find(taken.begin(), taken.end(), color) == taken.end()) free.push_back(color);
  }
  std::size_t next = 0;
  for (auto& [name, color] : type_colors_) {
    color = next < free.size() ? free[next] : other_color(next);
    ++next;
  }
}

Color Colors::use(const std::string& label, Color color, std::size_t rank) {
  used_.try_emplace(label, Entry{rank, color});
  value_ = Json(label);
  return color;
}

Color Colors::heat(double ms) {
  if (std::isnan(ms) || slowest_ms_ <= 0) {
    use("time not known", no_color, 9);
    value_ = Json();
    return no_color;
  }
  const double part = ms / slowest_ms_;
  std::size_t i = 0;
  while (i < heat_bounds.size() && part >= heat_bounds[i]) ++i;
  use(heat_labels[i], heat_colors()[i], i);
  value_ = Json(ms);
  return heat_colors()[i];
}

Color Colors::layer(Row row) {
  const Table& layers = input_.engine.layers;
  switch (input_.options.color_by) {
    case ColorBy::type: {
      const std::string type(layers[layer::type][row]);
      const auto own = type_colors_.find(type);
      const Color color =
          own != type_colors_.end() ? own->second : color_of(layer_type_colors(), type, no_color);
      return use(type.empty() ? "no type" : printable(type.substr(0, longest_label)), color, 0);
    }
    case ColorBy::precision: {
      const std::string_view precision = layers[layer::precision][row];
      const Color color = color_of(precision_colors(), precision, no_color);
      return use(precision.empty() ? "not known" : std::string(precision), color, 0);
    }
    case ColorBy::latency:
      return heat(layers.has(layer::time_ms) ? layers[layer::time_ms][row].value_or(null_real)
                                             : null_real);
    case ColorBy::finding: {
      const std::size_t worst = severity_[row];
      const char* label = severity_labels[worst];
      return use(label, color_of(severity_colors(), label, no_color), 3 - worst);
    }
    case ColorBy::scope:
      return scope(input_.scopes.scope_of[row]);
    case ColorBy::none:
      break;
  }
  return no_color;
}

Color Colors::node(std::uint32_t node) {
  value_ = Json();
  const PlanNode& n = input_.graph.nodes[node];
  if (n.kind == NodeKind::layer) return layer(n.layer);
  if (input_.options.color_by != ColorBy::precision || n.tensor == no_row) return no_color;
  const std::string_view type = input_.engine.tensors[tensor::datatype][n.tensor];
  const Color color = color_of(precision_colors(), type, no_color);
  return color == no_color ? color : use(std::string(type), color, 0);
}

// The top-level scope that it is in, counted from 1; 0: in none.
std::size_t Colors::top_scope(ScopeId scope) const {
  if (scope == root_scope) return 0;
  const std::vector<ScopeId>& tops = input_.scopes.scopes[root_scope].scopes;
  const ScopeId top = input_.scopes.ancestor(scope, 1);
  return static_cast<std::size_t>(std::lower_bound(tops.begin(), tops.end(), top) - tops.begin()) +
         1;
}

Color Colors::scope(ScopeId id) {
  value_ = Json();
  const Scope& scope = input_.scopes.scopes[id];
  switch (input_.options.color_by) {
    case ColorBy::precision: {
      const std::string_view most = scope.precisions.empty() ? "" : scope.precisions[0].precision;
      const Color color = color_of(precision_colors(), most, no_color);
      return use(most.empty() ? "not known" : std::string(most), color, 0);
    }
    case ColorBy::latency:
      return heat(scope.time_ms);
    case ColorBy::finding: {
      const std::size_t worst = scope_severity_[id];
      return use(severity_labels[worst],
                 color_of(severity_colors(), severity_labels[worst], no_color), 3 - worst);
    }
    case ColorBy::scope: {
      const std::size_t top = top_scope(id);
      if (top == 0) return use("in no scope", no_color, 1000000);
      const std::string& name =
          input_.scopes.scopes[input_.scopes.scopes[root_scope].scopes[top - 1]].name;
      return use(printable(name.substr(0, longest_label)), other_color(top - 1), top);
    }
    case ColorBy::type:
    case ColorBy::none:
      break;
  }
  return no_color;
}

std::string Colors::legend_title() const {
  switch (input_.options.color_by) {
    case ColorBy::type:
      return "layer type";
    case ColorBy::precision:
      return "precision";
    case ColorBy::latency:
      return "time per inference";
    case ColorBy::finding:
      return "worst finding";
    case ColorBy::scope:
      return "scope";
    case ColorBy::none:
      break;
  }
  return {};
}

std::vector<DrawingLegendEntry> Colors::legend() const {
  std::vector<std::pair<std::size_t, DrawingLegendEntry>> ranked;
  for (const auto& [label, entry] : used_) ranked.push_back({entry.rank, {label, entry.color}});
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<DrawingLegendEntry> result;
  for (auto& entry : ranked) result.push_back(std::move(entry.second));
  return result;
}

}  // namespace trex::graph

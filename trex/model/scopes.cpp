// The finished tree of scopes: numbered, with figures and shapes.

// SPDX-License-Identifier: Apache-2.0
#include "trex/model/scopes.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "trex/model/scope_tree.hpp"

namespace trex {
namespace {

// Parents first, in execution order: ids follow the drawing from top to bottom.
void number(ScopeTree& tree, Scopes& result) {
  struct Open {
    std::uint32_t node;
    ScopeId parent;
  };
  std::vector<Open> open{{root_scope, root_scope}};
  while (!open.empty()) {
    const Open next = open.back();
    open.pop_back();
    const auto id = static_cast<ScopeId>(result.scopes.size());
    const std::vector<ScopeItem> items = items_of(tree, next.node);
    ScopeNode& node = tree.nodes[next.node];
    Scope scope;
    scope.name = std::move(node.name);
    scope.path = std::move(node.path);
    scope.parent = next.parent;
    scope.depth = id == root_scope ? 0 : result.scopes[next.parent].depth + 1;
    scope.range = node.range;
    for (const ScopeItem& item : items) {
      if (!item.is_scope) scope.layers.push_back(item.id);
    }
    for (std::size_t i = items.size(); i-- > 0;) {
      if (items[i].is_scope) open.push_back({items[i].id, id});
    }
    result.scopes.push_back(std::move(scope));
    if (id != root_scope) result.scopes[next.parent].scopes.push_back(id);
  }
}

class Figures {
 public:
  Figures(const Engine& engine, Scopes& result)
      : engine_(engine),
        precision_(engine.layers[layer::precision]),
        type_(engine.layers[layer::type]),
        result_(result) {}

  void run() {
    for (std::size_t s = result_.scopes.size(); s-- > 0;) {
      Scope& scope = result_.scopes[s];
      for (const Row row : scope.layers) add_layer(scope, row);
      for (const ScopeId inner : scope.scopes) add_scope(scope, result_.scopes[inner]);
      if (!std::isfinite(scope.time_ms)) scope.time_ms = null_real;
      std::sort(scope.precisions.begin(), scope.precisions.end(), before);
      scope.shape = shape_of(scope);
    }
  }

 private:
  static bool before(const ScopePrecision& a, const ScopePrecision& b) {
    if (a.time_ms != b.time_ms) return a.time_ms > b.time_ms;
    if (a.layer_count != b.layer_count) return a.layer_count > b.layer_count;
    return a.precision < b.precision;
  }

  static void add_time(Scope& scope, double ms) {
    scope.time_ms = std::isnan(scope.time_ms) ? ms : scope.time_ms + ms;
  }

  static void add_precision(Scope& scope, const ScopePrecision& part) {
    for (ScopePrecision& known : scope.precisions) {
      if (known.precision != part.precision) continue;
      known.layer_count += part.layer_count;
      known.time_ms += part.time_ms;
      return;
    }
    scope.precisions.push_back(part);
  }

  void include_rows(Scope& scope, Row first, Row last) const {
    scope.first_layer = std::min(scope.first_layer, first);
    scope.last_layer = scope.last_layer == no_row ? last : std::max(scope.last_layer, last);
  }

  void add_layer(Scope& scope, Row row) {
    // Without any profile the column is not there.
    const std::optional<double> ms =
        engine_.layers.has(layer::time_ms) ? engine_.layers[layer::time_ms][row] : std::nullopt;
    ++scope.layer_count;
    if (ms) {
      ++scope.timed_count;
      add_time(scope, *ms);
    }
    add_precision(scope, {precision_[row], 1, ms.value_or(0)});
    include_rows(scope, row, row);
  }

  void add_scope(Scope& scope, const Scope& inner) {
    scope.layer_count += inner.layer_count;
    scope.timed_count += inner.timed_count;
    if (!std::isnan(inner.time_ms)) add_time(scope, inner.time_ms);
    for (const ScopePrecision& part : inner.precisions) add_precision(scope, part);
    if (inner.first_layer != no_row) include_rows(scope, inner.first_layer, inner.last_layer);
  }

  // What it holds in execution order: types of layers (even numbers) and shapes of scopes (odd).
  std::uint32_t shape_of(const Scope& scope) {
    std::vector<std::pair<Row, std::uint32_t>> items;
    for (const Row row : scope.layers) items.emplace_back(row, type_.id(row) * 2);
    for (const ScopeId inner : scope.scopes) {
      const Scope& below = result_.scopes[inner];
      items.emplace_back(below.first_layer, below.shape * 2 + 1);
    }
    std::sort(items.begin(), items.end());
    std::vector<std::uint32_t> key;
    key.reserve(items.size());
    for (const auto& item : items) key.push_back(item.second);
    const auto next = static_cast<std::uint32_t>(shapes_.size());
    const std::uint32_t shape = shapes_.try_emplace(std::move(key), next).first->second;
    if (shape == next) result_.shape_counts.push_back(0);
    ++result_.shape_counts[shape];
    return shape;
  }

  const Engine& engine_;
  View<std::string_view> precision_, type_;
  Scopes& result_;
  std::map<std::vector<std::uint32_t>, std::uint32_t> shapes_;
};

// Hidden layers stand where the layer before them does.
void place_layers(const Engine& engine, Scopes& result) {
  constexpr ScopeId unplaced = UINT32_MAX;
  result.scope_of.assign(engine.layer_count(), unplaced);
  for (ScopeId s = 0; s < result.scopes.size(); ++s) {
    for (const Row row : result.scopes[s].layers) result.scope_of[row] = s;
  }
  ScopeId before = root_scope;
  for (ScopeId& scope : result.scope_of) {
    if (scope == unplaced) scope = before;
    before = scope;
  }
}

}  // namespace

Scopes scopes_of(const Engine& engine, const ScopeLimits& limits) {
  ScopeTree tree = name_tree(engine, limits);
  simplify(tree, limits);
  add_ranges(engine, limits, tree);
  Scopes result;
  number(tree, result);
  Figures(engine, result).run();
  place_layers(engine, result);
  return result;
}

ScopeId Scopes::named(ScopeId scope) const {
  while (scopes[scope].range) scope = scopes[scope].parent;
  return scope;
}

ScopeId Scopes::ancestor(ScopeId scope, std::uint32_t depth) const {
  while (scopes[scope].depth > depth) scope = scopes[scope].parent;
  return scope;
}

std::optional<ScopeId> Scopes::find(std::string_view text) const {
  if (!text.empty() && text.front() == '/') text.remove_prefix(1);
  std::optional<ScopeId> by_name;
  bool several = false;
  for (ScopeId s = 0; s < scopes.size(); ++s) {
    if (scopes[s].path == text) return s;
    if (scopes[s].name != text) continue;
    several = by_name.has_value();
    by_name = s;
  }
  return several ? std::nullopt : by_name;
}

}  // namespace trex

// Scopes that say nothing taken out of the tree: empty ones, those of one layer, mere wrappers.

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "trex/model/scope_tree.hpp"

namespace trex {
namespace {

// A scope with so much of its parent's layers is no part of it but all of it under another name.
bool is_most_of(const ScopeNode& scope, const ScopeNode& parent) {
  return scope.layer_count * 5 >= parent.layer_count * 4;
}

void count(ScopeTree& tree) {
  std::vector<ScopeNode>& nodes = tree.nodes;
  for (std::size_t n = nodes.size(); n-- > 0;) {
    ScopeNode& node = nodes[n];
    node.layer_count = node.layers.size();
    for (const std::uint32_t scope : node.scopes) node.layer_count += nodes[scope].layer_count;
  }
}

// What stands for `id` in its parent: nothing, its one layer, its one scope, or itself.
void settle(ScopeTree& tree, std::uint32_t id, std::vector<std::uint32_t>& kept,
            std::vector<Row>& layers) {
  ScopeNode& node = tree.nodes[id];
  if (node.layer_count == 0) return;
  if (node.layer_count == 1) {  // those below have settled: the layer is its own by now
    layers.push_back(node.layers[0]);
    return;
  }
  if (node.scopes.size() == 1 && node.layers.empty()) {
    const std::uint32_t only = node.scopes[0];
    ScopeNode& inner = tree.nodes[only];
    // A numbered scope has its container's name already.
    if (inner.stem.empty()) inner.name = node.name + "/" + inner.name;
    kept.push_back(only);
    return;
  }
  kept.push_back(id);
}

// A scope that is nearly all of its parent, and whose items the parent can show as well.
void lift_dominant(ScopeTree& tree, std::uint32_t id, const ScopeLimits& limits) {
  ScopeNode& node = tree.nodes[id];
  for (std::size_t i = 0; i < node.scopes.size(); ++i) {
    const ScopeNode& inner = tree.nodes[node.scopes[i]];
    const std::size_t items = inner.scopes.size() + inner.layers.size();
    const std::size_t others = node.scopes.size() + node.layers.size() - 1;
    // The root has no name to join: what it wraps alone is lifted whatever its size.
    const bool is_all = others == 0 && id == root_scope;
    const bool fits = inner.scopes.size() >= 2 && others > 0 && items + others <= limits.most_items;
    if (!is_all && !(fits && is_most_of(inner, node))) continue;
    const std::vector<std::uint32_t> lifted = inner.scopes;
    node.layers.insert(node.layers.end(), inner.layers.begin(), inner.layers.end());
    node.scopes.erase(node.scopes.begin() + static_cast<std::ptrdiff_t>(i));
    node.scopes.insert(node.scopes.end(), lifted.begin(), lifted.end());
    return lift_dominant(tree, id, limits);
  }
}

}  // namespace

void simplify(ScopeTree& tree, const ScopeLimits& limits) {
  count(tree);
  for (std::size_t n = tree.nodes.size(); n-- > 0;) {
    const auto id = static_cast<std::uint32_t>(n);
    std::vector<std::uint32_t> kept;
    for (const std::uint32_t scope : tree.nodes[id].scopes) {
      settle(tree, scope, kept, tree.nodes[id].layers);
    }
    tree.nodes[id].scopes = std::move(kept);
    lift_dominant(tree, id, limits);
    ScopeNode& node = tree.nodes[id];
    std::sort(node.layers.begin(), node.layers.end());
    node.first = node.layers.empty() ? no_row : node.layers.front();
    node.last = node.layers.empty() ? no_row : node.layers.back();
    for (const std::uint32_t scope : node.scopes) {
      tree.nodes[scope].parent = id;
      const ScopeNode& inner = tree.nodes[scope];
      node.first = std::min(node.first, inner.first);
      node.last = node.last == no_row ? inner.last : std::max(node.last, inner.last);
    }
  }
}

}  // namespace trex

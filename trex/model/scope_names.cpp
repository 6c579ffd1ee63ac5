// Which scope each layer stands in, by the names of its ops.

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <unordered_map>

#include "trex/base/text.hpp"
#include "trex/model/scope_tree.hpp"

namespace trex {
namespace {

constexpr std::uint32_t nowhere = UINT32_MAX;
// So many layers without a name between two with one still belong to the first's scope: shape
// arithmetic and copies around a kernel. More of them are a part of their own.
constexpr std::size_t most_adopted = 16;

class NameTree {
 public:
  NameTree(const Engine& engine, const ScopeLimits& limits) : engine_(engine), limits_(limits) {
    tree_.nodes.emplace_back();
    depths_.push_back(0);
  }

  ScopeTree build() {
    const View<bool> hidden = engine_.layers[layer::hidden];
    const View<Texts> ops = engine_.layers[layer::source_ops];
    std::vector<Row> rows;
    std::vector<std::uint32_t> homes;
    for (Row row = 0; row < engine_.layer_count(); ++row) {
      if (hidden.is_true(row)) continue;
      rows.push_back(row);
      homes.push_back(home_of(row, ops[row]));
    }
    adopt(homes);
    for (std::size_t i = 0; i < rows.size(); ++i) tree_.nodes[homes[i]].layers.push_back(rows[i]);
    return std::move(tree_);
  }

 private:
  std::uint32_t child(std::uint32_t parent, const ScopePart& part) {
    const std::uint64_t key = std::uint64_t{parent} << 32 | texts_.intern(part.text);
    const auto [place, is_new] =
        children_.try_emplace(key, static_cast<std::uint32_t>(tree_.nodes.size()));
    if (!is_new) return place->second;
    ScopeNode node;
    const ScopeNode& above = tree_.nodes[parent];
    const bool numbered = part.joint != '/' && parent != root_scope;
    node.parent = parent;
    if (numbered) {
      node.stem = above.name + part.joint;
      node.number = part.text;
      node.name = node.stem + std::string(part.text);
      node.path = above.path + part.joint + std::string(part.text);
    } else {
      node.name = part.text;
      node.path = above.path.empty() ? node.name : above.path + "/" + node.name;
    }
    tree_.nodes[parent].scopes.push_back(place->second);
    tree_.nodes.push_back(std::move(node));
    depths_.push_back(depths_[parent] + 1);
    return place->second;
  }

  std::uint32_t leaf_of(std::string_view op) {
    std::uint32_t node = root_scope;
    for (const ScopePart& part : scope_parts(op, limits_.most_levels)) node = child(node, part);
    return node;
  }

  // A fused range names its ends only: what they share, no more. Of other layers the ops are all
  // known, and most of them decide.
  std::uint32_t home_of(Row row, const TextList& ops) {
    if (ops.empty()) return nowhere;
    std::vector<std::uint32_t> leaves;
    for (std::size_t i = 0; i < ops.size(); ++i) {
      const std::uint32_t leaf = leaf_of(ops[i]);
      // "Conv_12" says nothing of scopes, "/Conv" does: the outermost.
      if (leaf != root_scope || starts_with(ops[i], "/")) leaves.push_back(leaf);
    }
    if (leaves.empty()) return root_scope;
    const bool ends_only = contains(engine_.layers[layer::name][row], "ForeignNode[") &&
                           trim(engine_.layers[layer::metadata][row]).empty();
    return deepest_shared(leaves, ends_only ? leaves.size() : (leaves.size() + 1) / 2);
  }

  // The deepest scope with at least `enough` of the leaves below it; of two, the first one's.
  std::uint32_t deepest_shared(const std::vector<std::uint32_t>& leaves, std::size_t enough) {
    std::unordered_map<std::uint32_t, std::size_t> below;
    for (const std::uint32_t leaf : leaves) {
      for (std::uint32_t node = leaf;; node = tree_.nodes[node].parent) {
        ++below[node];
        if (node == root_scope) break;
      }
    }
    std::uint32_t best = root_scope;
    for (const std::uint32_t leaf : leaves) {
      std::uint32_t node = leaf;
      while (node != root_scope && below[node] < enough) node = tree_.nodes[node].parent;
      if (depths_[node] > depths_[best]) best = node;
    }
    return best;
  }

  std::uint32_t common(std::uint32_t a, std::uint32_t b) const {
    while (a != b) {
      std::uint32_t& deeper = depths_[a] >= depths_[b] ? a : b;
      deeper = tree_.nodes[deeper].parent;
    }
    return a;
  }

  // Layers without a name go with those around them.
  void adopt(std::vector<std::uint32_t>& homes) const {
    std::size_t at = 0;
    while (at < homes.size()) {
      std::size_t end = at;
      while (end < homes.size() && homes[end] == nowhere) ++end;
      if (end == at) {
        ++at;
        continue;
      }
      const std::uint32_t before = at > 0 ? homes[at - 1] : nowhere;
      const std::uint32_t after = end < homes.size() ? homes[end] : nowhere;
      std::uint32_t home = root_scope;
      if (end - at <= most_adopted) {
        home = before != nowhere ? before : after != nowhere ? after : root_scope;
      } else if (before != nowhere && after != nowhere) {
        home = common(before, after);
      }
      std::fill(homes.begin() + static_cast<std::ptrdiff_t>(at),
                homes.begin() + static_cast<std::ptrdiff_t>(end), home);
      at = end;
    }
  }

  const Engine& engine_;
  const ScopeLimits& limits_;
  ScopeTree tree_;
  std::vector<std::uint32_t> depths_;  // by node
  StringPool texts_;
  std::unordered_map<std::uint64_t, std::uint32_t> children_;
};

}  // namespace

ScopeTree name_tree(const Engine& engine, const ScopeLimits& limits) {
  return NameTree(engine, limits).build();
}

}  // namespace trex

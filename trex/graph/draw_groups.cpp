// Which scopes are open and which are one box, so that any engine opens as a handful.

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "trex/graph/draw_parts.hpp"

namespace trex::graph {
namespace {

constexpr std::int32_t no_group = -1;
constexpr std::size_t most_bindings_outside = 16;

class GroupMaker {
 public:
  explicit GroupMaker(const DrawInput& input)
      : input_(input), tree_(input.scopes.scopes), options_(input.options) {}

  Groups make() {
    groups_.of_node.assign(input_.graph.nodes.size(), no_group);
    groups_.box_of_node = groups_.of_node;
    const bool small = input_.graph.nodes.size() <= most_ungrouped_nodes;
    groups_.used = options_.grouping == Grouping::scope ||
                   (options_.grouping == Grouping::automatic && !small);
    if (!groups_.used) return std::move(groups_);
    place_nodes();
    choose();
    find_boxes(groups_);
    return std::move(groups_);
  }

 private:
  // A tensor's node stands with the layer that makes it, an engine input or output outside of all;
  // but where there are many (the caches of a decoder's every layer), with those that use it.
  ScopeId scope_of(const PlanNode& node) const {
    if (node.kind == NodeKind::binding) {
      return bindings_ <= most_bindings_outside ? root_scope : scope_of_users(node);
    }
    if (node.layer != no_row) return input_.scopes.scope_of[node.layer];
    return scope_of_tensor(node.tensor);
  }

  ScopeId scope_of_tensor(Row tensor) const {
    const auto layer = *input_.engine.tensors[tensor::layer][tensor];
    return input_.scopes.scope_of[static_cast<Row>(layer)];
  }

  ScopeId scope_of_users(const PlanNode& node) const {
    const Generation& generation = input_.graph.links.generations[node.generation];
    ScopeId common = scope_of_tensor(node.tensor);
    for (const std::vector<Row>* tensors : {&generation.writers, &generation.readers}) {
      for (const Row t : *tensors) {
        ScopeId other = scope_of_tensor(t);
        while (common != other) {
          ScopeId& deeper = tree_[common].depth >= tree_[other].depth ? common : other;
          deeper = tree_[deeper].parent;
        }
      }
    }
    return common;
  }

  // Only scopes that hold a node of this graph are groups; parents stand before their children.
  void place_nodes() {
    for (const PlanNode& node : input_.graph.nodes) bindings_ += node.kind == NodeKind::binding;
    std::vector<ScopeId> of_node;
    std::vector<std::uint32_t> members(tree_.size(), 0);
    for (const PlanNode& node : input_.graph.nodes) {
      of_node.push_back(scope_of(node));
      for (ScopeId s = of_node.back(); s != root_scope; s = tree_[s].parent) ++members[s];
    }
    group_of_.assign(tree_.size(), no_group);
    for (ScopeId s = 1; s < tree_.size(); ++s) {
      if (members[s] < 2) continue;  // a frame around one box says nothing
      group_of_[s] = static_cast<std::int32_t>(groups_.scopes.size());
      groups_.scopes.push_back(s);
      groups_.parents.push_back(group_of_[tree_[s].parent]);
      groups_.members.push_back(members[s]);
    }
    for (std::size_t n = 0; n < of_node.size(); ++n) {
      ScopeId scope = of_node[n];
      while (scope != root_scope && group_of_[scope] == no_group) scope = tree_[scope].parent;
      groups_.of_node[n] = group_of_[scope];
    }
    groups_.open.assign(groups_.scopes.size(), 0);
  }

  // Boxes that opening a group adds: its own nodes and groups, less the box it was.
  std::vector<std::size_t> items() const {
    std::vector<std::size_t> count(groups_.scopes.size(), 0);
    for (const std::int32_t group : groups_.of_node) {
      if (group != no_group) ++count[static_cast<std::size_t>(group)];
    }
    for (const std::int32_t parent : groups_.parents) {
      if (parent != no_group) ++count[static_cast<std::size_t>(parent)];
    }
    return count;
  }

  void choose() {
    for (std::size_t g = 0; g < groups_.open.size(); ++g) {
      const std::uint32_t depth = tree_[groups_.scopes[g]].depth;
      if (options_.depth) groups_.open[g] = depth < *options_.depth;
    }
    if (!options_.depth) open_what_fits();
    for (const ScopeId scope : options_.open) {
      for (ScopeId s = scope; s != root_scope; s = tree_[s].parent) {
        if (group_of_[s] != no_group) groups_.open[static_cast<std::size_t>(group_of_[s])] = 1;
      }
    }
    for (const ScopeId scope : options_.closed) {
      if (group_of_[scope] != no_group) {
        groups_.open[static_cast<std::size_t>(group_of_[scope])] = 0;
      }
    }
  }

  // Whole levels as long as they fit; then the largest box, if it hides much of the engine.
  void open_what_fits() {
    const std::vector<std::size_t> count = items();
    std::size_t boxes = 0;
    for (const std::int32_t group : groups_.of_node) boxes += group == no_group;
    std::vector<std::size_t> closed;
    for (std::size_t g = 0; g < groups_.open.size(); ++g) {
      if (groups_.parents[g] == no_group) closed.push_back(g);
    }
    boxes += closed.size();
    const auto open = [&](std::size_t g) {
      groups_.open[g] = 1;
      boxes += count[g] - 1;
      closed.erase(std::find(closed.begin(), closed.end(), g));
      for (std::size_t inner = g + 1; inner < groups_.parents.size(); ++inner) {
        if (groups_.parents[inner] == static_cast<std::int32_t>(g)) closed.push_back(inner);
      }
    };
    while (!closed.empty()) {
      const std::vector<std::size_t> level = shallowest(closed);
      std::size_t added = 0;
      for (const std::size_t g : level) added += count[g] - 1;
      if (boxes + added <= boxes_when_grouped) {
        for (const std::size_t g : level) open(g);
        continue;
      }
      const std::size_t largest =
          *std::max_element(closed.begin(), closed.end(), [&](std::size_t a, std::size_t b) {
            return groups_.members[a] != groups_.members[b]
                       ? groups_.members[a] < groups_.members[b]
                       : a > b;
          });
      const bool hides_much = groups_.members[largest] * 3 > input_.graph.nodes.size();
      if (!hides_much || boxes + count[largest] - 1 > boxes_when_grouped) return;
      open(largest);
    }
  }

  std::vector<std::size_t> shallowest(const std::vector<std::size_t>& groups) const {
    const auto depth = [&](std::size_t g) { return tree_[groups_.scopes[g]].depth; };
    std::uint32_t least = UINT32_MAX;
    for (const std::size_t g : groups) least = std::min(least, depth(g));
    std::vector<std::size_t> level;
    for (const std::size_t g : groups) {
      if (depth(g) == least) level.push_back(g);
    }
    return level;
  }

  const DrawInput& input_;
  const std::vector<Scope>& tree_;
  const DrawOptions& options_;
  std::size_t bindings_ = 0;            // nodes of that kind
  std::vector<std::int32_t> group_of_;  // by scope
  Groups groups_;
};

}  // namespace

void find_boxes(Groups& groups) {
  std::vector<std::int32_t> outermost(groups.scopes.size(), no_group);
  for (std::size_t g = 0; g < outermost.size(); ++g) {
    const std::int32_t parent = groups.parents[g];
    const std::int32_t above =
        parent == no_group ? no_group : outermost[static_cast<std::size_t>(parent)];
    outermost[g] = above != no_group || groups.open[g] != 0 ? above : static_cast<int>(g);
  }
  for (std::size_t n = 0; n < groups.of_node.size(); ++n) {
    const std::int32_t group = groups.of_node[n];
    groups.box_of_node[n] =
        group == no_group ? no_group : outermost[static_cast<std::size_t>(group)];
  }
  groups.outermost = std::move(outermost);
}

Groups make_groups(const DrawInput& input) { return GroupMaker(input).make(); }

}  // namespace trex::graph

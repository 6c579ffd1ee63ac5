// The tree of scopes while it is made: names first, then what is too small or too large is mended.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "trex/model/scopes.hpp"

namespace trex {

// A scope or one of a scope's own layers, where it begins in execution order.
struct ScopeItem {
  Row first = no_row;  // its first layer
  bool is_scope = false;
  std::uint32_t id = 0;  // a node, or a row
};

struct ScopeNode {
  std::string name, path;
  std::string stem, number;  // of a numbered scope: "layers.3" is "layers." and "3"
  bool range = false;
  std::uint32_t parent = 0;
  std::vector<std::uint32_t> scopes;
  std::vector<Row> layers;
  Row first = no_row, last = no_row;  // with all below
  std::size_t layer_count = 0;        // with all below
};

// Nodes below a node have higher numbers, but for those that ranges added.
struct ScopeTree {
  std::vector<ScopeNode> nodes;
};

// Every layer that is not hidden in the scope that its ops share.
ScopeTree name_tree(const Engine& engine, const ScopeLimits& limits);
// Empty scopes and those of one layer go, and those that hold but one scope are joined with it.
void simplify(ScopeTree& tree, const ScopeLimits& limits);
// Where a scope has too many items, neighbours are put together.
void add_ranges(const Engine& engine, const ScopeLimits& limits, ScopeTree& tree);
// The items of a node in execution order.
std::vector<ScopeItem> items_of(const ScopeTree& tree, std::uint32_t node);

}  // namespace trex

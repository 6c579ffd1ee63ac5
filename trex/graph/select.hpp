// Parts of a plan graph: what matches, what is around it, what lies between, patterns of layers.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "trex/graph/plan_graph.hpp"

namespace trex::graph {

using NodeSet = std::vector<std::uint8_t>;  // by node: 1 when it is in

// Layers whose name, type, subtype, tactic or Metadata the regular expression (any case) matches a
// part of, and tensors' nodes by their names. Throws Error for a malformed one.
NodeSet matching(const Engine& engine, const PlanGraph& graph, std::string_view regex);
// Layers of that type or subtype, any case.
NodeSet of_type(const Engine& engine, const PlanGraph& graph, std::string_view type);
// The `count` layers that take longest; those without a time are none.
NodeSet slowest(const Engine& engine, const PlanGraph& graph, std::size_t count);

// With what is at most `radius` layers away, up- and downstream each by itself: what feeds a
// neighbour from another side is not in. Tensors' nodes on the way do not count as steps.
NodeSet around(const PlanGraph& graph, const NodeSet& seeds, std::uint32_t radius);

// Everything on a way from one node to the other, along the edges; empty when there is none.
NodeSet between(const PlanGraph& graph, std::uint32_t from, std::uint32_t to);

// Nodes with an edge to another.
NodeSet connected(const PlanGraph& graph);

}  // namespace trex::graph

// The plan graph: an engine's layers, what passes between them, and where it comes from.
//
// A tensor that one layer writes and others read is an edge. Engine inputs and outputs are nodes,
// and so is a region of memory that is written again (one node a generation) or, when asked for,
// every region, the forked ones, or constants. Nodes stand in execution order, so every edge but a
// loop-carried one leads forward.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "trex/model/engine.hpp"
#include "trex/model/regions.hpp"

namespace trex::graph {

enum class NodeKind : std::uint8_t {
  layer,
  region,    // one generation of a tensor's memory
  binding,   // the same, of an engine input or output
  constant,  // a Constant layer, or one of a layer's own constants
};

enum class EdgeKind : std::uint8_t {
  data,   // a tensor
  back,   // a tensor of the loop's turn before: read earlier than it is written
  reuse,  // from one generation of a region to the next: the same memory, written again
  wait,   // no tensor: a TrainStation waits for the layers before it, and those after it wait
  order,  // no tensor is known at all: execution order
};
std::string_view edge_kind_name(EdgeKind kind);  // "data", "back", ...

inline constexpr std::uint32_t no_generation = UINT32_MAX;

struct PlanNode {
  NodeKind kind = NodeKind::layer;
  Row layer = no_row;  // in engine.layers; of a layer's own constant: the layer that reads it
  std::uint32_t generation = no_generation;  // in PlanGraph::links.generations
  Row tensor = no_row;    // in engine.tensors: what to say of a region's shape and format
  bool is_input = false;  // of a binding: nothing in the engine writes it
};

struct PlanEdge {
  std::uint32_t source = 0, target = 0;            // nodes
  std::uint32_t source_port = 0, target_port = 0;  // among a layer's outputs / inputs
  EdgeKind kind = EdgeKind::data;
  // In engine.tensors: the view that is written where a layer writes it, else the one read. Of an
  // edge without a tensor: no_row.
  Row tensor = no_row;
  std::uint32_t generation = no_generation;
};

struct PlanGraph {
  std::vector<PlanNode> nodes;  // in execution order
  std::vector<PlanEdge> edges;  // by target, then its port
  Dependencies links;
  bool order_only = false;  // no layer names a tensor: edges of kind `order` stand in

  // Constant time each, after the graph is made.
  std::uint32_t node_of_layer(Row layer) const { return node_of_layer_[layer]; }
  std::vector<std::uint32_t> node_of_layer_;  // by row; no_generation where it is not a node
};

struct PlanOptions {
  bool regions = false;         // every generation of every region is a node
  bool forked_regions = false;  // those with several readers or writers
  bool constants = false;
  bool hidden_layers = false;  // NoOp, shape_call, signal, wait too
};

// Linear in tensors and edges: a generation with so many writers and readers that its edges would
// be many more than its tensors becomes a node.
PlanGraph plan_graph(const Engine& engine, const PlanOptions& options = {});

// "conv1", "x", "x#2" (the third generation of a region of several).
std::string node_name(const Engine& engine, const PlanGraph& graph, std::uint32_t node);

// The tensor that passes along it, by the name its readers know; "" for none. A layer that stands
// in for a folded NoOp wrote it under another name.
std::string_view edge_name(const Engine& engine, const PlanGraph& graph, const PlanEdge& edge);

// Nodes and edges of `graph` for which keep[node] is set; edges between them.
PlanGraph subgraph(const PlanGraph& graph, const std::vector<std::uint8_t>& keep);

}  // namespace trex::graph

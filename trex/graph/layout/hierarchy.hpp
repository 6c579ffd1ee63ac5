// What is in which level of a nested layout: items, terminals and pieces of edges.
//
// Every group, and the whole, is a level. An edge between two levels is cut where it crosses the
// border of a group: there stands a terminal, one for each tensor, direction and side. None of this
// depends on which groups are open.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "trex/graph/layout/layout.hpp"

namespace trex::graph {

// Nodes, then groups, then terminals, then tags, all in one numbering.
using Item = std::uint32_t;

struct PieceEnd {
  Item item = 0;
  std::uint32_t port = 0;  // of a node, from the left; of a group: the terminal inside it
};

// What a level draws of an edge, from above.
struct EdgePiece {
  PieceEnd from, to;
  std::uint32_t level = 0;
  std::uint32_t tensor = 0;
  std::uint32_t edge = 0;  // the first edge it is a piece of
  bool joint = false;      // the piece in the level that holds both ends: it carries the label
  bool tag = false;        // ends at a tag; drawn only while its other end is drawn as one box
};

struct Terminal {
  std::uint32_t group = 0;
  bool top = false;
};

struct Tag {
  std::uint32_t level = 0;
  std::uint32_t edge = 0;  // the first edge that ends at it: it has its size
};

// The pieces of one edge, in Hierarchy::edge_pieces: [first, joint) from the source's level
// outwards, `joint`, then [joint + 1, last) inwards to the target's.
// Of a stub: [first, joint) are the source's tags and [joint, last) the target's.
struct EdgePath {
  std::uint32_t first = 0, joint = 0, last = 0;
};

struct Hierarchy {
  Hierarchy(const LayoutGraph& graph, const LayoutOptions& options);

  std::uint32_t node_count, group_count;
  std::uint32_t root() const { return group_count; }  // the level of the whole
  bool is_node(Item item) const { return item < node_count; }
  bool is_group(Item item) const { return item >= node_count && item < node_count + group_count; }
  Item group_item(std::uint32_t group) const { return node_count + group; }
  Item first_terminal() const { return node_count + group_count; }
  Item first_tag() const { return first_terminal() + static_cast<Item>(terminals.size()); }

  std::vector<std::uint32_t> parent;               // by group: the level around it
  std::vector<std::uint32_t> inside_out;           // groups, inner ones first, then the root
  std::vector<std::vector<Item>> items;            // by level, in order of execution, nodes, groups
  std::vector<std::uint32_t> key;                  // by node and group: place in execution order
  std::vector<std::vector<std::uint32_t>> pieces;  // by level
  std::vector<EdgePiece> all_pieces;
  std::vector<Terminal> terminals;
  std::vector<Tag> tags;
  std::vector<bool> back, stub;  // by edge
  std::vector<EdgePath> paths;   // by edge
  std::vector<std::uint32_t> edge_pieces;
};

// Which edges are drawn as stubs: see hubs.cpp.
std::vector<bool> find_stubs(const LayoutGraph& graph, const LayoutOptions& options);

}  // namespace trex::graph

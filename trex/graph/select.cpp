// Searches over nodes and edges, each linear.

// SPDX-License-Identifier: Apache-2.0
#include "trex/graph/select.hpp"

#include <algorithm>
#include <cmath>
#include <deque>

#include "trex/base/regex.hpp"
#include "trex/base/text.hpp"
#include "trex/graph/plan_links.hpp"

namespace trex::graph {
namespace {

bool is_layer(const PlanGraph& graph, std::uint32_t node) {
  return graph.nodes[node].kind == NodeKind::layer;
}

template <class Keep>
NodeSet layers_that(const PlanGraph& graph, Keep keep) {
  NodeSet set(graph.nodes.size(), 0);
  for (std::uint32_t n = 0; n < graph.nodes.size(); ++n) {
    set[n] = is_layer(graph, n) && keep(graph.nodes[n].layer);
  }
  return set;
}

// Steps to each node: entering a layer costs one. Past `radius`: unreached.
void spread(const PlanGraph& graph, const PlanLinks& links, const NodeSet& seeds,
            std::uint32_t radius, NodeSet& reached) {
  constexpr std::uint32_t unreached = UINT32_MAX;
  std::vector<std::uint32_t> steps(graph.nodes.size(), unreached);
  std::deque<std::uint32_t> open;
  for (std::uint32_t n = 0; n < seeds.size(); ++n) {
    if (seeds[n] == 0) continue;
    steps[n] = 0;
    open.push_back(n);
  }
  while (!open.empty()) {
    const std::uint32_t node = open.front();
    open.pop_front();
    reached[node] = 1;
    if (steps[node] >= radius) continue;
    for (const std::uint32_t next : links.of(node)) {
      const bool step = is_layer(graph, next);
      const std::uint32_t after = steps[node] + (step ? 1 : 0);
      if (after >= steps[next]) continue;
      steps[next] = after;
      if (step) {
        open.push_back(next);
      } else {
        open.push_front(next);
      }
    }
  }
}

}  // namespace

NodeSet matching(const Engine& engine, const PlanGraph& graph, std::string_view pattern) {
  const Regex regex(pattern, true);
  const Table& layers = engine.layers;
  const auto matches = [&](Row row) {
    for (const auto& key :
         {layer::name, layer::type, layer::subtype, layer::tactic, layer::metadata}) {
      if (regex.matches_part_of(layers[key][row])) return true;
    }
    return false;
  };
  NodeSet set = layers_that(graph, matches);
  for (std::uint32_t n = 0; n < graph.nodes.size(); ++n) {
    if (!is_layer(graph, n)) set[n] = regex.matches_part_of(node_name(engine, graph, n));
  }
  return set;
}

NodeSet of_type(const Engine& engine, const PlanGraph& graph, std::string_view type) {
  const View<std::string_view> types = engine.layers[layer::type];
  const View<std::string_view> subtypes = engine.layers[layer::subtype];
  return layers_that(graph, [&](Row row) {
    return equals_ignoring_case(types[row], type) || equals_ignoring_case(subtypes[row], type);
  });
}

NodeSet slowest(const Engine& engine, const PlanGraph& graph, std::size_t count) {
  NodeSet set(graph.nodes.size(), 0);
  if (!engine.layers.has(layer::time_ms)) return set;
  const View<double> time = engine.layers[layer::time_ms];
  std::vector<std::uint32_t> nodes;
  for (std::uint32_t n = 0; n < graph.nodes.size(); ++n) {
    if (is_layer(graph, n) && time[graph.nodes[n].layer]) nodes.push_back(n);
  }
  std::stable_sort(nodes.begin(), nodes.end(), [&](std::uint32_t a, std::uint32_t b) {
    return *time[graph.nodes[a].layer] > *time[graph.nodes[b].layer];
  });
  if (nodes.size() > count) nodes.resize(count);
  for (const std::uint32_t n : nodes) set[n] = 1;
  return set;
}

NodeSet around(const PlanGraph& graph, const NodeSet& seeds, std::uint32_t radius) {
  NodeSet reached(graph.nodes.size(), 0);
  spread(graph, PlanLinks(graph, Walk::forward), seeds, radius, reached);
  spread(graph, PlanLinks(graph, Walk::backward), seeds, radius, reached);
  return reached;
}

NodeSet between(const PlanGraph& graph, std::uint32_t from, std::uint32_t to) {
  NodeSet start(graph.nodes.size(), 0), end = start, after = start, before = start;
  start[from] = 1;
  end[to] = 1;
  spread(graph, PlanLinks(graph, Walk::forward), start, UINT32_MAX - 1, after);
  spread(graph, PlanLinks(graph, Walk::backward), end, UINT32_MAX - 1, before);
  for (std::size_t n = 0; n < after.size(); ++n) after[n] = after[n] & before[n];
  return after;
}

NodeSet connected(const PlanGraph& graph) {
  NodeSet set(graph.nodes.size(), 0);
  for (const PlanEdge& edge : graph.edges) {
    if (edge.source == edge.target) continue;
    set[edge.source] = 1;
    set[edge.target] = 1;
  }
  return set;
}

}  // namespace trex::graph

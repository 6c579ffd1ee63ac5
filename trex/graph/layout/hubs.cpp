// Which edges are drawn as stubs, a short line and a tag at either end?
//
// Only those of a hub, a tensor with many readers (LayoutOptions::hub_readers), and of these only
// the ones whose line would be long and run through what stands between: the reader is at least
// `far` steps of the longest path away, and other tensors are live where the line would go in to
// the reader. A mask or a rotary table that feeds every block is such a hub; the lines of a plain
// fan-out stay lines.

// SPDX-License-Identifier: Apache-2.0

#include <algorithm>

#include "trex/graph/layout/hierarchy.hpp"

namespace trex::graph {
namespace {

constexpr std::int32_t far = 4;   // ranks
constexpr std::int64_t busy = 2;  // other tensors live beside the reader

struct Reading {
  std::uint32_t tensor, target, edge;
};

// Readers of each tensor: edges sorted by tensor and reader.
std::vector<Reading> readings(const LayoutGraph& graph) {
  std::vector<Reading> result;
  for (std::uint32_t e = 0; e < graph.edges.size(); ++e) {
    result.push_back({graph.edges[e].tensor, graph.edges[e].target, e});
  }
  std::stable_sort(result.begin(), result.end(), [](const Reading& a, const Reading& b) {
    return a.tensor != b.tensor ? a.tensor < b.tensor : a.target < b.target;
  });
  return result;
}

std::vector<std::int32_t> longest_path(const LayoutGraph& graph) {
  std::vector<std::uint32_t> by_source(graph.edges.size());
  for (std::uint32_t e = 0; e < by_source.size(); ++e) by_source[e] = e;
  std::stable_sort(by_source.begin(), by_source.end(), [&](std::uint32_t a, std::uint32_t b) {
    return graph.edges[a].source < graph.edges[b].source;
  });
  std::vector<std::int32_t> rank(graph.nodes.size(), 0);
  for (const std::uint32_t e : by_source) {
    const LayoutEdge& edge = graph.edges[e];
    if (edge.source >= edge.target) continue;
    rank[edge.target] = std::max(rank[edge.target], rank[edge.source] + 1);
  }
  return rank;
}

}  // namespace

std::vector<bool> find_stubs(const LayoutGraph& graph, const LayoutOptions& options) {
  std::vector<bool> stub(graph.edges.size(), false);
  if (options.hub_readers == 0 || graph.edges.size() < options.hub_readers) return stub;
  const std::vector<Reading> sorted = readings(graph);
  const std::vector<std::int32_t> rank = longest_path(graph);

  // Tensors live after each rank; hubs are added up apart.
  std::vector<std::int64_t> change(graph.nodes.size() + 1, 0);
  std::vector<std::pair<std::size_t, std::size_t>> hubs;
  for (std::size_t first = 0, last = 0; first < sorted.size(); first = last) {
    std::uint32_t readers = 0;
    std::int32_t begin = INT32_MAX, end = 0;
    for (; last < sorted.size() && sorted[last].tensor == sorted[first].tensor; ++last) {
      const LayoutEdge& edge = graph.edges[sorted[last].edge];
      if (last == first || sorted[last].target != sorted[last - 1].target) ++readers;
      begin = std::min(begin, rank[edge.source]);
      end = std::max(end, rank[edge.target]);
    }
    if (readers >= options.hub_readers) {
      hubs.emplace_back(first, last);
    } else if (begin < end) {
      ++change[static_cast<std::size_t>(begin)];
      --change[static_cast<std::size_t>(end)];
    }
  }
  std::vector<std::int64_t> live(change.size(), 0);
  for (std::size_t r = 0; r < change.size(); ++r) live[r] = (r > 0 ? live[r - 1] : 0) + change[r];

  for (const auto& [first, last] : hubs) {
    for (std::size_t i = first; i < last; ++i) {
      const LayoutEdge& edge = graph.edges[sorted[i].edge];
      const std::int32_t at = rank[edge.target];
      if (edge.source < edge.target && at - rank[edge.source] >= far &&
          live[static_cast<std::size_t>(at) - 1] >= busy) {
        stub[sorted[i].edge] = true;
      }
    }
  }
  return stub;
}

}  // namespace trex::graph

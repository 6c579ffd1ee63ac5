// Waits at TrainStations: last layer of each stream before, first layer of each stream after.

// SPDX-License-Identifier: Apache-2.0
#include "trex/graph/train_stations.hpp"

#include <map>

#include "trex/base/text.hpp"

namespace trex::graph {
namespace {

using OfStream = std::map<std::int64_t, std::uint32_t>;  // stream: node

PlanEdge wait_edge(std::uint32_t source, std::uint32_t target) {
  return {source, target, 0, 0, EdgeKind::wait, no_row, no_generation};
}

}  // namespace

std::vector<PlanEdge> train_station_edges(const Engine& engine, const PlanGraph& graph) {
  const View<std::string_view> type = engine.layers[layer::type];
  const View<std::int64_t> stream = engine.layers[layer::stream];
  std::vector<PlanEdge> edges;
  OfStream last;     // since the station before
  OfStream started;  // streams that have a layer after the station
  std::uint32_t station = no_generation;
  for (Row row = 0; row < engine.layer_count(); ++row) {
    const std::uint32_t node = graph.node_of_layer(row);
    if (node == no_generation) continue;
    if (equals_ignoring_case(type[row], "TrainStation")) {
      for (const auto& [_, before] : last) edges.push_back(wait_edge(before, node));
      if (last.empty() && station != no_generation) edges.push_back(wait_edge(station, node));
      last.clear();
      started.clear();
      station = node;
      continue;
    }
    const std::int64_t of = stream[row].value_or(0);
    last[of] = node;
    if (station != no_generation && started.try_emplace(of, node).second) {
      edges.push_back(wait_edge(station, node));
    }
  }
  return edges;
}

}  // namespace trex::graph

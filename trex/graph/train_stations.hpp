// The waits that TrainStation layers stand for.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "trex/graph/plan_graph.hpp"

namespace trex::graph {

// A TrainStation is a point that CUDA streams meet at; it names no tensors. So it waits for the
// last layer of each stream since the station before it, and the first layer of each stream after
// it waits for it. Without StreamIds there is one stream. `graph` has its nodes already.
std::vector<PlanEdge> train_station_edges(const Engine& engine, const PlanGraph& graph);

}  // namespace trex::graph

// Layers and regions to nodes, generations to edges.

// SPDX-License-Identifier: Apache-2.0
#include "trex/graph/plan_graph.hpp"

#include <algorithm>

#include "trex/base/text.hpp"
#include "trex/graph/train_stations.hpp"

namespace trex::graph {
namespace {

// Past so many edges a tensor a generation is a node: a hub, linear in its tensors.
constexpr std::size_t most_edges_per_tensor = 64;

bool is_type(const Engine& engine, Row layer, std::string_view type) {
  return equals_ignoring_case(engine.layers[layer::type][layer], type) ||
         equals_ignoring_case(engine.layers[layer::subtype][layer], type);
}

class Maker {
 public:
  Maker(const Engine& engine, const PlanOptions& options)
      : engine_(engine),
        options_(options),
        layer_(engine.tensors[tensor::layer]),
        port_(engine.tensors[tensor::port]),
        binding_(engine.regions[region::binding]) {
    graph_.links = dependencies(engine, !options.hidden_layers);
  }

  PlanGraph make() {
    choose_layers();
    choose_generations();
    place_nodes();
    for (std::uint32_t g = 0; g < generations().size(); ++g) add_generation_edges(g);
    add_reuse_edges();
    for (const PlanEdge& edge : train_station_edges(engine_, graph_)) graph_.edges.push_back(edge);
    if (graph_.edges.empty() && engine_.tensors.row_count() == 0) add_order_edges();
    std::stable_sort(graph_.edges.begin(), graph_.edges.end(), before);
    return std::move(graph_);
  }

 private:
  const std::vector<Generation>& generations() const { return graph_.links.generations; }
  Row layer_of(Row tensor) const { return static_cast<Row>(*layer_[tensor]); }

  static bool before(const PlanEdge& a, const PlanEdge& b) {
    if (a.target != b.target) return a.target < b.target;
    if (a.target_port != b.target_port) return a.target_port < b.target_port;
    return a.source < b.source;
  }

  void choose_layers() {
    const View<bool> hidden = engine_.layers[layer::hidden];
    shown_.resize(engine_.layer_count());
    for (Row row = 0; row < engine_.layer_count(); ++row) {
      const bool constant = is_type(engine_, row, "Constant");
      shown_[row] = constant ? options_.constants : options_.hidden_layers || !hidden.is_true(row);
    }
  }

  std::size_t count_shown(const std::vector<Row>& tensors) const {
    return static_cast<std::size_t>(std::count_if(tensors.begin(), tensors.end(),
                                                  [&](Row t) { return shown_[layer_of(t)] != 0; }));
  }

  bool is_again(std::uint32_t g) const {  // one of several generations of its region
    const auto& all = generations();
    const bool after = g > 0 && all[g - 1].region == all[g].region;
    const bool more = g + 1 < all.size() && all[g + 1].region == all[g].region;
    return after || more;
  }

  void choose_generations() {
    is_node_.resize(generations().size());
    for (std::uint32_t g = 0; g < generations().size(); ++g) {
      const Generation& generation = generations()[g];
      const std::size_t writers = count_shown(generation.writers);
      const std::size_t readers = count_shown(generation.readers);
      if (writers + readers == 0) continue;
      // Nothing but constants that are not drawn wrote it.
      if (writers == 0 && !generation.writers.empty() && !options_.constants) continue;
      const bool forked = writers > 1 || readers > 1;
      const bool is_hub = writers * readers > most_edges_per_tensor * (writers + readers);
      is_node_[g] = binding_.is_true(generation.region) || is_again(g) || options_.regions ||
                    (options_.forked_regions && forked) || is_hub;
    }
  }

  struct Placed {
    std::int64_t row;
    int turn;  // 0: before the layer of that row, 1: the layer, 2: after it
    PlanNode node;
  };

  Placed placed_generation(std::uint32_t g) const {
    const Generation& generation = generations()[g];
    const bool written = !generation.writers.empty();
    const Row tensor = written ? generation.writers.back() : generation.readers.front();
    const bool user = binding_.is_true(generation.region);
    PlanNode node{.kind = user ? NodeKind::binding : NodeKind::region,
                  .generation = g,
                  .tensor = tensor,
                  .is_input = user && !written};
    return {layer_of(tensor), written ? 2 : 0, node};
  }

  void place_nodes() {
    std::vector<Placed> placed;
    for (Row row = 0; row < engine_.layer_count(); ++row) {
      if (shown_[row] == 0) continue;
      const bool constant = is_type(engine_, row, "Constant");
      placed.push_back(
          {row, 1, {.kind = constant ? NodeKind::constant : NodeKind::layer, .layer = row}});
      if (!options_.constants) continue;
      for (const Row t : engine_.constants(row)) {
        placed.push_back({row, 0, {.kind = NodeKind::constant, .layer = row, .tensor = t}});
      }
    }
    for (std::uint32_t g = 0; g < generations().size(); ++g) {
      if (is_node_[g] != 0) placed.push_back(placed_generation(g));
    }
    std::stable_sort(placed.begin(), placed.end(), [](const Placed& a, const Placed& b) {
      return a.row != b.row ? a.row < b.row : a.turn < b.turn;
    });
    graph_.node_of_layer_.assign(engine_.layer_count(), no_generation);
    node_of_generation_.assign(generations().size(), no_generation);
    for (const Placed& p : placed) add_node(p.node);
  }

  void add_node(const PlanNode& node) {
    const auto number = static_cast<std::uint32_t>(graph_.nodes.size());
    if (node.generation != no_generation) node_of_generation_[node.generation] = number;
    const bool own_constant = node.kind == NodeKind::constant && node.tensor != no_row;
    if (node.layer != no_row && !own_constant) graph_.node_of_layer_[node.layer] = number;
    if (own_constant) constants_.push_back(number);
    graph_.nodes.push_back(node);
  }

  std::uint32_t port_of(Row tensor) const {
    return static_cast<std::uint32_t>(std::max<std::int64_t>(port_[tensor].value_or(0), 0));
  }
  std::uint32_t node_of_tensor(Row tensor) const { return graph_.node_of_layer_[layer_of(tensor)]; }

  void link(Row writer, Row reader, std::uint32_t g, EdgeKind kind) {
    const std::uint32_t source = node_of_tensor(writer), target = node_of_tensor(reader);
    if (source == no_generation || target == no_generation) return;
    graph_.edges.push_back({source, target, port_of(writer), port_of(reader), kind, writer, g});
  }

  void add_generation_edges(std::uint32_t g) {
    const Generation& generation = generations()[g];
    const std::uint32_t node = node_of_generation_[g];
    if (node == no_generation) {
      for (const Row reader : generation.readers) {
        for (const Row writer : generation.writers) link(writer, reader, g, EdgeKind::data);
        for (const Row writer : generation.back_writers) link(writer, reader, g, EdgeKind::back);
      }
      return;
    }
    for (const Row writer : generation.writers) {
      const std::uint32_t source = node_of_tensor(writer);
      if (source == no_generation) continue;
      graph_.edges.push_back({source, node, port_of(writer), 0, EdgeKind::data, writer, g});
    }
    for (const Row writer : generation.back_writers) {
      const std::uint32_t source = node_of_tensor(writer);
      if (source == no_generation) continue;
      graph_.edges.push_back({source, node, port_of(writer), 0, EdgeKind::back, writer, g});
    }
    for (const Row reader : generation.readers) {
      const std::uint32_t target = node_of_tensor(reader);
      if (target == no_generation) continue;
      graph_.edges.push_back({node, target, 0, port_of(reader), EdgeKind::data, reader, g});
    }
  }

  void add_reuse_edges() {
    for (std::uint32_t g = 1; g < generations().size(); ++g) {
      const bool same = generations()[g].region == generations()[g - 1].region;
      const std::uint32_t source = node_of_generation_[g - 1], target = node_of_generation_[g];
      if (!same || source == no_generation || target == no_generation) continue;
      graph_.edges.push_back(
          {source, target, 0, 0, EdgeKind::reuse, graph_.nodes[target].tensor, g});
    }
    for (const std::uint32_t constant : constants_) {
      const PlanNode& node = graph_.nodes[constant];
      graph_.edges.push_back({constant, graph_.node_of_layer_[node.layer], 0, port_of(node.tensor),
                              EdgeKind::data, node.tensor, no_generation});
    }
  }

  void add_order_edges() {
    graph_.order_only = graph_.nodes.size() > 1;
    for (std::uint32_t node = 1; node < graph_.nodes.size(); ++node) {
      graph_.edges.push_back({node - 1, node, 0, 0, EdgeKind::order, no_row, no_generation});
    }
  }

  const Engine& engine_;
  const PlanOptions& options_;
  View<std::int64_t> layer_, port_;
  View<bool> binding_;
  PlanGraph graph_;
  std::vector<std::uint8_t> shown_;    // by layer
  std::vector<std::uint8_t> is_node_;  // by generation
  std::vector<std::uint32_t> node_of_generation_;
  std::vector<std::uint32_t> constants_;  // nodes that are layers' own constants
};

}  // namespace

PlanGraph plan_graph(const Engine& engine, const PlanOptions& options) {
  return Maker(engine, options).make();
}

std::string_view edge_kind_name(EdgeKind kind) {
  switch (kind) {
    case EdgeKind::data:
      return "data";
    case EdgeKind::back:
      return "back";
    case EdgeKind::reuse:
      return "reuse";
    case EdgeKind::wait:
      return "wait";
    case EdgeKind::order:
      break;
  }
  return "order";
}

std::string node_name(const Engine& engine, const PlanGraph& graph, std::uint32_t node) {
  const PlanNode& n = graph.nodes[node];
  if (n.kind == NodeKind::constant && n.tensor != no_row) {
    return std::string(engine.tensors[tensor::name][n.tensor]);
  }
  if (n.generation == no_generation) return std::string(engine.layers[layer::name][n.layer]);
  const std::vector<Generation>& all = graph.links.generations;
  const Generation& generation = all[n.generation];
  std::string name(engine.regions[region::name][generation.region]);
  const bool more =
      n.generation + 1 < all.size() && all[n.generation + 1].region == generation.region;
  if (generation.number > 0 || more) name += "#" + std::to_string(generation.number);
  return name;
}

std::string_view edge_name(const Engine& engine, const PlanGraph& graph, const PlanEdge& edge) {
  if (edge.tensor == no_row) return {};
  if (edge.generation == no_generation) return engine.tensors[tensor::name][edge.tensor];
  return engine.regions[region::name][graph.links.generations[edge.generation].region];
}

PlanGraph subgraph(const PlanGraph& graph, const std::vector<std::uint8_t>& keep) {
  PlanGraph result;
  result.links = graph.links;
  result.order_only = graph.order_only;
  std::vector<std::uint32_t> place(graph.nodes.size(), no_generation);
  for (std::uint32_t node = 0; node < graph.nodes.size(); ++node) {
    if (keep[node] == 0) continue;
    place[node] = static_cast<std::uint32_t>(result.nodes.size());
    result.nodes.push_back(graph.nodes[node]);
  }
  for (PlanEdge edge : graph.edges) {
    edge.source = place[edge.source];
    edge.target = place[edge.target];
    if (edge.source != no_generation && edge.target != no_generation) result.edges.push_back(edge);
  }
  result.node_of_layer_ = graph.node_of_layer_;
  for (std::uint32_t& node : result.node_of_layer_) {
    if (node != no_generation) node = place[node];
  }
  return result;
}

}  // namespace trex::graph

// SPDX-License-Identifier: Apache-2.0
#include "trex/graph/plan_graph.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/engine_text.hpp"
#include "tests/support/golden.hpp"
#include "trex/base/text.hpp"

namespace trex::graph {
namespace {

using Texts = std::vector<std::string>;

// "a:0 -> b:1 x" for each edge, with its kind where it is not data.
Texts edges_of(const Engine& engine, const PlanGraph& graph) {
  Texts result;
  for (const PlanEdge& e : graph.edges) {
    std::string text = node_name(engine, graph, e.source) + ":" + std::to_string(e.source_port) +
                       " -> " + node_name(engine, graph, e.target) + ":" +
                       std::to_string(e.target_port);
    if (e.tensor != no_row) text += " " + std::string(edge_name(engine, graph, e));
    if (e.kind != EdgeKind::data) text += " (" + std::string(edge_kind_name(e.kind)) + ")";
    result.push_back(text);
  }
  return result;
}

Texts nodes_of(const Engine& engine, const PlanGraph& graph) {
  Texts result;
  for (std::uint32_t n = 0; n < graph.nodes.size(); ++n) {
    result.push_back(node_name(engine, graph, n));
  }
  return result;
}

struct Case {
  const char* what;
  const char* engine;
  PlanOptions options;
  Texts nodes, edges;
};

const Case cases[] = {
    {"tensors are edges, bindings are nodes",
     "a Relu x -> y\nb Relu y -> z\nbindings x z\n",
     {},
     {"x", "a", "b", "z"},
     {"x:0 -> a:0 x", "a:0 -> b:0 y", "b:0 -> z:0 z"}},
    {"ports are places among inputs and outputs",
     "a Split x -> y z\nb Add z y -> w\n",
     {},
     {"a", "b"},
     {"a:1 -> b:0 z", "a:0 -> b:1 y"}},
    {"regions: every tensor is a node",
     "a Relu x -> y\nb Relu y -> z\n",
     {.regions = true},
     {"x", "a", "y", "b", "z"},
     {"x:0 -> a:0 x", "a:0 -> y:0 y", "y:0 -> b:0 y", "b:0 -> z:0 z"}},
    {"forked: those with several readers",
     "a Relu x -> y\nb Relu y -> z\nc Relu y -> w\n",
     {.forked_regions = true},
     {"a", "y", "b", "c"},
     {"a:0 -> y:0 y", "y:0 -> b:0 y", "y:0 -> c:0 y"}},
    {"a region written again is a node a generation, linked to the one before",
     "a Relu x -> s\nb Relu s -> y\nc Relu y -> s\nd Relu s -> z\n",
     {},
     {"a", "s#0", "b", "c", "s#1", "d"},
     {"a:0 -> s#0:0 s", "s#0:0 -> b:0 s", "b:0 -> c:0 y", "s#0:0 -> s#1:0 s (reuse)",
      "c:0 -> s#1:0 s", "s#1:0 -> d:0 s"}},
    {"NoOps are folded",
     "a Relu x -> y\nn NoOp y -> z\nb Relu z -> w\n",
     {},
     {"a", "b"},
     {"a:0 -> b:0 y"}},
    {"with all layers they are not",
     "a Relu x -> y\nn NoOp y -> z\nb Relu z -> w\n",
     {.hidden_layers = true},
     {"a", "n", "b"},
     {"a:0 -> n:0 y", "n:0 -> b:0 z"}},
    {"constants are left out",
     "k Constant -> c\na Add x c -> y\nb Relu y -> z\n",
     {},
     {"a", "b"},
     {"a:0 -> b:0 y"}},
    {"constants as nodes: Constant layers, and layers' own",
     "k Constant -> c\na Add x c -> y constant=w:Half[64]\n",
     {.constants = true},
     {"k", "w", "a"},
     {"w:0 -> a:0 w", "k:0 -> a:1 c"}},
    {"a loop: what is read before it is written comes back",
     "a Add s x -> y\nb Relu y -> s\n",
     {},
     {"s#0", "a", "b", "s#1"},
     {"b:0 -> s#0:0 s (back)", "s#0:0 -> a:0 s", "a:0 -> b:0 y", "s#0:0 -> s#1:0 s (reuse)",
      "b:0 -> s#1:0 s"}},
    {"concat by region: several writers",
     "a Relu x -> s\nb Relu x -> s\nc Relu s -> y\n",
     {},
     {"a", "b", "c"},
     {"a:0 -> c:0 s", "b:0 -> c:0 s"}},
    {"a TrainStation waits for each stream, and each waits for it",
     "a Relu x -> y stream=0\nb Relu x -> z stream=1\nt TrainStation\n"
     "c Relu y -> w stream=1\nd Relu z -> v stream=1\n",
     {},
     {"a", "b", "t", "c", "d"},
     {"a:0 -> t:0 (wait)", "b:0 -> t:0 (wait)", "a:0 -> c:0 y", "t:0 -> c:0 (wait)",
      "b:0 -> d:0 z"}},
};

TEST(PlanGraph, NodesAndEdges) {
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    const Engine engine = engine_text(c.engine);
    const PlanGraph graph = plan_graph(engine, c.options);
    EXPECT_EQ(nodes_of(engine, graph), c.nodes);
    EXPECT_EQ(edges_of(engine, graph), c.edges);
  }
}

TEST(PlanGraph, WithoutTensorsExecutionOrderStandsIn) {
  const Engine engine = engine_text("a Relu\nb Relu\nc Relu\n");
  const PlanGraph graph = plan_graph(engine);
  EXPECT_TRUE(graph.order_only);
  EXPECT_EQ(edges_of(engine, graph), (Texts{"a:0 -> b:0 (order)", "b:0 -> c:0 (order)"}));
}

TEST(PlanGraph, ManyWritersAndReadersCostTheirSum) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "w" + std::to_string(i) + " Relu x -> s\n";
  for (int i = 0; i < 1000; ++i)
    text += "r" + std::to_string(i) + " Relu s -> y" + std::to_string(i) + "\n";
  const Engine engine = engine_text(text);
  EXPECT_EQ(plan_graph(engine).edges.size(), 2000u);  // not a million
}

TEST(PlanGraph, EdgesLeadForwardButForLoops) {
  const Engine engine = engine_text("a Add s x -> y\nb Relu y -> s\nc Relu s -> s\n");
  for (const bool regions : {false, true}) {
    const PlanGraph graph = plan_graph(engine, {.regions = regions});
    for (const PlanEdge& e : graph.edges) {
      if (e.kind != EdgeKind::back) {
        EXPECT_LT(e.source, e.target);
      } else {
        EXPECT_GE(e.source, e.target);
      }
    }
  }
}

TEST(PlanGraph, SubgraphKeepsWhatIsBetweenItsNodes) {
  const Engine engine = engine_text("a Relu x -> y\nb Relu y -> z\nc Relu z -> w\n");
  const PlanGraph part = subgraph(plan_graph(engine), {0, 1, 1});
  EXPECT_EQ(nodes_of(engine, part), (Texts{"b", "c"}));
  EXPECT_EQ(edges_of(engine, part), (Texts{"b:0 -> c:0 z"}));
  EXPECT_EQ(part.node_of_layer(0), no_generation);
  EXPECT_EQ(part.node_of_layer(2), 1u);
}

// TREx 0.2.1's own graphs, edge by edge. Its regions are "410.0" (name and generation) where ours
// are "410" (and "410#1" from the second generation on); bindings are plain in both.
class PlanGolden : public test::GoldenTest {};
INSTANTIATE_TEST_SUITE_P(MobileNets, PlanGolden, ::testing::Values(0, 1));

std::string without_generation(const std::string& name) {
  return ends_with(name, ".0") ? name.substr(0, name.size() - 2) : name;
}

Texts golden_edges(const Json& graph) {
  Texts result;
  for (const Json& edge : test::rows_of(graph, "edges")) {
    const Json::Array& e = *edge.array();  // source, its port, target, its port, tensor, generation
    result.push_back(without_generation(*e.at(0).text()) + " -> " +
                     without_generation(*e.at(2).text()) + " " + *e.at(4).text());
  }
  std::sort(result.begin(), result.end());
  return result;
}

Texts our_edges(const Engine& engine, const PlanGraph& graph) {
  Texts result;
  for (const PlanEdge& e : graph.edges) {
    result.push_back(node_name(engine, graph, e.source) + " -> " +
                     node_name(engine, graph, e.target) + " " +
                     std::string(edge_name(engine, graph, e)));
  }
  std::sort(result.begin(), result.end());
  return result;
}

TEST_P(PlanGolden, SameNodesAndEdgesAsTrex) {
  struct Option {
    const char* golden;
    PlanOptions options;
  };
  const Option options[] = {
      {"default", {}},
      {"regions", {.regions = true}},
      {"forking", {.forked_regions = true}},
      {"regions_constants", {.regions = true, .constants = true}},
  };
  for (const Option& o : options) {
    SCOPED_TRACE(o.golden);
    const Json& expected = test::at(test::at(trex(), "plan_graph"), o.golden);
    const PlanGraph graph = plan_graph(engine(), o.options);
    const auto layers = std::count_if(graph.nodes.begin(), graph.nodes.end(),
                                      [](const auto& n) { return n.kind == NodeKind::layer; });
    EXPECT_EQ(layers, test::integer_at(expected, "layer_nodes"));
    EXPECT_EQ(graph.nodes.size() - static_cast<std::size_t>(layers),
              test::rows_of(expected, "memory_nodes").size());
    EXPECT_EQ(our_edges(engine(), graph), golden_edges(expected));
  }
}

}  // namespace
}  // namespace trex::graph

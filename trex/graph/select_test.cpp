// SPDX-License-Identifier: Apache-2.0
#include "trex/graph/select.hpp"

#include <gtest/gtest.h>

#include "tests/support/engine_text.hpp"
#include "trex/base/error.hpp"
#include "trex/base/text.hpp"
#include "trex/graph/op_pattern.hpp"

namespace trex::graph {
namespace {

// x -> a -> b -> c -> d -> out, with a second branch a -> e -> d and a third reader f of b.
const char* const network =
    "a Convolution x -> 1 @4 meta=\"[ONNX Layer: /stem/Conv]\"\n"
    "b Reformat 1 -> 2 @1\n"
    "c Pooling 2 -> 3 @2\n"
    "e Convolution 1 -> 5 @3\n"
    "d PointWise 3 5 -> 4 subtype=PointWiseV2\n"
    "\"PWN(f, g)\" Reformat 2 -> 6\n"
    "bindings x 4\n";

std::string names(const Engine& engine, const PlanGraph& graph, const NodeSet& set) {
  std::vector<std::string> result;
  for (std::uint32_t n = 0; n < set.size(); ++n) {
    if (set[n] != 0) result.push_back(node_name(engine, graph, n));
  }
  return join(result, " ");
}

class Select : public ::testing::Test {
 protected:
  std::string said(const NodeSet& set) const { return names(engine, graph, set); }
  std::uint32_t node(std::string_view name) const {
    return graph.node_of_layer(*find_layer(engine, name));
  }
  NodeSet only(std::string_view name) const {
    NodeSet set(graph.nodes.size(), 0);
    set[node(name)] = 1;
    return set;
  }
  Engine engine = engine_text(network);
  PlanGraph graph = plan_graph(engine);
};

TEST_F(Select, Matching) {
  EXPECT_EQ(said(matching(engine, graph, "^reformat$")), "b PWN(f, g)");  // type, any case
  EXPECT_EQ(said(matching(engine, graph, "stem/conv")), "a");             // Metadata
  EXPECT_EQ(said(matching(engine, graph, "^x$")), "x");                   // a tensor's node
  EXPECT_EQ(said(matching(engine, graph, R"(PWN\()")), "PWN(f, g)");
  EXPECT_EQ(said(matching(engine, graph, "nothing")), "");
  EXPECT_THROW(matching(engine, graph, "("), Error);
}

TEST_F(Select, TypesAndTimes) {
  EXPECT_EQ(said(of_type(engine, graph, "convolution")), "a e");
  EXPECT_EQ(said(of_type(engine, graph, "PointWiseV2")), "d");  // the subtype
  EXPECT_EQ(said(slowest(engine, graph, 2)), "a e");
  EXPECT_EQ(said(slowest(engine, graph, 100)), "a b c e");  // the others' times are not known
}

TEST_F(Select, AroundGoesUpAndDownEachByItself) {
  EXPECT_EQ(said(around(graph, only("b"), 0)), "b");
  EXPECT_EQ(said(around(graph, only("b"), 1)), "a b c PWN(f, g)");
  // Two down: d, but not e, which feeds d from the side. The input's node is no step.
  EXPECT_EQ(said(around(graph, only("b"), 2)), "x a b c d PWN(f, g)");
  EXPECT_EQ(said(around(graph, only("c"), 4000000000U)), "x a b c d 4");
}

TEST_F(Select, Between) {
  EXPECT_EQ(said(between(graph, node("a"), node("d"))), "a b c e d");
  EXPECT_EQ(said(between(graph, node("b"), node("d"))), "b c d");
  EXPECT_EQ(said(between(graph, node("d"), node("b"))), "");
  EXPECT_EQ(said(between(graph, node("c"), node("PWN(f, g)"))), "");
}

TEST_F(Select, Connected) {
  const Engine lonely = engine_text("a Relu x -> y\nb Relu y -> z\nl Relu u -> v\n");
  const PlanGraph plan = plan_graph(lonely);
  EXPECT_EQ(names(lonely, plan, connected(plan)), "a b");
}

TEST(OpPattern, FindsChainsInOrder) {
  struct Case {
    const char* pattern;
    const char* chains;
  };
  const Case cases[] = {
      {"Convolution -> Reformat -> Pooling", "a b c"},
      {"convolution->reformat", "a b"},
      {"Conv* -> *", "a b; a e; e d"},
      {"Reformat|Convolution -> !Reformat", "a e; b c; e d"},
      {"PointWiseV2", "d"},
      {"Re?ormat", "b; PWN(f, g)"},
      {"Pooling -> Reformat", ""},
      {"* -> * -> * -> *", "a b c d"},
  };
  const Engine engine = engine_text(network);
  const PlanGraph graph = plan_graph(engine);
  for (const Case& c : cases) {
    SCOPED_TRACE(c.pattern);
    const OpMatches matches = find_ops(engine, graph, parse_op_pattern(c.pattern));
    std::vector<std::string> chains;
    for (const std::vector<Row>& chain : matches.chains) {
      std::vector<std::string> layers;
      for (const Row row : chain) layers.emplace_back(engine.layers[layer::name][row]);
      chains.push_back(join(layers, " "));
    }
    EXPECT_EQ(join(chains, "; "), c.chains);
    EXPECT_FALSE(matches.more);
  }
}

TEST(OpPattern, RegionsBetweenLayersDoNotMatter) {
  const Engine engine = engine_text(network);
  const PlanGraph graph = plan_graph(engine, {.regions = true});
  EXPECT_EQ(find_ops(engine, graph, parse_op_pattern("Convolution -> Reformat")).chains.size(), 1u);
}

TEST(OpPattern, IsBounded) {
  // 20 diamonds in a row: 2^20 chains.
  std::string text;
  for (int i = 0; i < 20; ++i) {
    const std::string in = "t" + std::to_string(i), out = "t" + std::to_string(i + 1);
    const std::string n = std::to_string(i);
    text += "l" + n + " A " + in + " -> p" + n + "\nr" + n + " A " + in + " -> q" + n + "\nj" + n +
            " B p" + n + " q" + n + " -> " + out + "\n";
  }
  std::string pattern = "A -> B";
  for (int i = 1; i < 20; ++i) pattern += " -> A -> B";
  const Engine engine = engine_text(text);
  const OpMatches matches = find_ops(engine, plan_graph(engine), parse_op_pattern(pattern), 100);
  EXPECT_EQ(matches.chains.size(), 100u);
  EXPECT_TRUE(matches.more);
}

TEST(OpPattern, EmptyStepsAreErrors) {
  for (const char* text : {"", "A ->", "-> A", "A -> -> B", "A | -> B", "!"}) {
    SCOPED_TRACE(text);
    EXPECT_THROW(parse_op_pattern(text), Error);
  }
}

}  // namespace
}  // namespace trex::graph

// SPDX-License-Identifier: Apache-2.0
#include "trex/model/scopes.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/engine_text.hpp"
#include "trex/base/text.hpp"

namespace trex {
namespace {

TEST(ScopeParts, EveryNotationGivesTheSameLevels) {
  struct Case {
    const char* op;
    const char* path;
  };
  const Case cases[] = {
      {"/model/layers.3/self_attn/MatMul", "model/layers.3/self_attn"},
      {"model/layers.3/self_attn/MatMul", "model/layers.3/self_attn"},
      {"model.layers.3.self_attn.weight", "model/layers.3/self_attn"},
      {"/model/layers/3/self_attn/matmul", "model/layers.3/self_attn"},
      {"/encoder/layer_3/Add", "encoder/layer_3"},
      // PyTorch's exporter repeats the parent's path in the child's name.
      {"/features/features.10/conv/conv.0/conv.0.2/Clip", "features.10/conv.0.2"},
      {"/layer3/layer3.0/conv2/Conv", "layer3.0/conv2"},
      {"features.10.conv.0.0.weight", "features.10/conv.0.0"},
      {"/features_0/0/convolution", "features_0.0"},
      {"StatefulPartitionedCall/resnet50/conv1_conv/Conv2D",
       "StatefulPartitionedCall/resnet50/conv1_conv"},
      {"/Conv", ""},
      {"Conv_12", ""},
      {"", ""},
      {"/", ""},
      {"//a//b", "a"},
      {"/3/Conv", "3"},
      {"v1.5 of something", ""},
      {"(Unnamed Layer* 14) [Shuffle]", ""},
      {"onnx::Mul_347", ""},
      {"/a_1b/x", "a_1b"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.op);
    std::string path;
    for (const ScopePart& part : scope_parts(c.op, 12)) {
      if (!path.empty()) path += part.joint;
      path += part.text;
    }
    EXPECT_EQ(path, c.path);
  }
}

TEST(ScopeParts, DepthAndLengthAreBounded) {
  std::string deep;
  for (int i = 0; i < 100000; ++i) deep += "/a";
  EXPECT_EQ(scope_parts(deep, 12).size(), 12u);
  const std::string wide = "/" + std::string(1000000, 'a') + "/Conv";
  EXPECT_EQ(scope_parts(wide, 12).at(0).text.size(), 200u);
}

// "name{layer layer inner{...}}" in execution order; ranges in brackets.
std::string tree_text(const Engine& engine, const Scopes& scopes, ScopeId id) {
  const Scope& scope = scopes.scopes[id];
  std::vector<std::pair<Row, std::string>> items;
  for (const Row row : scope.layers) {
    items.emplace_back(row, std::string(engine.layers[layer::name][row]));
  }
  for (const ScopeId inner : scope.scopes) {
    EXPECT_EQ(scopes.scopes[inner].parent, id);
    EXPECT_EQ(scopes.scopes[inner].depth, scope.depth + 1);
    EXPECT_GT(inner, id);
    items.emplace_back(scopes.scopes[inner].first_layer, tree_text(engine, scopes, inner));
  }
  std::sort(items.begin(), items.end());
  std::vector<std::string> texts;
  for (const auto& item : items) texts.push_back(item.second);
  const std::string inside = "{" + join(texts, " ") + "}";
  return scope.range ? "[" + scope.name + "]" + inside : scope.name + inside;
}

std::string tree_text(const Engine& engine, const ScopeLimits& limits = {}) {
  return tree_text(engine, scopes_of(engine, limits), root_scope);
}

TEST(Scopes, FromNames) {
  struct Case {
    const char* what;
    const char* engine;
    const char* tree;
  };
  const Case cases[] = {
      {"no layers", "", "{}"},
      {"two blocks; numbers are a level",
       "/net/b.0/a Relu x -> 1\n/net/b.0/b Relu 1 -> 2\n"
       "/net/b.1/a Relu 2 -> 3\n/net/b.1/b Relu 3 -> 4\n",
       "{b.0{/net/b.0/a /net/b.0/b} b.1{/net/b.1/a /net/b.1/b}}"},
      {"a scope of one layer is no box",
       "/a/x Relu x -> 1\n/a/y Relu 1 -> 2\n/b/z Relu 2 -> 3\n/c/u Relu 3 -> 4\n/c/v Relu 4 -> 5\n",
       "{a{/a/x /a/y} /b/z c{/c/u /c/v}}"},
      {"a wrapper joins what it wraps",
       "/a/w/x Relu x -> 1\n/a/w/y Relu 1 -> 2\n/b/u Relu 2 -> 3\n/b/v Relu 3 -> 4\n",
       "{a/w{/a/w/x /a/w/y} b{/b/u /b/v}}"},
      {"most of a layer's ops decide",
       "f Relu x -> 1 meta='[ONNX Layer: /a/x][ONNX Layer: /b/y][ONNX Layer: /b/z]'\n"
       "/b/u Relu 1 -> 2\n/a/v Relu 2 -> 3\n/a/w Relu 3 -> 4\n",
       "{b{f /b/u} a{/a/v /a/w}}"},
      {"of two halves the first",
       "f Relu x -> 1 meta='[ONNX Layer: /a/x][ONNX Layer: /b/y]'\n"
       "/b/u Relu 1 -> 2\n/b/s Relu 2 -> 3\n/a/w Relu 3 -> 4\n",
       "{a{f /a/w} b{/b/u /b/s}}"},
      {"a fused range names its ends only: what they share",
       "{ForeignNode[/a/x.../b/y]} Relu x -> 1\n/a/u Relu 1 -> 2\n/a/v Relu 2 -> 3\n",
       "{{ForeignNode[/a/x.../b/y]} a{/a/u /a/v}}"},
      {"a layer without a name goes with the one before",
       "/a/x Relu x -> 1\n__myl_Add_myl0_1 kgen 1 -> 2\n/b/y Relu 2 -> 3\n/b/z Relu 3 -> 4\n",
       "{a{/a/x __myl_Add_myl0_1} b{/b/y /b/z}}"},
      {"hidden layers do not count",
       "/a/x Relu x -> 1\n/a/n NoOp 1 -> 2\n/b/y Relu 2 -> 3\n/b/z Relu 3 -> 4\n",
       "{/a/x b{/b/y /b/z}}"},
      {"weights' names, PyTorch's dots",
       "'f.0.a.weight + Conv_1' Convolution x -> 1\n'f.0.b.weight + Conv_2' Convolution 1 -> 2\n"
       "'f.1.a.weight + Conv_3' Convolution 2 -> 3\n'f.1.b.weight + Conv_4' Convolution 3 -> 4\n",
       "{f.0{f.0.a.weight + Conv_1 f.0.b.weight + Conv_2}"
       " f.1{f.1.a.weight + Conv_3 f.1.b.weight + Conv_4}}"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    EXPECT_EQ(tree_text(engine_text(replace_all(c.engine, "'", "\""))), c.tree);
  }
}

TEST(Scopes, NeighboursArePutTogetherWhereThereAreTooMany) {
  // Nine layers, at most four a level: 3 x 3, cut in even places (a chain has no better ones).
  std::string chain;
  for (int i = 0; i < 9; ++i) {
    chain += fmt::format("L{} Relu t{} -> t{}\n", i, i, i + 1);
  }
  EXPECT_EQ(tree_text(engine_text(chain), {.most_items = 4}),
            "{[#0-2]{L0 L1 L2} [#3-5]{L3 L4 L5} [#6-8]{L6 L7 L8}}");

  // Six numbered blocks of two: 3 ranges, named after the numbers.
  std::string blocks;
  for (int i = 0; i < 12; ++i) {
    blocks += fmt::format("/b.{}/x{} Relu t{} -> t{}\n", i / 2, i, i, i + 1);
  }
  const Engine engine = engine_text(blocks);
  const Scopes scopes = scopes_of(engine, {.most_items = 4});
  std::vector<std::string> names;
  for (const ScopeId s : scopes.scopes[root_scope].scopes) names.push_back(scopes.scopes[s].name);
  EXPECT_EQ(join(names, " "), "b.0-1 b.2-3 b.4-5");
  EXPECT_EQ(scopes.scopes[*scopes.find("b.3")].path, "b.3");
  EXPECT_EQ(scopes.named(*scopes.find("b.2-3")), root_scope);
}

TEST(Scopes, CutsWhereFewTensorsCross) {
  // 24 layers at most 4 a level: 3 groups a level, the first cut near 8. After layer 7 a second
  // tensor is alive (from 7 to 9), after 6 only one.
  std::string text;
  for (int i = 0; i < 24; ++i) {
    text += fmt::format("L{} Relu t{}{} -> t{}\n", i, i, i == 8 ? " s" : "", i + 1);
    if (i == 6) text.insert(text.size() - 1, " s");
  }
  const Engine engine = engine_text(text);
  const Scopes scopes = scopes_of(engine, {.most_items = 4});
  const Scope& first = scopes.scopes[scopes.scopes[root_scope].scopes[0]];
  // Even would be after 8 layers; there (and after 7) 's' crosses, after 9 nothing but the chain.
  EXPECT_EQ(first.name, "#0-8");
}

TEST(Scopes, NeverAFlatListAndEveryLayerOnce) {
  for (const int layers : {1, 24, 25, 100, 577, 1000, 5000}) {
    SCOPED_TRACE(layers);
    std::string text;
    for (int i = 0; i < layers; ++i) text += fmt::format("L{} Relu t{} -> t{}\n", i, i, i + 1);
    const Engine engine = engine_text(text);
    const Scopes scopes = scopes_of(engine);
    std::vector<int> seen(engine.layer_count(), 0);
    for (ScopeId s = 0; s < scopes.scopes.size(); ++s) {
      const Scope& scope = scopes.scopes[s];
      EXPECT_LE(scope.scopes.size() + scope.layers.size(), 24u);
      EXPECT_LE(scope.depth, 4u);
      for (const Row row : scope.layers) {
        ++seen[row];
        EXPECT_EQ(scopes.scope_of[row], s);
      }
    }
    EXPECT_EQ(std::count(seen.begin(), seen.end(), 1), layers);
    EXPECT_EQ(scopes.scopes[root_scope].layer_count, static_cast<std::size_t>(layers));
  }
}

TEST(Scopes, FiguresAndRepeatedBlocks) {
  const Engine engine = engine_text(
      "/b.0/a Convolution x:Half[1x8] -> 1:Half[1x8] tactic=h884 @1\n"
      "/b.0/b Relu 1:Half[1x8] -> 2:Half[1x8] @0.5\n"
      "/b.1/a Convolution 2:Int8[1x8] -> 3:Int8[1x8] @2\n"
      "/b.1/b Relu 3:Half[1x8] -> 4:Half[1x8]\n"
      "/c/a Relu 4:Half[1x8] -> 5:Half[1x8] @4\n"
      "/c/b Convolution 5:Half[1x8] -> 6:Half[1x8] @4\n");
  const Scopes scopes = scopes_of(engine);
  const Scope& first = scopes.scopes[*scopes.find("b.0")];
  const Scope& second = scopes.scopes[*scopes.find("b.1")];
  const Scope& third = scopes.scopes[*scopes.find("c")];
  EXPECT_EQ(first.time_ms, 1.5);
  EXPECT_EQ(first.timed_count, 2u);
  EXPECT_EQ(second.time_ms, 2);  // of the one whose time is known
  EXPECT_EQ(second.timed_count, 1u);
  EXPECT_EQ(first.shape, second.shape);
  EXPECT_NE(first.shape, third.shape);  // the same layers in another order
  EXPECT_EQ(scopes.shape_counts[first.shape], 2u);
  ASSERT_EQ(second.precisions.size(), 2u);
  EXPECT_EQ(second.precisions[0].precision, "INT8");
  EXPECT_EQ(second.precisions[0].time_ms, 2);
  EXPECT_EQ(second.precisions[1].precision, "FP16");
  EXPECT_EQ(second.precisions[1].layer_count, 1u);
  EXPECT_EQ(scopes.scopes[root_scope].time_ms, 11.5);
  EXPECT_EQ(scopes.ancestor(*scopes.find("b.1"), 1), *scopes.find("b"));
  EXPECT_FALSE(scopes.find("a"));  // two layers of that name, no scope
}

}  // namespace
}  // namespace trex

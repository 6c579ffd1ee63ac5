// Alignments whose truth is known exactly, because the second engine was made from the first: the
// same, with other names, with independent branches in another order, with layers taken out. And
// the samples' own stories: one model built for several precisions and by several versions.

// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <numeric>
#include <random>
#include <set>

#include <fmt/format.h>

#include "trex/base/text.hpp"
#include "trex/compare/alignment.hpp"
#include "trex/load/plan.hpp"
#include "trex/sample/sample.hpp"
#include "trex/sample/write_graph.hpp"

namespace trex::test {
namespace {

using compare::AlignedGroup;
using compare::Alignment;
using compare::AlignReason;
using compare::Relation;

// A sample and, by layer, its row in the engine it was made from (no_row: none).
struct Variant {
  sample::Plan plan;
  std::vector<Row> origin;
};

Engine load(const sample::Plan& plan) {
  return load_plan(Bytes::from(sample::graph_text(plan)), plan.name, std::nullopt);
}

Variant same(const std::string& name) {
  Variant variant{sample::make_sample(name), {}};
  variant.plan.other_profile.clear();
  variant.origin.resize(variant.plan.layers.size());
  std::iota(variant.origin.begin(), variant.origin.end(), Row{0});
  return variant;
}

// Tensors keep to who writes and reads them; nothing else of any name is left.
void rename(Variant& variant, std::mt19937& random) {
  std::map<std::string, std::string> names;
  const auto new_name = [&](const std::string& old) {
    return names.emplace(old, fmt::format("t{}x{}", names.size(), random() % 1000)).first->second;
  };
  for (sample::Layer& layer : variant.plan.layers) {
    layer.name = fmt::format("layer{}y", random());
    layer.sources.clear();
    for (sample::Tensor& tensor : layer.inputs) tensor.name = new_name(tensor.name);
    for (sample::Tensor& tensor : layer.outputs) tensor.name = new_name(tensor.name);
    for (sample::Tensor& tensor : layer.constants) tensor.name = new_name(tensor.name);
  }
  for (sample::Binding& binding : variant.plan.bindings) binding.name = new_name(binding.name);
}

// Another order in which every layer still follows the layers that write what it reads (and every
// writer of a tensor the writers and readers before it).
void shuffle(Variant& variant, std::mt19937& random) {
  const auto& layers = variant.plan.layers;
  std::vector<std::set<std::size_t>> after(layers.size());
  std::map<std::string, std::vector<std::size_t>> users;
  std::vector<std::size_t> waits_for(layers.size(), 0);
  for (std::size_t i = 0; i < layers.size(); ++i) {
    std::set<std::size_t> before;
    for (const auto* list : {&layers[i].inputs, &layers[i].outputs}) {
      for (const sample::Tensor& tensor : *list) {
        for (const std::size_t user : users[tensor.name]) before.insert(user);
      }
    }
    for (const sample::Tensor& tensor : layers[i].outputs) users[tensor.name].push_back(i);
    for (const sample::Tensor& tensor : layers[i].inputs) users[tensor.name].push_back(i);
    if (layers[i].inputs.empty() && layers[i].outputs.empty() && i > 0) before.insert(i - 1);
    before.erase(i);
    for (const std::size_t b : before) after[b].insert(i);
    waits_for[i] = before.size();
  }
  std::vector<std::size_t> ready, order;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    if (waits_for[i] == 0) ready.push_back(i);
  }
  while (!ready.empty()) {
    std::swap(ready[random() % ready.size()], ready.back());
    const std::size_t next = ready.back();
    ready.pop_back();
    order.push_back(next);
    for (const std::size_t reader : after[next]) {
      if (--waits_for[reader] == 0) ready.push_back(reader);
    }
  }
  ASSERT_EQ(order.size(), layers.size());
  Variant shuffled{variant.plan, {}};
  for (std::size_t i = 0; i < order.size(); ++i) {
    shuffled.plan.layers[i] = variant.plan.layers[order[i]];
    shuffled.origin.push_back(variant.origin[order[i]]);
  }
  variant = std::move(shuffled);
}

// One layer in ten goes; who read what it wrote reads what it read.
void remove_some(Variant& variant, std::mt19937& random) {
  Variant left{variant.plan, {}};
  left.plan.layers.clear();
  std::map<std::string, std::string> stands_for;
  for (std::size_t i = 0; i < variant.plan.layers.size(); ++i) {
    sample::Layer layer = variant.plan.layers[i];
    for (sample::Tensor& tensor : layer.inputs) {
      const auto found = stands_for.find(tensor.name);
      if (found != stands_for.end()) tensor.name = found->second;
    }
    if (random() % 10 == 0) {
      if (layer.inputs.empty()) continue;
      for (const sample::Tensor& out : layer.outputs) stands_for[out.name] = layer.inputs[0].name;
      continue;
    }
    left.plan.layers.push_back(std::move(layer));
    left.origin.push_back(variant.origin[i]);
  }
  variant = std::move(left);
}

// The part of the variant's layers that are alone with the layer they were made from.
double recall(const Engine& original, const Variant& variant) {
  const Engine engine = load(variant.plan);
  const Alignment alignment = compare::align(original, engine);
  std::size_t right = 0;
  for (Row row = 0; row < engine.layer_count(); ++row) {
    const AlignedGroup& group = alignment.groups[alignment.group_of_b[row]];
    const bool is_right =
        group.a == std::vector<Row>{variant.origin[row]} && group.b == std::vector<Row>{row};
    right += is_right;
    if (is_right || std::getenv("TREX_SHOW_PAIRS") == nullptr) continue;
    const auto name_a = original.layers[layer::name], name_b = engine.layers[layer::name];
    fmt::print("  {} {} of {} {}: {} with", row, name_b[row], variant.origin[row],
               name_a[variant.origin[row]], compare::reason_text(group.reason));
    for (const Row a : group.a) fmt::print(" a{} {}", a, name_a[a]);
    for (const Row b : group.b) fmt::print(" b{}", b);
    fmt::print("\n");
  }
  return static_cast<double>(right) / static_cast<double>(engine.layer_count());
}

class AlignmentSample : public testing::TestWithParam<const char*> {};

TEST_P(AlignmentSample, OfAnEngineWithItselfIsTheIdentity) {
  const Variant variant = same(GetParam());
  const Engine engine = load(variant.plan);
  const Alignment alignment = compare::align(engine, engine);
  ASSERT_EQ(alignment.groups.size(), engine.layer_count());
  for (Row row = 0; row < engine.layer_count(); ++row) {
    const AlignedGroup& group = alignment.groups[row];
    EXPECT_EQ(group.a, std::vector<Row>{row});
    EXPECT_EQ(group.b, std::vector<Row>{row});
    EXPECT_EQ(group.relation, Relation::one_to_one);
    EXPECT_EQ(group.reason, AlignReason::same_name);
  }
}

TEST_P(AlignmentSample, SurvivesOtherNames) {
  Variant variant = same(GetParam());
  const Engine original = load(variant.plan);
  std::mt19937 random(7);
  rename(variant, random);
  EXPECT_GE(recall(original, variant), 0.99);
}

TEST_P(AlignmentSample, SurvivesAnotherOrderOfBranches) {
  for (const unsigned seed : {1u, 2u, 3u}) {
    Variant variant = same(GetParam());
    const Engine original = load(variant.plan);
    std::mt19937 random(seed);
    shuffle(variant, random);
    EXPECT_GE(recall(original, variant), 0.99) << "seed " << seed;
  }
}

TEST_P(AlignmentSample, SurvivesOneLayerInTenTakenOut) {
  for (const unsigned seed : {1u, 2u, 3u, 4u, 5u}) {
    Variant variant = same(GetParam());
    const Engine original = load(variant.plan);
    std::mt19937 random(seed);
    remove_some(variant, random);
    ASSERT_LT(variant.plan.layers.size(), original.layer_count());
    EXPECT_GE(recall(original, variant), 0.99) << "seed " << seed;
  }
}

// Harder than asked: no name left, and another order or layers gone. Blocks that repeat cannot
// always be told apart then; how many can is noted here so that it does not get worse.
TEST_P(AlignmentSample, WithoutNamesMostOfItSurvivesMore) {
  double worst_shuffled = 1, worst_removed = 1;
  for (const unsigned seed : {1u, 2u, 3u}) {
    for (const bool removes : {false, true}) {
      Variant variant = same(GetParam());
      const Engine original = load(variant.plan);
      std::mt19937 random(seed);
      removes ? remove_some(variant, random) : shuffle(variant, random);
      rename(variant, random);
      double& worst = removes ? worst_removed : worst_shuffled;
      worst = std::min(worst, recall(original, variant));
    }
  }
  fmt::print("{}: without names, shuffled {:.3f}, one in ten removed {:.3f}\n", GetParam(),
             worst_shuffled, worst_removed);
  EXPECT_GE(worst_shuffled, 0.8);
  EXPECT_GE(worst_removed, 0.65);
}

INSTANTIATE_TEST_SUITE_P(Samples, AlignmentSample,
                         testing::Values("resnet18.fp32", "resnet18.qat", "vit-base.trt10",
                                         "vit-base.trt11", "decoder.trt10", "decoder.trt11"),
                         [](const auto& test) {
                           std::string name = test.param;
                           std::replace_if(
                               name.begin(), name.end(),
                               [](char c) { return c == '.' || c == '-'; }, '_');
                           return name;
                         });

bool is_convolution(const Engine& engine, Row row) { return engine.convolution(row) != nullptr; }

// By convolution of a: that of b.
std::map<std::string, std::string> convolution_pairs(const Engine& a, const Engine& b) {
  std::map<std::string, std::string> pairs;
  const auto name_a = a.layers[layer::name], name_b = b.layers[layer::name];
  for (const AlignedGroup& group : compare::align(a, b).groups) {
    for (const Row x : group.a) {
      for (const Row y : group.b) {
        if (!is_convolution(a, x) || !is_convolution(b, y)) continue;
        EXPECT_TRUE(pairs.emplace(name_a[x], name_b[y]).second) << name_a[x];
      }
    }
  }
  return pairs;
}

// The one node that tells a convolution from all others, whatever was fused to it.
std::string node_of(const Engine& engine, const std::string& name) {
  const auto ops = engine.layers[layer::source_ops][*find_layer(engine, name)];
  for (std::size_t i = 0; i < ops.size(); ++i) {
    if (ends_with(ops[i], "/Conv") || ends_with(ops[i], "/Gemm")) return std::string(ops[i]);
  }
  ADD_FAILURE() << name << " names no convolution";
  return name;
}

// Eight images at once, other names, other kernels' tactics: nothing equal but the model.
TEST(AlignmentStory, SurvivesAnotherBatchSize) {
  for (const char* name : {"resnet18.fp32", "vit-base.trt10"}) {
    Variant variant = same(name);
    const Engine original = load(variant.plan);
    std::mt19937 random(3);
    rename(variant, random);
    for (sample::Layer& layer : variant.plan.layers) {
      layer.tactic = layer.myelin ? layer.tactic : "another";
      for (auto* list : {&layer.inputs, &layer.outputs}) {
        for (sample::Tensor& tensor : *list) tensor.dims[0] *= 8;
      }
    }
    EXPECT_GE(recall(original, variant), 0.97) << name;
  }
}

// By node: which layers of each engine compute it.
std::map<std::string, std::vector<Row>> layers_by_node(const Engine& engine, const char* end) {
  std::map<std::string, std::vector<Row>> layers;
  const auto ops = engine.layers[layer::source_ops];
  for (Row row = 0; row < engine.layer_count(); ++row) {
    for (std::size_t i = 0; i < ops[row].size(); ++i) {
      if (ends_with(ops[row][i], end)) layers[std::string(ops[row][i])].push_back(row);
    }
  }
  return layers;
}

TEST(AlignmentStory, PairsEveryMatMulAcrossVersionsAndWithWhatWasOnlyBuilt) {
  const std::pair<const char*, const char*> engines[] = {
      {"vit-base.trt10", "vit-base.trt11"},
      {"decoder.trt10", "decoder.trt11"},
      {"decoder.trt10", "decoder.trt10.built-only"},
  };
  for (const auto& names : engines) {
    SCOPED_TRACE(names.second);
    const Engine a = load(same(names.first).plan), b = load(same(names.second).plan);
    const Alignment alignment = compare::align(a, b);
    const auto in_a = layers_by_node(a, "/MatMul"), in_b = layers_by_node(b, "/MatMul");
    EXPECT_GE(in_a.size(), 30u);
    for (const auto& [node, rows] : in_a) {
      ASSERT_EQ(in_b.count(node), 1u) << node;
      for (const Row row : rows) {
        const AlignedGroup& group = alignment.groups[alignment.group_of_a[row]];
        EXPECT_TRUE(std::includes(group.b.begin(), group.b.end(), in_b.at(node).begin(),
                                  in_b.at(node).end()))
            << node;
      }
    }
  }
}

TEST(AlignmentStory, PairsEveryConvolutionOfTheResNetSamples) {
  const char* const names[] = {"resnet18.fp32", "resnet18.fp16", "resnet18.qat",
                               "resnet18.qat-residual", "resnet18.qat-residual-gap"};
  for (const char* first : names) {
    for (const char* second : names) {
      SCOPED_TRACE(fmt::format("{} against {}", first, second));
      const Engine a = load(same(first).plan), b = load(same(second).plan);
      std::size_t convolutions = 0;
      for (Row row = 0; row < a.layer_count(); ++row) convolutions += is_convolution(a, row);
      const auto pairs = convolution_pairs(a, b);
      EXPECT_EQ(pairs.size(), convolutions);
      EXPECT_GE(convolutions, 20u);
      for (const auto& [x, y] : pairs) EXPECT_EQ(node_of(a, x), node_of(b, y));
    }
  }
}

TEST(AlignmentStory, LeavesTheReformatsOfTheResidualBranchesAlone) {
  const Engine a = load(same("resnet18.qat").plan), b = load(same("resnet18.qat-residual").plan);
  const auto type = a.layers[layer::type];
  std::size_t removed = 0, other = 0;
  for (const AlignedGroup& group : compare::align(a, b).groups) {
    if (group.relation != Relation::removed) continue;
    (type[group.a[0]] == "Reformat" ? removed : other) += 1;
  }
  EXPECT_GE(removed, 4u);
  EXPECT_EQ(other, 0u);
}

}  // namespace
}  // namespace trex::test

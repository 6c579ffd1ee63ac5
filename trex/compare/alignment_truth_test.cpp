// How good is the alignment on real engines? Measured against alignments made by hand.
//
// The floors are what was reached when they were written; the figures are in docs/alignment.md,
// printed by this test. TREx's rule for the same pairs stands beside them: a layer goes to the
// first free layer of equal type and shapes without the batch, the engines taking turns.

// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <iostream>

#include <fmt/format.h>

#include "trex/base/json.hpp"
#include "trex/compare/test_truth.hpp"
#include "trex/model/engine_builder.hpp"

namespace trex::test {
namespace {

const std::string corpus = TREX_SOURCE_DIR "/../shared/corpus/";
const std::string goldens = TREX_SOURCE_DIR "/../shared/goldens/";

Engine load_graph(const std::string& file) { return load_engine({.graph = corpus + file}); }

// match_layers of TREx 0.2.1, as its results show it. Folded layers take no part.
class TrexRule {
 public:
  TrexRule(const Engine& a, const Engine& b, bool all_tensors)
      : a_(signatures(a, all_tensors)), b_(signatures(b, all_tensors)) {}

  std::set<RowPair> pairs() {
    for (bool turn_of_a = true; step(turn_of_a); turn_of_a = !turn_of_a) {
    }
    return pairs_;
  }

 private:
  struct Layer {
    Row row;
    std::string signature;
    bool taken = false;
  };

  static std::string shapes(const Engine& engine, Engine::RowRange tensors, bool all) {
    const auto dims = engine.tensors[tensor::dims];
    std::string text = "|";
    for (const Row t : tensors) {
      for (std::size_t d = 1; d < dims[t].size(); ++d) text += fmt::format("{},", dims[t][d]);
      text += ';';
      if (!all) break;
    }
    return text;
  }

  static std::vector<Layer> signatures(const Engine& engine, bool all) {
    std::vector<Layer> layers;
    const auto type = engine.layers[layer::type];
    const auto hidden = engine.layers[layer::hidden];
    for (Row row = 0; row < engine.layer_count(); ++row) {
      if (hidden.is_true(row)) continue;
      layers.push_back({row, std::string(type[row]) + shapes(engine, engine.inputs(row), all) +
                                 shapes(engine, engine.outputs(row), all)});
    }
    return layers;
  }

  bool step(bool turn_of_a) {
    std::vector<Layer>&own = turn_of_a ? a_ : b_, &other = turn_of_a ? b_ : a_;
    const auto next =
        std::find_if(own.begin(), own.end(), [](const Layer& layer) { return !layer.taken; });
    if (next == own.end()) return false;
    next->taken = true;
    for (Layer& candidate : other) {
      if (candidate.taken || candidate.signature != next->signature) continue;
      candidate.taken = true;
      pairs_.insert(turn_of_a ? RowPair{next->row, candidate.row}
                              : RowPair{candidate.row, next->row});
      break;
    }
    return true;
  }

  std::vector<Layer> a_, b_;
  std::set<RowPair> pairs_;
};

Score better(const Score& x, const Score& y) {
  return x.precision() * x.recall() >= y.precision() * y.recall() ? x : y;
}

Score trex_score(const Engine& a, const Engine& b, const Truth& truth) {
  return better(measure(TrexRule(a, b, true).pairs(), truth),
                measure(TrexRule(a, b, false).pairs(), truth));
}

void show(const std::string& what, const Score& score) {
  std::cout << fmt::format("  {:44} precision {:.3f} recall {:.3f} ({} of {}, {} wrong)\n", what,
                           score.precision(), score.recall(), score.right, score.possible,
                           score.wrong.size());
  if (std::getenv("TREX_SHOW_PAIRS") == nullptr) return;
  for (const RowPair& pair : score.wrong)
    std::cout << fmt::format("    wrong {} {}\n", pair.first, pair.second);
  for (const RowPair& pair : score.missed)
    std::cout << fmt::format("    missed {} {}\n", pair.first, pair.second);
}

// What a names-only build would show of the engine.
Engine names_of(const Engine& engine) {
  EngineBuilder builder;
  const auto name = engine.layers[layer::name];
  for (Row row = 0; row < engine.layer_count(); ++row) {
    RawLayer raw;
    raw.name = name[row];
    raw.index = row;
    builder.add_layer(raw);
  }
  return builder.finish();
}

struct Case {
  const char* truth;
  double precision, recall;              // floors
  double bare_precision, bare_recall;    // without names and source ops
  double names_precision, names_recall;  // a as a names-only build shows it
};

class AlignmentTruth : public testing::TestWithParam<Case> {};

TEST_P(AlignmentTruth, IsReached) {
  const Case& c = GetParam();
  const Truth truth = load_truth(c.truth);
  if (!file_exists(corpus + truth.file_a)) GTEST_SKIP() << "no corpus beside the repository";
  const Engine a = load_graph(truth.file_a), b = load_graph(truth.file_b);
  const Score ours = measure(pairs_of(compare::align(a, b)), truth);
  const Score bare = measure(pairs_of(compare::align(a, b, {.use_names = false})), truth);
  const Score names = measure(pairs_of(compare::align(names_of(a), b)), truth);
  const Score theirs = trex_score(a, b, truth);
  std::cout << c.truth << "\n";
  show("trex", ours);
  show("trex, names hidden", bare);
  show("trex, a names-only", names);
  show("TREx's rule", theirs);
  EXPECT_GE(ours.precision(), c.precision);
  EXPECT_GE(ours.recall(), c.recall);
  EXPECT_GE(bare.precision(), c.bare_precision);
  EXPECT_GE(bare.recall(), c.bare_recall);
  EXPECT_GE(names.precision(), c.names_precision);
  EXPECT_GE(names.recall(), c.names_recall);
  EXPECT_GT(ours.precision() + ours.recall(), theirs.precision() + theirs.recall());
}

// The rule above is TREx's: on the MobileNets it gives the pairs that TREx itself gave.
TEST(TrexRuleTest, GivesThePairsOfTrex) {
  const std::string file =
      goldens + "compare__tests_mobilenet.qat__tests_mobilenet_v2_residuals.qat.json";
  if (!file_exists(file)) GTEST_SKIP() << "no goldens beside the repository";
  const Bytes text = read_file(file);
  const Json golden = parse_json(text.view(), file);
  const Truth truth = load_truth("mobilenets");
  const Engine a = load_graph(truth.file_a), b = load_graph(truth.file_b);
  for (const bool all_tensors : {true, false}) {
    std::set<RowPair> expected;
    const Json* pairs = golden.find(all_tensors ? "exact" : "inexact")->find("pairs");
    for (const Json& pair : *pairs->array()) {
      const auto x = (*pair.array())[0].integer(), y = (*pair.array())[1].integer();
      if (x && y) expected.insert({static_cast<Row>(*x), static_cast<Row>(*y)});
    }
    EXPECT_EQ(TrexRule(a, b, all_tensors).pairs(), expected);
  }
}

INSTANTIATE_TEST_SUITE_P(Corpus, AlignmentTruth,
                         testing::Values(Case{"mobilenets", 1, 1, 1, 1, 1, 0.98},
                                         Case{"controlnets", 1, 1, 1, 1, 0.97, 0.88},
                                         Case{"resnet18-onnx-torch", 1, 1, 1, 1, 1, 1},
                                         Case{"mobilenet_v2-onnx-torch", 1, 1, 1, 1, 0.98, 0.98},
                                         Case{"depth-anything", 1, 1, 1, 0.97, 1, 1}),
                         [](const auto& test) {
                           std::string name = test.param.truth;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace trex::test

// SPDX-License-Identifier: Apache-2.0
#include "trex/model/regions.hpp"

#include <gtest/gtest.h>

#include <span>

#include "tests/support/engine_text.hpp"

namespace trex {
namespace {

using Texts = std::vector<std::string>;

std::string layers_of(const Engine& engine, const std::vector<Row>& tensors) {
  std::string result;
  for (const Row t : tensors) {
    if (!result.empty()) result += ' ';
    result += engine.layers[layer::name][static_cast<Row>(*engine.tensors[tensor::layer][t])];
  }
  return result;
}

// "x#0: a b -> c d", with " ~ w" for back writers and " + p" for carried ones.
Texts generations(const Engine& engine, bool fold) {
  Texts result;
  for (const Generation& g : dependencies(engine, fold).generations) {
    std::string text(engine.regions[region::name][g.region]);
    text += "#" + std::to_string(g.number) + ": " + layers_of(engine, g.writers) + " -> " +
            layers_of(engine, g.readers);
    if (!g.back_writers.empty()) text += " ~ " + layers_of(engine, g.back_writers);
    if (!g.carried_writers.empty()) text += " + " + layers_of(engine, g.carried_writers);
    result.push_back(text);
  }
  return result;
}

// "a>b" for every edge; checks that predecessors mirror successors.
Texts edges(const Engine& engine, bool fold) {
  const Dependencies d = dependencies(engine, fold);
  Texts result;
  std::size_t incoming = 0;
  const auto names = engine.layers[layer::name];
  for (Row l = 0; l < engine.layer_count(); ++l) {
    for (const Row next : d.successors(l)) {
      EXPECT_LT(l, next);
      result.push_back(std::string(names[l]) + ">" + std::string(names[next]));
      const auto back = d.predecessors(next);
      EXPECT_NE(std::find(back.begin(), back.end(), l), back.end());
    }
    incoming += d.predecessors(l).size();
  }
  EXPECT_EQ(incoming, result.size());
  return result;
}

struct Case {
  const char* what;
  const char* engine;
  Texts generations;
  Texts edges;
};

void expect(std::span<const Case> cases, bool fold) {
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    const Engine engine = engine_text(c.engine);
    EXPECT_EQ(generations(engine, fold), c.generations);
    EXPECT_EQ(edges(engine, fold), c.edges);
  }
}

TEST(Dependencies, Generations) {
  const Case cases[] = {
      {"a chain",
       "a k x:Half -> y:Half\n"
       "b k y:Half -> z:Half\n"
       "bindings x z\n",
       {"x#0:  -> a", "y#0: a -> b", "z#0: b -> "},
       {"a>b"}},
      {"concat by slices: one generation, several writers",
       "a k x:Half -> c:Half[4]\n"
       "b k x:Half -> c:Half[6]\n"
       "r k c:Half[10] -> y:Half\n"
       "bindings x y\n",
       {"x#0:  -> a b", "c#0: a b -> r", "y#0: r -> "},
       {"a>r", "b>r"}},
      {"in place: a write after a read starts a generation",
       "a k x:Half -> t:Half[4]\n"
       "b k t:Half[4] -> t:Half[4]\n"
       "c k t:Half[4] -> y:Half\n"
       "bindings x y\n",
       {"x#0:  -> a", "t#0: a -> b", "t#1: b -> c", "y#0: c -> "},
       {"a>b", "b>c"}},
      {"scratch used again",
       "a k x:Half -> s:Half[4]\n"
       "b k s:Half[4] -> y:Half\n"
       "c k y:Half -> s:Half[4]\n"
       "d k s:Half[4] -> z:Half\n"
       "bindings x z\n",
       {"x#0:  -> a", "s#0: a -> b", "s#1: c -> d", "y#0: b -> c", "z#0: d -> "},
       {"a>b", "b>c", "c>d"}},
      {"loop-carried: read before its only writer",
       "a k h:Half[4] -> y:Half\n"
       "b k y:Half -> h:Half[4]\n",
       {"h#0:  -> a ~ b", "h#1: b -> ", "y#0: a -> b"},
       {"a>b"}},
      {"loop-carried by the reader itself",
       "a k h:Half[4] -> h:Half[4]\n",
       {"h#0:  -> a ~ a", "h#1: a -> "},
       {}},
      {"a loop's value is the last one written",
       "a k h:Half[4] -> h:Half[4]\n"
       "b k h:Half[4] -> h:Half[4]\n",
       {"h#0:  -> a ~ b", "h#1: a -> b", "h#2: b -> "},
       {"a>b"}},
      {"a binding's first value is the user's",
       "a k cache:Half[4] -> cache:Half[4]\n"
       "bindings cache\n",
       {"cache#0:  -> a", "cache#1: a -> "},
       {}},
      {"read but never written",
       "a k ctl:Half x:Half -> y:Half\n"
       "b k ctl:Half y:Half -> z:Half\n"
       "bindings x z\n",
       {"ctl#0:  -> a b", "x#0:  -> a", "y#0: a -> b", "z#0: b -> "},
       {"a>b"}},
      {"an input listed twice is one edge",
       "a k x:Half -> y:Half\n"
       "b k y:Half y:Half -> z:Half\n",
       {"x#0:  -> a", "y#0: a -> b b", "z#0: b -> "},
       {"a>b"}},
      {"layers without tensors, constants",
       "s signal\n"
       "a k x:Half -> y:Half constant=y:Half\n"
       "w wait\n",
       {"x#0:  -> a", "y#0: a -> "},
       {}},
      // The second writer fills 4 of the 10 bytes that r2 reads: the rest is still a's.
      {"a concat that is read halfway",
       "a k x:Half -> c:Int8[6]\n"
       "r1 k c:Int8[6] -> y:Half\n"
       "b k x:Half -> c:Int8[4]\n"
       "r2 k c:Int8[10] -> z:Half\n",
       {"x#0:  -> a b", "c#0: a -> r1", "c#1: b -> r2 + a", "y#0: r1 -> ", "z#0: r2 -> "},
       {"a>r1", "a>r2", "b>r2"}},
  };
  expect(cases, false);
}

TEST(Dependencies, FoldedNoOps) {
  const Case cases[] = {
      {"its reader reads what it read",
       "a k x:Half -> t:Half\n"
       "n NoOp t:Half -> u:Half\n"
       "b k u:Half -> y:Half\n"
       "bindings x y\n",
       {"x#0:  -> a", "t#0: a -> b", "y#0: b -> "},
       {"a>b"}},
      {"a chain of them, from an engine input",
       "n NoOp x:Half -> t:Half\n"
       "m NoOp t:Half -> u:Half\n"
       "b k u:Half -> y:Half\n"
       "bindings x y\n",
       {"x#0:  -> b", "y#0: b -> "},
       {}},
      {"to an engine output: the writer writes it",
       "a k x:Half -> t:Half\n"
       "n NoOp t:Half -> y:Half\n"
       "bindings x y\n",
       {"x#0:  -> a", "y#0: a -> "},
       {}},
      {"to an engine output, while another reads the source",
       "a k x:Half -> t:Half\n"
       "n NoOp t:Half -> y:Half\n"
       "b k t:Half -> z:Half\n"
       "bindings x y z\n",
       {"x#0:  -> a", "t#0: a -> b", "y#0: a -> ", "z#0: b -> "},
       {"a>b"}},
      {"into a concat that others write too",
       "a k x:Half -> t:Half\n"
       "n NoOp t:Half -> c:Half\n"
       "b k x:Half -> c:Half\n"
       "r k c:Half -> y:Half\n"
       "bindings x y\n",
       {"x#0:  -> a b", "c#0: a b -> r", "y#0: r -> "},
       {"a>r", "b>r"}},
      {"through a concat to an engine output",
       "a k x:Half -> t:Half\n"
       "n NoOp t:Half -> c:Half\n"
       "b k x:Half -> c:Half\n"
       "m NoOp c:Half -> y:Half\n"
       "bindings x y\n",
       {"x#0:  -> a b", "y#0: a b -> "},
       {}},
      {"without tensors", "n NoOp\na k x:Half -> y:Half\n", {"x#0:  -> a", "y#0: a -> "}, {}},
      {"that nobody reads",
       "a k x:Half -> t:Half\nn NoOp t:Half -> u:Half\n",
       {"x#0:  -> a", "t#0: a -> "},
       {}},
  };
  expect(cases, true);
}

TEST(Dependencies, GenerationOfEveryTensor) {
  const Engine e = engine_text(
      "a k x:Half -> t:Half constant=w:Half\n"
      "n NoOp t:Half -> u:Half\n"
      "b k u:Half -> t:Half\n");
  // Rows: x, t, w | t, u | u, t. Regions: x, t, u.
  const Dependencies plain = dependencies(e, false);
  EXPECT_EQ(plain.generation_of, (std::vector<std::uint32_t>{0, 1, UINT32_MAX, 1, 3, 3, 2}));
  // u is folded away; b reads t's first generation, and so writes its second.
  const Dependencies folded = dependencies(e, true);
  EXPECT_EQ(folded.generation_of,
            (std::vector<std::uint32_t>{0, 1, UINT32_MAX, UINT32_MAX, UINT32_MAX, 1, 2}));
}

// 3000 writers and 3000 readers would be 9 million edges: a chain instead, with the same order.
TEST(Dependencies, ManyWritersTimesManyReadersStaysLinear) {
  std::string text;
  for (int i = 0; i < 3000; ++i) text += "w" + std::to_string(i) + " k -> c:Half\n";
  for (int i = 0; i < 3000; ++i) text += "r" + std::to_string(i) + " k c:Half -> y:Half\n";
  const Engine engine = engine_text(text);
  const Dependencies d = dependencies(engine, false);
  EXPECT_EQ(d.successor_rows.size(), 2999u + 3000u);
  EXPECT_EQ(d.successors(0).size(), 1u);
  EXPECT_EQ(d.successors(2999).size(), 3000u);
}

TEST(Dependencies, EmptyEngine) {
  const Dependencies d = dependencies(engine_text(""), true);
  EXPECT_TRUE(d.generations.empty());
  EXPECT_EQ(d.successor_start, std::vector<std::uint32_t>{0});
}

}  // namespace
}  // namespace trex

// Three passes over the tensors in execution order: generations, NoOps folded, layer edges.

// SPDX-License-Identifier: Apache-2.0
#include "trex/model/regions.hpp"

#include <algorithm>
#include <utility>

#include "trex/base/text.hpp"

namespace trex {
namespace {

constexpr std::uint32_t no_generation = UINT32_MAX;
constexpr std::uint64_t most_edges_per_tensor = 64;

enum class Role : std::uint8_t { read, write, constant };

// What the passes ask of an engine, once.
struct Facts {
  explicit Facts(const Engine& e)
      : engine(e),
        layer(e.tensors[tensor::layer]),
        region(e.tensors[tensor::region]),
        bytes(e.tensors[tensor::bytes]),
        binding(e.regions[region::binding]) {
    roles.resize(e.tensors.row_count(), Role::constant);
    for (Row l = 0; l < e.layer_count(); ++l) {
      for (const Row t : e.inputs(l)) roles[t] = Role::read;
      for (const Row t : e.outputs(l)) roles[t] = Role::write;
    }
  }
  Row layer_of(Row t) const { return static_cast<Row>(*layer[t]); }
  Row region_of(Row t) const { return static_cast<Row>(*region[t]); }

  const Engine& engine;
  View<std::int64_t> layer, region, bytes;
  View<bool> binding;
  std::vector<Role> roles;
};

struct Unrolled {
  std::vector<Generation> generations;       // in order of appearance
  std::vector<std::uint32_t> generation_of;  // by tensor row
};

// A read joins the region's newest generation; so does a write, unless that was read already.
Unrolled unroll(const Facts& facts) {
  Unrolled result;
  result.generation_of.assign(facts.roles.size(), no_generation);
  std::vector<std::uint32_t> newest(facts.engine.regions.row_count(), no_generation);
  for (Row t = 0; t < facts.roles.size(); ++t) {
    if (facts.roles[t] == Role::constant) continue;
    const Row region = facts.region_of(t);
    const bool writes = facts.roles[t] == Role::write;
    std::uint32_t& current = newest[region];
    if (current == no_generation || (writes && !result.generations[current].readers.empty())) {
      const std::int32_t number =
          current == no_generation ? 0 : result.generations[current].number + 1;
      current = static_cast<std::uint32_t>(result.generations.size());
      result.generations.push_back({.region = region, .number = number});
    }
    Generation& generation = result.generations[current];
    (writes ? generation.writers : generation.readers).push_back(t);
    result.generation_of[t] = current;
  }
  return result;
}

bool is_no_op(const Engine& engine, Row layer) {
  return equals_ignoring_case(engine.layers[layer::type][layer], "NoOp") ||
         equals_ignoring_case(engine.layers[layer::subtype][layer], "NoOp");
}

// What takes the place of NoOps: `alias` says which generation a generation is the same as, and
// `stand_ins` which tensors write it in place of NoOps.
struct Folding {
  std::vector<std::uint32_t> alias;
  std::vector<std::vector<Row>> stand_ins;  // by generation
  std::vector<std::uint8_t> folded;         // by layer
};

// Who writes a generation once NoOps are gone: the last `most_carried` of them.
std::vector<Row> real_writers(const Facts& facts, const Unrolled& plain, const Folding& folding,
                              std::uint32_t generation) {
  std::vector<Row> writers;
  const auto last_of = [](const std::vector<Row>& rows) {
    return std::span<const Row>(rows).last(std::min(rows.size(), most_carried));
  };
  for (const Row writer : last_of(plain.generations[generation].writers)) {
    if (folding.folded[facts.layer_of(writer)] == 0) writers.push_back(writer);
  }
  for (const Row writer : last_of(folding.stand_ins[generation])) writers.push_back(writer);
  return writers;
}

void fold_layer(const Facts& facts, const Unrolled& plain, Row layer, Folding& folding) {
  const Engine::RowRange inputs = facts.engine.inputs(layer);
  if (inputs.empty()) return;
  // Earlier NoOps are resolved already, so one step leads to the end.
  const std::uint32_t source = folding.alias[plain.generation_of[inputs[0]]];
  std::vector<Row> writers;
  for (const Row output : facts.engine.outputs(layer)) {
    const std::uint32_t target = plain.generation_of[output];
    const bool alone = plain.generations[target].writers.size() == 1;
    if (alone) folding.alias[target] = source;
    if (alone && !facts.binding.is_true(facts.region_of(output))) continue;
    if (writers.empty()) writers = real_writers(facts, plain, folding, source);
    std::vector<Row>& stand_ins = folding.stand_ins[target];
    stand_ins.insert(stand_ins.end(), writers.begin(), writers.end());
  }
}

Folding fold(const Facts& facts, const Unrolled& plain) {
  Folding folding;
  folding.alias.resize(plain.generations.size());
  for (std::uint32_t g = 0; g < folding.alias.size(); ++g) folding.alias[g] = g;
  folding.stand_ins.resize(plain.generations.size());
  folding.folded.assign(facts.engine.layer_count(), 0);
  for (Row layer = 0; layer < facts.engine.layer_count(); ++layer) {
    if (!is_no_op(facts.engine, layer)) continue;
    folding.folded[layer] = 1;
    fold_layer(facts, plain, layer, folding);
  }
  return folding;
}

// Drops the NoOps' own rows and moves reads to what their NoOps read.
void move_reads(const Facts& facts, const Folding& folding, Unrolled& unrolled) {
  for (Generation& generation : unrolled.generations) {
    generation.writers.clear();
    generation.readers.clear();
  }
  for (Row t = 0; t < facts.roles.size(); ++t) {
    std::uint32_t& g = unrolled.generation_of[t];
    if (g == no_generation) continue;
    if (folding.folded[facts.layer_of(t)] != 0) {
      g = no_generation;
    } else if (facts.roles[t] == Role::read) {
      g = folding.alias[g];
      unrolled.generations[g].readers.push_back(t);
    }
  }
}

// A writer that stands in for a NoOp and whose own region nobody else reads now writes there only.
void move_writes(const Facts& facts, const Folding& folding, Unrolled& unrolled) {
  for (std::uint32_t target = 0; target < folding.stand_ins.size(); ++target) {
    const bool target_read = !unrolled.generations[target].readers.empty();
    if (!target_read && !facts.binding.is_true(unrolled.generations[target].region)) continue;
    for (const Row writer : folding.stand_ins[target]) {
      std::uint32_t& g = unrolled.generation_of[writer];
      unrolled.generations[target].writers.push_back(writer);
      const bool read = !unrolled.generations[g].readers.empty();
      if (!read && !facts.binding.is_true(facts.region_of(writer))) g = target;
    }
  }
  for (Row t = 0; t < facts.roles.size(); ++t) {
    const std::uint32_t g = unrolled.generation_of[t];
    if (g != no_generation && facts.roles[t] == Role::write) {
      unrolled.generations[g].writers.push_back(t);
    }
  }
  for (Generation& generation : unrolled.generations) {
    std::sort(generation.writers.begin(), generation.writers.end());
    generation.writers.erase(std::unique(generation.writers.begin(), generation.writers.end()),
                             generation.writers.end());
  }
}

// By region, then number; generations that folding left empty go, and the numbers close up.
void arrange(Unrolled& unrolled) {
  std::vector<std::uint32_t> order;
  for (std::uint32_t g = 0; g < unrolled.generations.size(); ++g) {
    const Generation& generation = unrolled.generations[g];
    if (!generation.writers.empty() || !generation.readers.empty()) order.push_back(g);
  }
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const Generation& x = unrolled.generations[a];
    const Generation& y = unrolled.generations[b];
    return x.region != y.region ? x.region < y.region : x.number < y.number;
  });
  std::vector<std::uint32_t> place(unrolled.generations.size(), no_generation);
  std::vector<Generation> arranged;
  arranged.reserve(order.size());
  for (const std::uint32_t g : order) {
    place[g] = static_cast<std::uint32_t>(arranged.size());
    const bool same = !arranged.empty() && arranged.back().region == unrolled.generations[g].region;
    unrolled.generations[g].number = same ? arranged.back().number + 1 : 0;
    arranged.push_back(std::move(unrolled.generations[g]));
  }
  for (std::uint32_t& g : unrolled.generation_of) {
    if (g != no_generation) g = place[g];
  }
  unrolled.generations = std::move(arranged);
}

// Reads of what nothing wrote before and no user gives: the value is the last one written, in the
// loop's turn before.
void link_loops(const Facts& facts, std::vector<Generation>& generations) {
  std::size_t first = 0;
  while (first < generations.size()) {
    std::size_t end = first + 1;
    while (end < generations.size() && generations[end].region == generations[first].region) ++end;
    Generation& opening = generations[first];
    if (opening.writers.empty() && !facts.binding.is_true(opening.region)) {
      for (std::size_t g = end; g-- > first + 1;) {
        if (generations[g].writers.empty()) continue;
        opening.back_writers = generations[g].writers;
        break;
      }
    }
    first = end;
  }
}

// True when the readers read more than the writers wrote; false also when sizes are unknown.
bool is_partial(const Facts& facts, const Generation& generation) {
  std::int64_t written = 0;
  for (const Row t : generation.writers) {
    const std::optional<std::int64_t> bytes = facts.bytes[t];
    if (!bytes || __builtin_add_overflow(written, *bytes, &written)) return false;
  }
  return std::any_of(generation.readers.begin(), generation.readers.end(),
                     [&](Row t) { return facts.bytes[t].value_or(0) > written; });
}

void carry_parts(const Facts& facts, std::vector<Generation>& generations) {
  for (std::size_t g = 1; g < generations.size(); ++g) {
    const Generation& before = generations[g - 1];
    Generation& generation = generations[g];
    if (before.region != generation.region || !is_partial(facts, generation)) continue;
    std::vector<Row>& carried = generation.carried_writers;
    carried = before.carried_writers;
    carried.insert(carried.end(), before.writers.begin(), before.writers.end());
    if (carried.size() > most_carried) {
      carried.erase(carried.begin(), carried.end() - static_cast<std::ptrdiff_t>(most_carried));
    }
  }
}

using Edge = std::pair<Row, Row>;  // layers: from, to

std::vector<Edge> edges_of(const Facts& facts, const std::vector<Generation>& generations) {
  std::vector<Edge> edges;
  const auto add = [&](Row from, Row to) {
    const Edge edge{facts.layer_of(from), facts.layer_of(to)};
    if (edge.first < edge.second) edges.push_back(edge);
  };
  for (const Generation& g : generations) {
    const std::uint64_t pairs = std::uint64_t{g.writers.size()} * g.readers.size();
    const bool chained = pairs > most_edges_per_tensor * (g.writers.size() + g.readers.size());
    for (std::size_t i = 1; chained && i < g.writers.size(); ++i)
      add(g.writers[i - 1], g.writers[i]);
    for (const Row reader : g.readers) {
      if (chained) {
        add(g.writers.back(), reader);
      } else {
        for (const Row writer : g.writers) add(writer, reader);
      }
      for (const Row writer : g.carried_writers) add(writer, reader);
    }
  }
  std::sort(edges.begin(), edges.end());
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  return edges;
}

void fill_adjacency(std::vector<Edge> edges, std::size_t layers, Dependencies& result) {
  const auto fill = [&](std::vector<std::uint32_t>& start, std::vector<Row>& rows) {
    start.assign(layers + 1, 0);
    for (const Edge& edge : edges) ++start[edge.first + 1];
    for (std::size_t l = 0; l < layers; ++l) start[l + 1] += start[l];
    rows.reserve(edges.size());
    for (const Edge& edge : edges) rows.push_back(edge.second);
  };
  fill(result.successor_start, result.successor_rows);
  for (Edge& edge : edges) std::swap(edge.first, edge.second);
  std::sort(edges.begin(), edges.end());
  fill(result.predecessor_start, result.predecessor_rows);
}

}  // namespace

Dependencies dependencies(const Engine& engine, bool fold_no_ops) {
  const Facts facts(engine);
  Unrolled unrolled = unroll(facts);
  if (fold_no_ops) {
    const Folding folding = fold(facts, unrolled);
    move_reads(facts, folding, unrolled);
    move_writes(facts, folding, unrolled);
  }
  arrange(unrolled);
  link_loops(facts, unrolled.generations);
  carry_parts(facts, unrolled.generations);

  Dependencies result;
  fill_adjacency(edges_of(facts, unrolled.generations), engine.layer_count(), result);
  result.generations = std::move(unrolled.generations);
  result.generation_of = std::move(unrolled.generation_of);
  return result;
}

}  // namespace trex

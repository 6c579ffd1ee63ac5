// Reports layers that only move data, one straight after the other.
//
// Each reads the tensor and writes it again; one copy could do the work of the chain. They are
// left over where a transpose, a slice and a change of format meet and the fuser kept them apart.
// Not reported: a mover whose result something else reads too; Gather, which waits for its indices;
// Reformats that undo one another (reformat-round-trip, cast-round-trip).

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/base/text.hpp"
#include "trex/lint/ops.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/together.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace mover_chain_rule {

bool moves(const Context& c, Row layer) {
  if (!c.is(layer, mover) || c.hidden(layer)) return false;
  if (c.is(layer, kernel) && contains(c.name(layer), "Gath")) {
    return !has_operation(c, layer, {"Gather"});
  }
  return !contains_ignoring_case(c.type(layer), "Gather");
}

// The mover that alone reads what this layer writes, and reads nothing else.
Row next_mover(const Context& c, Row layer) {
  const auto after = c.successors(layer);
  if (after.size() != 1 || !moves(c, after.front())) return no_row;
  return c.predecessors(after.front()).size() == 1 ? after.front() : no_row;
}

bool is_undone(const Context& c, Row first, Row second) {
  if (!c.is(first, reformat) || !c.is(second, reformat)) return false;
  const Row before = c.data_input(first);
  const Row after = c.first_output(second);
  return before != no_row && after != no_row && &c.format(before) == &c.format(after);
}

std::string path_of(const Context& c, const std::vector<Row>& chain) {
  constexpr std::size_t most = 6;  // a longer one is told by its first layers
  std::string path;
  for (std::size_t i = 0; i < chain.size() && i < most; ++i) {
    path += (i == 0 ? "" : " -> ") + to_valid_utf8(c.type(chain[i]));
  }
  if (chain.size() > most) path += fmt::format(" -> {} more", chain.size() - most);
  return path;
}

std::vector<Finding> check(const Context& c) {
  const std::size_t layers = c.engine.layer_count();
  std::vector<bool> seen(layers);
  Gathered chains;
  for (Row row = 0; row < layers; ++row) {  // edges go forward: a chain is met at its start
    if (seen[row] || !moves(c, row)) continue;
    std::vector<Row> chain = {row};
    for (Row next = next_mover(c, row); next != no_row; next = next_mover(c, next)) {
      seen[next] = true;
      chain.push_back(next);
    }
    if (chain.size() < 2 || (chain.size() == 2 && is_undone(c, chain[0], chain[1]))) continue;
    const std::string path = path_of(c, chain);
    chains.add(path, std::move(chain));
  }
  std::vector<Finding> findings;
  for (const Alike& alike : chains.groups()) {
    Finding finding;
    for (const std::vector<Row>& chain : alike.cases) {
      finding.recoverable_ms = add(finding.recoverable_ms, time_but_longest(c, chain));
    }
    finding.layers = alike.layers();
    const std::vector<Row>& example = alike.cases.front();
    finding.message =
        fmt::format("{} of movers, {}: {} to {}{}", counted(alike.cases.size(), "chain"),
                    alike.cause, quoted(c.name(example.front())), quoted(c.name(example.back())),
                    time_text(time_of(c, finding.layers)));
    finding.evidence = {{"chains", static_cast<std::int64_t>(alike.cases.size()), Unit::count},
                        {"layers", static_cast<std::int64_t>(finding.layers.size()), Unit::count}};
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace mover_chain_rule

constexpr Rule mover_chain = {
    .id = "mover-chain",
    .code = "C06",
    .group = Group::movement,
    .severity = {},
    .summary = "layers that only move data follow one another",
    .why = "each is a pass over the tensor; one could do the work of all",
    .mitigation =
        "fold the transposes and reshapes of the model into one, and move casts and slices to "
        "where a computing layer can take them over",
    .source = "TensorRT documentation, fusion catalog: Shuffle and Shuffle",
    .needs = {},
    .check = mover_chain_rule::check,
};

}  // namespace trex::lint

// The order of the stages, and how sure it is that what they leave over has no counterpart.

// SPDX-License-Identifier: Apache-2.0

#include "trex/compare/alignment.hpp"

#include <algorithm>

#include "trex/compare/align_stages.hpp"

namespace trex::compare {
namespace {

// A free layer is surely alone when the engines share their names and its own is not among them, or
// when all that it stands between is paired; else the evidence only did not suffice.
std::vector<double> sureness(const Side& side, const StepGraph& graph, const Shared& shared,
                             double named_share, auto group_of) {
  std::vector<double> sure(side.size(), 0.5);
  for (Row row = 0; row < side.size(); ++row) {
    if (group_of(row) != no_group) continue;
    const auto ops = side.ops(row);
    const bool has_own_name = std::any_of(
        ops.begin(), ops.end(), [&](Id op) { return shared.trust[op] == NameTrust::specific; });
    const auto paired = [&](std::span<const Row> rows) {
      return !rows.empty() &&
             std::all_of(rows.begin(), rows.end(), [&](Row r) { return group_of(r) != no_group; });
    };
    if (paired(graph.before(row)) && paired(graph.after(row))) sure[row] = 0.8;
    if (has_own_name && named_share > 0.5) sure[row] = 0.95;
  }
  return sure;
}

// Which part of the pairs rests on names.
double named_share(const Pairs& pairs) {
  std::size_t named = 0;
  for (std::uint32_t g = 0; g < pairs.group_count(); ++g) {
    named += pairs.group(g).reason <= AlignReason::same_module;
  }
  return pairs.group_count() == 0 ? 0.0 : static_cast<double>(named) / pairs.group_count();
}

// No layer has a type: names are all there is.
bool is_bare(const Engine& engine) {
  const auto type = engine.layers[layer::type];
  for (Row row = 0; row < engine.layer_count(); ++row) {
    if (!type[row].empty()) return false;
  }
  return true;
}

// How much of the graph of a is found again in b: its pairs, and its edges between pairs that b has
// too.
std::size_t kept_structure(const Job& job) {
  std::size_t kept = job.pairs.group_count();
  for (Row row = 0; row < job.a.size(); ++row) {
    const Row partner = job.pairs.partner_of_a(row);
    if (partner == no_row) continue;
    const auto around = job.graph_b.before(partner);
    for (const Row source : job.graph_a.before(row)) {
      const std::uint32_t group = job.pairs.group_of_a(source);
      kept += group != no_group && std::any_of(around.begin(), around.end(), [&](Row r) {
                return job.pairs.group_of_b(r) == group;
              });
    }
  }
  return kept;
}

// Two ways, of which the one that keeps more of the graph is taken. From neighbour to neighbour
// first: whatever the order of execution, but where blocks repeat and one lost a layer, residual
// edges lead astray. By order first: the other way round.
void pair_structure(Job& job) {
  const Pairs named = job.pairs;
  const auto attempt = [&](bool spreads_first) {
    pair_surroundings(job, spreads_first);
    pair_sequences(job);
    // The pairs found by order are anchors too, and what crossed them may stand between new ones.
    pair_surroundings(job, true);
    pair_sequences(job);
    return kept_structure(job);
  };
  const std::size_t by_order = attempt(false);
  if (job.pairs.group_count() == named.group_count()) return;
  Pairs ordered = job.pairs;
  job.pairs = named;
  if (attempt(true) < by_order) job.pairs = std::move(ordered);
}

}  // namespace

std::string_view relation_name(Relation relation) {
  switch (relation) {
    case Relation::one_to_one:
      return "1-1";
    case Relation::one_to_many:
      return "1-n";
    case Relation::many_to_one:
      return "n-1";
    case Relation::many_to_many:
      return "n-m";
    case Relation::added:
      return "added";
    case Relation::removed:
      return "removed";
  }
  return "";
}

std::string_view reason_text(AlignReason reason) {
  switch (reason) {
    case AlignReason::same_name:
      return "same name";
    case AlignReason::same_source_ops:
      return "same source ops";
    case AlignReason::shared_source_ops:
      return "shared source ops";
    case AlignReason::same_module:
      return "same module path";
    case AlignReason::same_work:
      return "same work in the same place";
    case AlignReason::same_neighbours:
      return "same neighbours";
    case AlignReason::same_place:
      return "same place between paired layers";
    case AlignReason::no_counterpart:
      return "no counterpart";
  }
  return "";
}

Alignment align(const Engine& a, const Engine& b, const AlignOptions& options) {
  Shared shared(options);
  shared.bare = is_bare(a) || is_bare(b);
  // Names and nodes of two builds of one model are mostly the same texts.
  shared.texts.reserve(std::max(a.layer_count(), b.layer_count()) +
                       std::max(a.source_ops.row_count(), b.source_ops.row_count()));
  Side side_a(a, shared), side_b(b, shared);
  const bool with_operations = std::min(side_a.named_share(), side_b.named_share()) > 0.5;
  side_a.sign(shared, with_operations);
  side_b.sign(shared, with_operations);
  const StepGraph graph_a(side_a), graph_b(side_b);
  Pairs pairs(side_a.size(), side_b.size());
  Job job{side_a, side_b, shared, graph_a, graph_b, pairs};
  pair_names(job);
  pair_source_ops(job);
  pair_structure(job);
  join_fused(job);
  fill_holes(job);
  pair_carriers(job);

  const double share = named_share(pairs);
  const auto sure_a =
      sureness(side_a, graph_a, shared, share, [&](Row row) { return pairs.group_of_a(row); });
  const auto sure_b =
      sureness(side_b, graph_b, shared, share, [&](Row row) { return pairs.group_of_b(row); });
  return std::move(pairs).finish(sure_a, sure_b);
}

}  // namespace trex::compare

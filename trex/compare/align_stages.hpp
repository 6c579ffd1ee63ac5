// The stages of the alignment, from the surest evidence to the weakest. Each takes only what the
// stages before left free, or joins it to their groups.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "trex/compare/align_facts.hpp"
#include "trex/compare/align_graph.hpp"
#include "trex/compare/align_pairs.hpp"

namespace trex::compare {

struct Job {
  const Side &a, &b;
  Shared& shared;
  const StepGraph &graph_a, &graph_b;
  Pairs& pairs;
  // By row: its nodes are not in the other engine, though the engines share their names. Set by
  // pair_source_ops.
  std::vector<bool> alone_a = {}, alone_b = {};
};

// Whether two layers with an equal name or node are alike, and name no other node of their own.
bool names_may_agree(const Job& job, Row a, Row b);
// How far names that an exporter or Myelin counted agree in two engines.
struct CountedNames {
  std::size_t in_a = 0, in_b = 0;  // such names
  std::size_t common = 0;
  std::size_t agreed = 0;  // of the common ones: names_may_agree
  std::size_t shaped = 0;  // and of equal shapes
  void look_at(const Job& job, Row a, Row b);
  // The two counts did not part ways: `most` of the names (in percent) are common and nearly all
  // of those of equal shapes; or nearly all are common, and the shapes may be another input's.
  bool trusted(std::size_t most) const;
};

// Equal layer names. Names that an exporter or Myelin counted take part where nearly all that are
// in both engines agree with what the layers do.
void pair_names(Job& job);
// Shared source ops, then module paths; layers that do part of a paired layer's nodes join it.
void pair_source_ops(Job& job);
// Layers whose surroundings (signatures up to two steps away) are found once in each engine, and
// from every pair on, step by step, the neighbours that match each other and nothing else; not
// from pair to pair without `spreads`.
void pair_surroundings(Job& job, bool spreads);
// Between the pairs, in execution order: the longest common subsequence of signatures, then the
// best-scoring one of similarities.
void pair_sequences(Job& job);
// Steps that only one engine keeps apart join the group of the neighbour they were fused into.
void join_fused(Job& job);
// What nothing else is left for in the same place, and regions that one engine shows as one row.
void fill_holes(Job& job);
// What TensorRT put around the steps: copies between the same pairs, on the same side.
void pair_carriers(Job& job);

}  // namespace trex::compare

// The plan graph's dependencies: regions unrolled into generations, so that it is acyclic.
//
// A tensor name is a region of memory that may be written more than once: concat by slice, in
// place, scratch used again, loops. A write after a read starts a new generation; several writes
// before the first read fill one generation together. In execution order every edge then goes
// forward; a read whose only writer comes later (or is the reader itself) is loop-carried: a back
// edge.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "trex/model/engine.hpp"

namespace trex {

struct Generation {
  Row region = no_row;            // row in engine.regions
  std::int32_t number = 0;        // 0, 1, ... within the region
  std::vector<Row> writers;       // rows of engine.tensors, in execution order
  std::vector<Row> readers;       // rows of engine.tensors, in execution order
  std::vector<Row> back_writers;  // writers of loop-carried edges (not before their reader)
  // Writers of earlier generations whose part this one still holds: its own writers fill less of
  // the region than its readers read (a concat that is read halfway). At most `most_carried`.
  std::vector<Row> carried_writers;
};
inline constexpr std::size_t most_carried = 64;

struct Dependencies {
  std::vector<Generation> generations;       // by region, then number
  std::vector<std::uint32_t> generation_of;  // by tensor row; UINT32_MAX for constants' own rows
  // Layer adjacency without duplicates and without back edges: every edge goes forward in
  // execution order. Of a generation with very many writers and readers (more than 64 edges a
  // tensor) the writers are linked in a chain whose last one every reader follows, CSR: successors
  // of layer r are successor_rows[successor_start[r] .. successor_start[r + 1]].
  std::vector<std::uint32_t> successor_start, predecessor_start;
  std::vector<Row> successor_rows, predecessor_rows;
  std::span<const Row> successors(Row layer) const {
    return {successor_rows.data() + successor_start[layer],
            successor_rows.data() + successor_start[layer + 1]};
  }
  std::span<const Row> predecessors(Row layer) const {
    return {predecessor_rows.data() + predecessor_start[layer],
            predecessor_rows.data() + predecessor_start[layer + 1]};
  }
};

// fold_no_ops: NoOp layers vanish, their readers read what they read (TREx's view); what a NoOp
// writes to a binding, or into a generation that others write too, the writers of its input write.
// Tensor rows of folded layers belong to no generation.
Dependencies dependencies(const Engine& engine, bool fold_no_ops);

}  // namespace trex

// Which activations are live at each step of execution order, and how much is that at the peak?
//
// A generation of a region is live from its first writer (an engine input: from the start) to its
// last reader (an engine output: to the end); a loop-carried one over the whole loop. One step a
// layer of engine.layers, in the same order; NoOp layers are folded and so neither write nor read.
// Sizes: the region's widest view. A generation that begins where the one before is last read
// (written in place) continues it: nothing is freed and nothing is born.
//
// Not activations, so left out: what a Constant layer writes, and what is read but never written
// and no engine input (weights and constants that the file lists as inputs; `constant_bytes`).

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "trex/model/engine.hpp"
#include "trex/model/regions.hpp"

namespace trex {

namespace memory {
using I = std::int64_t;
inline constexpr Key<I> live_bytes{"live_bytes", Unit::bytes, "activations live at this step"};
inline constexpr Key<I> born_bytes{"born_bytes", Unit::bytes, "first written at this step"};
inline constexpr Key<I> freed_bytes{"freed_bytes", Unit::bytes, "last read at this step"};
}  // namespace memory

// From the first write to the last read of one region.
struct LiveInterval {
  Row first, last;           // steps, both included
  Row region;                // row of engine.regions
  std::int64_t generations;  // written in place: more than one
};

struct ActivationMemory {
  Table steps;                              // index, name, live_bytes, born_bytes, freed_bytes
  std::optional<std::int64_t> total_bytes;  // every generation once
  std::optional<std::int64_t> peak_bytes;
  std::optional<Row> peak_layer;               // the first step of the peak
  std::optional<std::int64_t> constant_bytes;  // read, never written, no engine input
  std::int64_t unknown_regions = 0;            // of unknown size: the figures are lower bounds
  bool lower_bound = false;
  std::vector<LiveInterval> intervals;  // of known size; by region, then time
};
ActivationMemory activation_memory(const Engine& engine);
// The same where the dependencies, NoOps folded, are at hand.
ActivationMemory activation_memory(const Engine& engine, const Dependencies& folded);

}  // namespace trex

// Which activations are live at each step of execution order, and how much is that at the peak?
//
// A generation of a region is live from its first writer (an engine input: from the start) to its
// last reader (an engine output: to the end). Sizes: the region's widest view.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "trex/model/engine.hpp"

namespace trex {

namespace memory {
using I = std::int64_t;
inline constexpr Key<I> live_bytes{"live_bytes", Unit::bytes, "activations live at this step"};
inline constexpr Key<I> born_bytes{"born_bytes", Unit::bytes, "first written at this step"};
inline constexpr Key<I> freed_bytes{"freed_bytes", Unit::bytes, "last read at this step"};
}  // namespace memory

struct ActivationMemory {
  Table steps;                              // index, name, live_bytes, born_bytes, freed_bytes
  std::optional<std::int64_t> total_bytes;  // every generation once
  std::optional<std::int64_t> peak_bytes;
  std::optional<Row> peak_layer;
  std::int64_t unknown_regions = 0;         // of unknown size: the figures are lower bounds
  bool lower_bound = false;
};
ActivationMemory activation_memory(const Engine& engine);

}  // namespace trex

// How fast could each layer be on this GPU, and how much time is above that floor?
//
// floor_ms = max(FLOPs / peak of the layer's precision, bytes moved / bandwidth). A layer without
// countable work has the bandwidth floor alone. recoverable_ms = time_ms - floor_ms, never below 0.
// One row a layer, in engine.layers' order; unknown where the device or the work is: a layer whose
// work was to be counted and could not be has no floor, nor has one that moves no bytes.
//
// Peaks are dense, on Tensor Cores where the GPU has them for that type. efficiency above 1 is no
// error: the tensors stayed in the L2 cache, or the weights are sparse.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "trex/model/engine.hpp"

namespace trex {

namespace roofline {
inline constexpr Key<double> floor_ms{"floor_ms", Unit::milliseconds, "least time on this GPU"};
inline constexpr Key<std::string_view> bound{"bound", Unit::none, "compute or memory"};
inline constexpr Key<double> efficiency{"efficiency", Unit::fraction, "floor_ms / time_ms"};
inline constexpr Key<double> recoverable_ms{"recoverable_ms", Unit::milliseconds,
                                            "time_ms above the floor"};
}  // namespace roofline

Table roofline_table(const Engine& engine, const Table& work, const Device& device);

}  // namespace trex

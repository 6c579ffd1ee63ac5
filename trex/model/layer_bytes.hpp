// Bytes of a layer: what it reads and writes, and its weights.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "trex/model/engine.hpp"

namespace trex {

// The sum, or null_integer when either is unknown or the sum does not fit.
std::int64_t add_bytes(std::int64_t a, std::int64_t b);

// Bytes of `count` elements; null_integer for an unknown type (unless there are none), a negative
// count or more than fits.
std::int64_t weights_entry_bytes(const Weights& entry);

// The kernel's own weights, no bias and no scale: "Weights", "ConvWeights", "weights".
bool is_kernel_weights(std::string_view key);

// Weights and bias of a layer, by what the file states, first that applies:
//   weights-like entries         their sum
//   `Constants` (11.x)           their sum
//   a type that would state them 0: classic layers (they have a ParameterType) and those that
//                                only move data
//   else                         unknown: gemm, fusion, kgen, plugins and ForeignNode hold
//                                weights that the file does not state
struct WeightsFacts {
  std::span<const Weights> entries;
  std::span<const std::int64_t> constant_bytes;
  std::string_view layer_type, parameter_type;
};
std::int64_t layer_weights_bytes(const WeightsFacts& facts);

// The sum over distinct names; unknown as soon as one view is. Several views of one region are
// their sum, but no more than the region holds: an attention kernel lists the slices Q, K and V of
// one buffer and reads all of it; x in x * x is read once.
struct NamedBytes {
  StringId name;
  std::int64_t bytes;
  std::int64_t region_bytes;  // the widest view of that name in this layer or before it
};
std::int64_t distinct_bytes(std::vector<NamedBytes>& views);  // sorts `views`

}  // namespace trex

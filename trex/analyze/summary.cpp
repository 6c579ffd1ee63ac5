// The engine's totals.

// SPDX-License-Identifier: Apache-2.0

#include "trex/analyze/summary.hpp"

#include <cmath>

namespace trex {

Totals totals(const Engine& engine) { return totals(engine, activation_memory(engine)); }

Totals totals(const Engine& engine, const ActivationMemory& memory) {
  Totals result;
  const auto hidden = engine.layers[layer::hidden];
  const auto weights = engine.layers[layer::weights_bytes];
  for (Row row = 0; row < engine.layer_count(); ++row) {
    if (!hidden.is_true(row)) ++result.layer_count;
    if (!weights[row]) result.weights_lower_bound = true;
  }
  result.file_layer_count = engine.file_layer_count;
  if (std::isfinite(engine.profile.layer_time_ms)) {
    result.layer_time_ms = engine.profile.layer_time_ms;
  }
  result.weights_bytes = total(weights);
  // Nothing but layers without weights and layers that do not state theirs: unknown, not 0.
  if (result.weights_lower_bound && result.weights_bytes == 0) result.weights_bytes.reset();
  result.constant_bytes = memory.constant_bytes;
  result.activation_bytes = memory.total_bytes;
  result.peak_activation_bytes = memory.peak_bytes;
  result.activation_lower_bound = memory.lower_bound;
  return result;
}

}  // namespace trex

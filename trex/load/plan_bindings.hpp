// The engine's inputs and outputs: "Bindings" of 8.2 to 10.x, "I/O Tensors" of 11.x.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "trex/load/plan_values.hpp"
#include "trex/model/engine_builder.hpp"

namespace trex {

// A list of names or of objects, or both. An object with several optimization profiles gives a
// row for each.
void read_bindings(PlanField field, PlanContext& context, std::vector<RawBinding>& bindings);

}  // namespace trex

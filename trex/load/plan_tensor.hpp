// The tensors of a layer: its Inputs, Outputs and Constants -> RawTensor.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "trex/load/plan_values.hpp"
#include "trex/model/engine_builder.hpp"

namespace trex {

// A list of tensor objects; one object or a list of names is taken, too, with a note.
// Entries of {Type, Count} without a name are weights ("Constants" of 11.x) and go there.
void read_tensors(PlanField field, PlanContext& context, std::vector<RawTensor>& tensors,
                  std::vector<RawWeights>& weights);

}  // namespace trex

// The plan graph JSON of every TensorRT from 8.2 to 11.x -> Engine.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "trex/base/error.hpp"
#include "trex/model/engine.hpp"

namespace trex {

// The list of layers is there but empty, as verbosity 'none' leaves it: a profile may still tell.
struct NoLayersInPlan : Error {
  using Error::Error;
};

// `file` names it in errors and notes. The engine has no times yet. Sets layers, tensors, regions,
// bindings, source_ops, formats, convolutions, weights, schema, verbosity, notes, graph_text.
Engine load_plan(Bytes text, const std::string& file, std::optional<int> opt_profile);

}  // namespace trex

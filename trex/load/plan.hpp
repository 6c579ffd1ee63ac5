// The plan graph JSON of every TensorRT from 8.2 to 11.x -> Engine.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "trex/base/error.hpp"
#include "trex/load/sniff.hpp"
#include "trex/model/engine.hpp"

namespace trex {

// The list of layers is there but empty, as verbosity 'none' leaves it: a profile may still tell.
struct NoLayersInPlan : Error {
  using Error::Error;
};

// `file` names it in errors and notes. The engine has no times yet. Sets layers, tensors, regions,
// bindings, source_ops, formats, convolutions, weights, schema, verbosity, notes, graph_text.
//
// Documents of other kinds that are run together with the graph ("cat graph.json profile.json") are
// given back in `others`, one text a kind with all its documents; without it a note says that they
// are left out.
struct OtherDocuments {
  FileKind kind = FileKind::unknown;
  std::string text;
};
Engine load_plan(Bytes text, const std::string& file, std::optional<int> opt_profile,
                 std::vector<OtherDocuments>* others = nullptr);

// A profile or metadata with a plan graph behind it.
bool has_plan_behind(std::string_view text, FileKind kind);

}  // namespace trex

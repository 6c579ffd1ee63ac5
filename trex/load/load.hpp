// From files to an Engine: find them, recognise them, read them, join them.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "trex/model/engine.hpp"

namespace trex {

// The files of one engine. Empty: none. "-" is standard input.
struct EngineFiles {
  std::string graph, profile, timing;
  std::string profile_metadata, build_metadata, profile_log, build_log;
  std::string onnx;
  std::string gpu_samples;         // what the GPU did meanwhile: X.gpu.jsonl
  std::string name;                // empty: made from the graph file's name
  std::optional<int> opt_profile;  // empty: the first
  std::vector<SourceFile> how;     // how each was found
};

// ENGINE arguments to engines: each is a graph JSON, a directory, a stem ("out/x.onnx.engine") or a
// file of any kind that load knows, recognised by content; side files given with one graph belong
// to it. `explicit_files` (from --graph, --profile ...) win. Throws Error for a raw .engine or
// .plan (with the trtexec command that makes its JSON), for what cannot be recognised, and for
// side files that could belong to several graphs.
std::vector<EngineFiles> find_engine_files(const std::vector<std::string>& arguments,
                                           const EngineFiles& explicit_files);

// Throws Error only when there is nothing to show; what was tolerated is in engine.notes.
Engine load_engine(const EngineFiles& files);

}  // namespace trex

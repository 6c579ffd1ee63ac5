// What a file's name says: its engine's name, and which other files belong to the same engine.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace trex {

// The name less the suffixes that tools add: "resnet.onnx.engine.graph.json.gz" ->
// "resnet.onnx.engine", "layers_a.json" -> "layers_a", "x.profile.json" -> "x".
std::string engine_name_of(std::string_view file_name);

// What is left of a name without the words for what is in the file, in lower case: files of one
// engine have it in common. "resnet.onnx.engine.graph.json" and "resnet.onnx.engine.timing.json"
// -> "resnet.onnx"; "layers_a.json" and "profile_a.json" -> "a"; "graph.json" -> "".
std::string family_of(std::string_view file_name);

// Whether a file of that name may hold something that load reads: JSON or a log, also gzipped.
bool may_be_readable(std::string_view file_name);

}  // namespace trex

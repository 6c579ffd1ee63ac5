// What metadata, logs and the GPU table say of an engine, as JSON objects and in words.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "trex/base/json.hpp"
#include "trex/document/document.hpp"
#include "trex/model/engine.hpp"

namespace trex::report {

Json device_json(const Device& device, const Metadata& metadata);
// "NVIDIA TITAN RTX, compute capability 7.5, 72 SMs, 1770 MHz, 672 GB/s"; "" when nothing is known.
std::string said_device(const Device& device);

// Options and facts of the build: TREx's model_options and build_options in one object, then what
// the log's own lines state (engine_bytes, build_seconds ...).
Json builder_json(const Engine& engine);
// What was chosen other than by default: "FP16, optimization level 5, version compatible".
std::string said_builder(const Engine& engine);
// What the logs state of the build: "161.1 s, engine 12.3 MiB, peak GPU memory 1.1 GiB".
std::string said_build(const Engine& engine);

// The performance summary: throughput, and each latency's statistics by name.
Json performance_json(const Engine& engine);

Json inference_json(const Engine& engine);

// The engine's load notes: a table {file, path, message}.
Table notes_table(const Engine& engine);
// The files that were found and used: a table {kind, path, how}.
Table sources_table(const Engine& engine);
// How the profile was joined with the layers, in one line.
std::string said_pairing(const Engine& engine);

}  // namespace trex::report

// One engine in one file, to compare later builds with: CI keeps it and needs no other file.
//
// It holds the graph as it was written, the times of the layers, at most 4 096 latencies, what the
// logs and metadata stated, and what lint found.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "trex/base/file.hpp"
#include "trex/model/engine.hpp"

namespace trex::report {

struct EngineBaseline {
  Engine engine;
  std::string findings;  // for findings_change()
};

std::string engine_baseline_text(const Engine& engine);
// Throws Error naming `file` and what is missing.
EngineBaseline read_engine_baseline(const Bytes& text, const std::string& file);

}  // namespace trex::report

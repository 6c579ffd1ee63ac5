// Which engine is it, whatever its files are called and wherever they lie?

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "trex/model/engine.hpp"

namespace trex::store {

struct Identity {
  // The first 16 hexadecimal digits of a SHA-256 over what each of the engine's files is (graph,
  // profile, timing, metadata, logs, GPU samples) and holds, decompressed, and the optimization
  // profile that was loaded. Paths and the engine's name do not count. Of a million engines two
  // share an id with a probability of 3e-8.
  std::string id;
  std::string name;
  // When it was measured, else built, as the first line of a log with a time says: "2026-11-23".
  // Empty where no log says.
  std::string date;
};

// Reads the engine's files again. Throws Error where one is gone by now.
Identity identify(const Engine& engine);

}  // namespace trex::store

// The bare walk: the least any reader of a JSON file must do, as the measure for our loaders.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "trex/base/file.hpp"

namespace trex::bench {

// What was met on the way, so that no compiler drops the walk.
struct Walked {
  std::int64_t values = 0;
  double sum = 0;  // of every number
};

// Visits every value of every document in `text` with simdjson's on-demand parser, converts every
// number, allocates nothing of its own. Throws Error for what is not strict JSON.
Walked bare_walk(const Bytes& text);

}  // namespace trex::bench

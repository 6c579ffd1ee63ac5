// Every analysis there is, one after the other, for the benchmarks.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "trex/model/engine.hpp"

namespace trex::bench {

// Rows of all resulting tables together.
std::size_t run_analyses(const Engine& engine);

}  // namespace trex::bench

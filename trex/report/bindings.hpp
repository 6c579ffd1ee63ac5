// The engine's inputs and outputs, as people read them: alike ones in one row.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "trex/document/document.hpp"
#include "trex/model/engine.hpp"

namespace trex::report {

// For programs: every binding, one row each.
TableBlock bindings_data(const Engine& engine);
// For people. A decoder has a hundred bindings that differ in a number only: where there are many,
// those of one mode, format and shape whose names differ in digits become "past.*.key" with a
// count.
TableBlock bindings_for_people(const Engine& engine);

}  // namespace trex::report

// `trex check`: is the evidence sound? Load notes, pairing, measurement hygiene.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "trex/document/document.hpp"
#include "trex/model/engine.hpp"

namespace trex::report {

Document check_report(const Engine& engine);
// Whether a strict reader would stop: a load note or a warning.
bool has_problems(const Engine& engine);

}  // namespace trex::report

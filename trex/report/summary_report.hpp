// `trex summary`: what the engine is, in one screen.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "trex/document/document.hpp"
#include "trex/model/engine.hpp"

namespace trex::report {

Document summary_report(const Engine& engine);

}  // namespace trex::report

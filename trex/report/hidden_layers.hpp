// Which layers are left out by default, in words.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "trex/model/engine.hpp"

namespace trex::report {

// "10 NoOp, 2 Constant"; empty when no layer is hidden.
std::string said_hidden_layers(const Engine& engine);

}  // namespace trex::report

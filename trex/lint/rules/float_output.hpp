// Layers that read quantized data and write floating point: what the rules on these share.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "trex/lint/rule.hpp"

namespace trex::lint {

// One finding for the engine, of the layers inside it that `is_meant` names and that widen what is
// quantized; it could win what writing one byte a value saves. The message: "2 `noun`s `what`: 'a'
// and 'b'".
std::vector<Finding> float_outputs(const Context& c, bool (*is_meant)(const Context&, Row),
                                   std::string_view noun, std::string_view what);

}  // namespace trex::lint

// Layers that belong into the convolution before them: what the rules on these share.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "trex/lint/rule.hpp"

namespace trex::lint {

// One finding for every datatype that layers which `fires` names write; each could win its whole
// time. The message: "2 `noun`s of type FP16 behind convolutions, not `fate`: 'a' and 'b', 0.1 ms".
std::vector<Finding> behind_convolutions(const Context& c, bool (*fires)(const Context&, Row),
                                         std::string_view noun, std::string_view fate,
                                         Confidence confidence);

}  // namespace trex::lint

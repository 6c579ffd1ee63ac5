// The plan graph as plain text: what the inspector's one-line format gives, and what trtexec
// --dumpLayerInfo prints.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace trex {

bool is_plan_text(std::string_view text);
// As a plan graph JSON of the same layers; nothing when the text has not this form.
std::optional<std::string> json_of_plan_text(std::string_view text);

}  // namespace trex

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
// The text form that stands in a trtexec log, which --dumpLayerInfo wrote; nothing without one.
std::optional<std::string> plan_text_in_log(std::string_view log);

}  // namespace trex

// One attribute of a box as a line of text.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "trex/document/drawing.hpp"

namespace trex::render {

// Past so many bytes a value loses its end: metadata may be of any size, a hover text may not.
inline constexpr std::size_t longest_value = 4000;

// "Kernel: [3, 3]"; no control bytes, valid UTF-8.
std::string attribute_text(const DrawingAttribute& attribute);
// The value alone: texts as they are, everything else as JSON; at most `longest` bytes of it.
std::string value_text(const Json& value, std::size_t longest = longest_value);

// "602112 B (588.0 KiB)".
std::string counted_bytes(std::int64_t bytes);

}  // namespace trex::render

// Lines of at most so many columns on a terminal.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace trex::render {

// Breaks at spaces; a word longer than a line is broken after a '/' or where the line ends,
// never inside a character. `width` 0: one line. The text must be printable already.
std::vector<std::string> wrap(std::string_view text, int width);
// `text` and spaces up to `width` columns, on the right or (`right`) before it.
std::string pad(std::string_view text, int width, bool right = false);

}  // namespace trex::render

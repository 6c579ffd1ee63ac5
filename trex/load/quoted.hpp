// A name from a file, for a message: quoted, printable, never longer than a line.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "trex/base/text.hpp"

namespace trex {

inline std::string quoted_name(std::string_view name) {
  constexpr int width = 80;
  // What is far too long is cut before it is cleaned, byte by byte, which may be slow.
  constexpr std::size_t most_bytes = 4096;
  return "'" + shorten_middle(printable(name.substr(0, most_bytes)), width) + "'";
}

}  // namespace trex

// Text inside XML and HTML, whatever it holds.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace trex::render {

// For content and for attributes in either quotes: control bytes made visible, U+FFFE and U+FFFF
// (which XML 1.0 cannot hold, escaped or not) replaced, markup escaped.
std::string markup_escaped(std::string_view text);

}  // namespace trex::render

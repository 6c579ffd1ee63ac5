// Text inside XML.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace trex::render {

// Escaped for an element's content and for attributes. What XML 1.0 cannot hold even escaped
// (control bytes, U+FFFE) and invalid UTF-8 become U+FFFD.
std::string xml_text(std::string_view text);

}  // namespace trex::render

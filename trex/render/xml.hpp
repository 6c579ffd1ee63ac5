// Text inside XML.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "trex/base/text.hpp"

namespace trex::render {

// Escaped for an element's content and for attributes. What XML 1.0 cannot hold even escaped
// (control bytes, U+FFFE) and invalid UTF-8 become U+FFFD.
std::string xml_text(std::string_view text);
// The same with control bytes made visible first, for names out of files.
inline std::string printable_xml(std::string_view text) { return xml_text(printable(text)); }

}  // namespace trex::render

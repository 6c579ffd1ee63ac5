// XML's five characters, and what it cannot hold.

// SPDX-License-Identifier: Apache-2.0
#include "trex/render/xml.hpp"

#include "trex/base/utf8.hpp"

namespace trex::render {
namespace {

// https://www.w3.org/TR/xml/#charsets
bool is_xml(char32_t code) {
  if (code < 0x20) return code == '\t' || code == '\n' || code == '\r';
  return code != 0xFFFE && code != 0xFFFF;
}

}  // namespace

std::string xml_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const Utf8Character c = utf8_at(text, at);
    switch (c.code) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        if (c.valid && is_xml(c.code)) {
          out += text.substr(at, c.length);
        } else {
          append_utf8(out, replacement_character);
        }
    }
    at += c.length;
  }
  return out;
}

}  // namespace trex::render

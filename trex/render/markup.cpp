// Text inside XML and HTML.

// SPDX-License-Identifier: Apache-2.0
#include "trex/render/markup.hpp"

#include "trex/base/text.hpp"

namespace trex::render {

std::string markup_escaped(std::string_view text) {
  std::string safe = replace_all(printable(text), "\xef\xbf\xbe", "\xef\xbf\xbd");
  safe = replace_all(safe, "\xef\xbf\xbf", "\xef\xbf\xbd");
  std::string result;
  for (const char c : safe) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&apos;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

}  // namespace trex::render

// Attributes in one line.

// SPDX-License-Identifier: Apache-2.0
#include "trex/render/attribute_text.hpp"

#include <fmt/format.h>

#include "trex/base/text.hpp"
#include "trex/base/units.hpp"

namespace trex::render {

std::string value_text(const Json& value, std::size_t longest) {
  std::string text = value.text() != nullptr ? *value.text() : value.dump();
  if (text.size() <= longest) return text;
  std::size_t end = longest;  // not inside a character
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  const std::size_t cut = text.size() - end;
  text.resize(end);
  return text + fmt::format("… ({} bytes more)", cut);
}

std::string attribute_text(const DrawingAttribute& attribute) {
  return printable(attribute.name) + ": " + printable(value_text(attribute.value));
}

std::string counted_bytes(std::int64_t bytes) {
  if (bytes < 1024) return human_bytes(bytes);
  return fmt::format("{} B ({})", bytes, human_bytes(bytes));
}

}  // namespace trex::render

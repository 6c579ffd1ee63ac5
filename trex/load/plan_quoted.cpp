// Taking the quotes off; rare, so by way of Json values.

// SPDX-License-Identifier: Apache-2.0
#include "trex/load/plan_quoted.hpp"

#include "trex/base/json.hpp"
#include "trex/base/text.hpp"

namespace trex {
namespace {

void append_unquoted(std::string& out, const Json& value) {
  const Json::Array* list = value.array();
  if (list == nullptr) {
    out += value.dump();
    return;
  }
  out += '[';
  for (const Json& element : *list) {
    if (&element != list->data()) out += ",\n";
    const std::string* text = element.text();
    out += text != nullptr && is_quoted_layer(*text) ? *text : element.dump();
  }
  out += ']';
}

}  // namespace

bool is_quoted_layer(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t open = text.find_first_not_of(blanks);
  if (open == std::string_view::npos || text[open] != '{') return false;
  const std::size_t next = text.find_first_not_of(blanks, open + 1);
  return next != std::string_view::npos && text[next] == '"' && contains(text, "\"Name\"");
}

std::string unquote_layers(std::string_view json, const std::string& file) {
  const Json root = parse_json(json, file);
  std::string out;
  const Json::Object* object = root.object();
  if (object == nullptr) {
    append_unquoted(out, root);
    return out;
  }
  out += '{';
  for (const Json::Member& member : *object) {
    if (&member != object->data()) out += ",\n";
    append_json_string(out, member.first);
    out += ':';
    append_unquoted(out, member.second);
  }
  out += '}';
  return out;
}

}  // namespace trex

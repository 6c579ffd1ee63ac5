// colors: the colours that things have in every picture, for light and dark pages.

// SPDX-License-Identifier: Apache-2.0
#include "trex/document/colors.hpp"
#include "trex/page/calls.hpp"

namespace trex::page {
namespace {

// On a dark page a colour needs more light to stand out as much.
constexpr double lighter_on_dark = 0.25;
constexpr Color white{255, 255, 255};

Json both(Color color) {
  Json json;
  json.set("light", hex(color)).set("dark", hex(mix(color, white, lighter_on_dark)));
  return json;
}

Json named(std::span<const NamedColor> list) {
  Json json{Json::Object{}};
  for (const NamedColor& entry : list) json.set(std::string(entry.name), both(entry.color));
  return json;
}

Json listed(std::span<const Color> list) {
  Json json{Json::Array{}};
  for (const Color color : list) json.push(both(color));
  return json;
}

}  // namespace

Answer colors_call(Session&, const Request&) {
  Answer answer;
  answer.set("types", named(layer_type_colors())).set("precisions", named(precision_colors()));
  answer.set("severities", named(severity_colors())).set("heat", listed(heat_colors()));
  return answer.set("others", listed(other_colors())).set("unknown", both(no_color));
}

}  // namespace trex::page

// What a drawing's colours say, as Model Explorer's node data: loaded beside its graph JSON.
//
// Format: {graph id: {name, results: {node id: {value, bgColor}}}} (google-ai-edge/model-explorer,
// NodeDataProviderGraphData). Ids are those that model_explorer.cpp writes. A value is a number
// where the colours say time, so that Model Explorer sorts and sums it, else a word.

// SPDX-License-Identifier: Apache-2.0
#include "trex/render/pictures.hpp"

namespace trex::render {

std::string node_data(const Drawing& drawing, const PictureStyle&) {
  const std::string id = Json(drawing.title.empty() ? "engine" : drawing.title).dump();
  const std::string name =
      Json(drawing.legend_title.empty() ? "colour" : drawing.legend_title).dump();
  std::string out = "{" + id + ": {\"name\": " + name + ", \"results\": {";
  bool first = true;
  for (const DrawingBox& box : drawing.boxes) {
    if (box.value.is_null()) continue;
    Json result;
    result.set("value", box.value).set("bgColor", hex(mix(box.color, Color{255, 255, 255}, 0.5)));
    out += (first ? "\n" : ",\n") + Json(box.id).dump() + ": " + result.dump();
    first = false;
  }
  return out + "\n}}}\n";
}

}  // namespace trex::render

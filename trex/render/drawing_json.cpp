// A drawing as JSON: boxes, lines and frames with their places and everything known of them.

// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <map>

#include "trex/render/attribute_text.hpp"
#include "trex/render/pictures.hpp"

namespace trex::render {
namespace {

Json rounded(double value) { return Json(std::round(value * 10) / 10); }

void set_rect(Json& json, const DrawingRect& r) {
  json.set("x", rounded(r.x)).set("y", rounded(r.y));
  json.set("width", rounded(r.width)).set("height", rounded(r.height));
}

Json attributes_json(const Drawing& drawing, BoxKind kind, std::uint32_t subject) {
  Json result{Json::Object{}};
  if (!drawing.attributes) return result;
  std::map<std::string, int> seen;  // a file may have a key twice
  for (DrawingAttribute& a : drawing.attributes(kind, subject)) {
    const int before = seen[a.name]++;
    result.set(before == 0 ? a.name : a.name + "#" + std::to_string(before + 1),
               std::move(a.value));
  }
  return result;
}

Json tensor_json(const DrawingTensor& tensor) {
  if (tensor.name.empty() && !tensor.has_dims) return {};
  Json dims;
  if (tensor.has_dims) {
    dims = Json(Json::Array{});
    for (const std::int64_t d : tensor.dims) dims.push(d);
  }
  const auto known = [](const std::string& text) { return text.empty() ? Json() : Json(text); };
  Json result;
  result.set("name", tensor.name).set("dims", dims).set("format", known(tensor.format));
  result.set("datatype", known(tensor.datatype));
  result.set("bytes", tensor.bytes == null_integer ? Json() : Json(tensor.bytes));
  return result;
}

Json box_json(const Drawing& drawing, const DrawingBox& box) {
  Json json;
  json.set("id", box.id).set("kind", box_kind_name(box.kind)).set("name", box.name);
  json.set("type", box.type.empty() ? Json() : Json(box.type));
  json.set("color", hex(box.color)).set("highlighted", box.highlighted);
  json.set("input", box.is_input).set("output", box.is_output);
  json.set("group", box.frame == no_frame
                        ? Json()
                        : Json(drawing.frames[static_cast<std::size_t>(box.frame)].id));
  if (drawing.placed) set_rect(json, box.rect);
  Json lines{Json::Array{}};
  for (const DrawingText& text : box.texts) lines.push(text.text);
  json.set("lines", lines).set("tensor", tensor_json(box.tensor));
  return json.set("attributes", attributes_json(drawing, box.kind, box.subject));
}

Json edge_json(const Drawing& drawing, const DrawingEdge& edge) {
  Json json;
  json.set("source", drawing.boxes[edge.source].id).set("target", drawing.boxes[edge.target].id);
  json.set("source_port", edge.source_port).set("target_port", edge.target_port);
  json.set("kind", edge.kind).set("back", edge.back).set("stub", edge.stub);
  json.set("tensor", tensor_json(edge.tensor));
  if (!drawing.placed) return json;
  Json points{Json::Array{}};
  for (const DrawingPoint& p : edge.points) {
    points.push(Json(Json::Array{rounded(p.x), rounded(p.y)}));
  }
  return json.set("points", points);
}

Json frame_json(const Drawing& drawing, const DrawingFrame& frame) {
  Json json;
  json.set("id", frame.id).set("name", frame.name).set("path", frame.path);
  json.set("parent", frame.parent == no_frame
                         ? Json()
                         : Json(drawing.frames[static_cast<std::size_t>(frame.parent)].id));
  if (drawing.placed) set_rect(json, frame.rect);
  return json.set("attributes", attributes_json(drawing, BoxKind::scope, frame.subject));
}

// Piece by piece: a large engine's tree of values would take ten times the text.
template <class Item, class ToJson>
void add_array(std::string& out, std::string_view key, const std::vector<Item>& items,
               ToJson to_json) {
  out += ",\n\"" + std::string(key) + "\": [";
  const char* separator = "\n";
  for (const Item& item : items) {
    out += separator + to_json(item).dump();
    separator = ",\n";
  }
  out += items.empty() ? "]" : "\n]";
}

}  // namespace

std::string drawing_json(const Drawing& drawing, const PictureStyle&) {
  std::string out = "{\n\"title\": " + Json(drawing.title).dump();
  if (drawing.placed) {
    out += ",\n\"width\": " + rounded(drawing.width).dump();
    out += ",\n\"height\": " + rounded(drawing.height).dump();
  }
  add_array(out, "boxes", drawing.boxes,
            [&](const DrawingBox& box) { return box_json(drawing, box); });
  add_array(out, "edges", drawing.edges,
            [&](const DrawingEdge& edge) { return edge_json(drawing, edge); });
  add_array(out, "groups", drawing.frames,
            [&](const DrawingFrame& frame) { return frame_json(drawing, frame); });
  add_array(out, "legend", drawing.legend, [](const DrawingLegendEntry& entry) {
    Json json;
    return json.set("label", entry.label).set("color", hex(entry.color));
  });
  add_array(out, "notes", drawing.notes, [](const std::string& note) { return Json(note); });
  return out + "\n}\n";
}

}  // namespace trex::render

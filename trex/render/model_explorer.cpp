// A drawing as Model Explorer's graph JSON: it folds by namespace, so frames become namespaces.
//
// Format: a graph collection {label, graphs: [{id, nodes: [{id, label, namespace, attrs,
// incomingEdges, inputsMetadata, outputsMetadata}]}]}, every value a text
// (google-ai-edge/model-explorer, input_graph.ts).

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "trex/base/text.hpp"
#include "trex/render/attribute_text.hpp"
#include "trex/render/pictures.hpp"

namespace trex::render {
namespace {

Json pair(std::string_view key, std::string_view value) {
  Json json;
  return json.set("key", std::string(key)).set("value", std::string(value));
}

class ModelExplorerWriter {
 public:
  explicit ModelExplorerWriter(const Drawing& drawing) : drawing_(drawing) {}

  std::string write() {
    incoming_.resize(drawing_.boxes.size());
    outgoing_.resize(drawing_.boxes.size());
    for (const DrawingEdge& edge : drawing_.edges) {
      incoming_[edge.target].push_back(&edge);
      outgoing_[edge.source].push_back(&edge);
    }
    name_spaces();
    const std::string title = drawing_.title.empty() ? "engine" : drawing_.title;
    std::string out = fmt::format("{{\"label\": {}, \"graphs\": [{{\"id\": {}, \"nodes\": [",
                                  Json(title).dump(), Json(title).dump());
    for (std::uint32_t b = 0; b < drawing_.boxes.size(); ++b) {
      out += (b == 0 ? "\n" : ",\n") + node(b).dump();
    }
    return out + "\n]}]}\n";
  }

 private:
  // "layers/layers.3": the names of the frames around it; a '/' in a name would be a level more.
  void name_spaces() {
    for (const DrawingFrame& frame : drawing_.frames) {
      const std::string above =
          frame.parent == no_frame ? "" : spaces_[static_cast<std::size_t>(frame.parent)] + "/";
      spaces_.push_back(above + replace_all(printable(frame.name), "/", "."));
    }
  }

  static Json tensor_attributes(const DrawingTensor& tensor) {
    Json attributes{Json::Array{}};
    if (!tensor.name.empty()) attributes.push(pair("__tensor_tag", tensor.name));
    if (!tensor.shape.empty()) attributes.push(pair("shape", tensor.shape));
    if (!tensor.format.empty()) attributes.push(pair("format", tensor.format));
    if (tensor.bytes != null_integer) {
      attributes.push(pair("bytes", std::to_string(tensor.bytes)));
    }
    return attributes;
  }

  Json outputs(std::uint32_t box) const {
    Json list{Json::Array{}};
    std::set<std::uint32_t> seen;
    for (const DrawingEdge* edge : outgoing_[box]) {
      if (edge->tensor.name.empty() || !seen.insert(edge->source_port).second) continue;
      Json item;
      list.push(item.set("id", std::to_string(edge->source_port))
                    .set("attrs", tensor_attributes(edge->tensor)));
    }
    return list;
  }

  Json edges_into(std::uint32_t box) const {
    Json list{Json::Array{}};
    for (const DrawingEdge* edge : incoming_[box]) {
      Json item;
      item.set("sourceNodeId", drawing_.boxes[edge->source].id);
      item.set("sourceNodeOutputId", std::to_string(edge->source_port));
      item.set("targetNodeInputId", std::to_string(edge->target_port));
      list.push(std::move(item));
    }
    return list;
  }

  Json node(std::uint32_t b) const {
    const DrawingBox& box = drawing_.boxes[b];
    Json attributes{Json::Array{}};
    attributes.push(pair("kind", box_kind_name(box.kind)));
    attributes.push(pair("name", box.name));
    if (drawing_.attributes) {
      for (const DrawingAttribute& a : drawing_.attributes(box.kind, box.subject)) {
        attributes.push(pair(a.name, value_text(a.value)));
      }
    }
    Json style;
    style.set("backgroundColor", hex(mix(box.color, Color{255, 255, 255}, 0.72)));
    style.set("borderColor", hex(box.color));
    Json json;
    json.set("id", box.id).set("label", box.type.empty() ? box.name : box.type);
    json.set("namespace",
             box.frame == no_frame ? "" : spaces_[static_cast<std::size_t>(box.frame)]);
    json.set("attrs", attributes).set("incomingEdges", edges_into(b));
    return json.set("outputsMetadata", outputs(b)).set("style", style);
  }

  const Drawing& drawing_;
  std::vector<std::vector<const DrawingEdge*>> incoming_, outgoing_;  // by box
  std::vector<std::string> spaces_;                                   // by frame
};

}  // namespace

std::string model_explorer(const Drawing& drawing, const PictureStyle&) {
  return ModelExplorerWriter(drawing).write();
}

}  // namespace trex::render

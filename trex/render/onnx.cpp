// A drawing as an ONNX model, for Netron: layers as nodes of a domain of our own.
//
// It is a picture, not a model to run, but one that the ONNX checker passes: every value is made
// once and before it is used, inputs and outputs are typed, both domains are imported. What a loop
// carries back is an attribute ("loop_inputs"), since ONNX graphs have no cycles.
// Field numbers: onnx/onnx.proto.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "trex/base/text.hpp"
#include "trex/render/attribute_text.hpp"
#include "trex/render/onnx_order.hpp"
#include "trex/render/pictures.hpp"
#include "trex/render/protobuf.hpp"

namespace trex::render {
namespace {

constexpr std::string_view domain = "trex.tensorrt";

struct ElementType {
  std::string_view name;
  int number;  // TensorProto.DataType
};
constexpr ElementType element_types[] = {
    {"FP32", 1},  {"TF32", 1},  {"UINT8", 2}, {"INT8", 3}, {"INT32", 6}, {"INT64", 7}, {"BOOL", 9},
    {"FP16", 10}, {"FP64", 11}, {"BF16", 16}, {"FP8", 17}, {"INT4", 22}, {"FP4", 23},
};
// What a graph's inputs and outputs must have even when the file does not say it.
constexpr ElementType otherwise{"", 1};
// Of ONNX 1.12: older readers refuse later ones outright, and types of later ones do no harm.
constexpr std::int64_t ir_version = 8, opset = 17;

const ElementType& element_type(std::string_view name) {
  for (const ElementType& type : element_types) {
    if (type.name == name) return type;
  }
  return otherwise;
}

// A protobuf string is UTF-8, and ONNX reads an empty name as "not there".
std::string name_of(std::string_view text, std::string_view if_empty) {
  return text.empty() ? std::string(if_empty) : to_valid_utf8(text);
}

class OnnxWriter {
 public:
  explicit OnnxWriter(const Drawing& drawing)
      : drawing_(drawing), order_(onnx_order(drawing)), incoming_(drawing.boxes.size()) {}

  std::string write() {
    for (std::uint32_t e = 0; e < drawing_.edges.size(); ++e) {
      incoming_[drawing_.edges[e].target].push_back(e);
    }
    for (const std::uint32_t box : order_.boxes) name_inputs(box);
    name_outputs();
    for (std::uint32_t e = 0; e < drawing_.edges.size(); ++e) name_value(drawing_.edges[e]);
    Message graph;
    for (const std::uint32_t box : order_.boxes) {
      if (!is_graph_input(box) && !is_plain_output(box)) graph.message(1, node(box));
    }
    graph.text(2, name_of(drawing_.title, "engine"));
    add_ends(graph);
    for (const auto& [value, tensor] : typed_) graph.message(13, value_info(value, *tensor));
    return model(graph);
  }

 private:
  using Value = std::pair<std::uint32_t, std::uint32_t>;  // box, port

  static Value value_of(const DrawingEdge& edge) {
    // A wait or an order is a value of its own: no port stands for it.
    return {edge.source, edge.tensor.name.empty() ? UINT32_MAX : edge.source_port};
  }

  bool is_graph_input(std::uint32_t box) const { return drawing_.boxes[box].is_input; }
  // An engine output that one layer writes and nobody reads is a name, not a node.
  bool is_plain_output(std::uint32_t box) const { return plain_outputs_.count(box) > 0; }

  std::string unique(const std::string& name) {
    std::string candidate = name;
    while (!taken_.insert(candidate).second)
      candidate = fmt::format("{}#{}", name, ++used_[name] + 1);
    return candidate;
  }

  void name_inputs(std::uint32_t box) {
    if (!is_graph_input(box)) return;
    const std::string name = unique(name_of(drawing_.boxes[box].name, "input"));
    inputs_.push_back({name, box});
    values_[{box, 0}] = name;
  }

  void name_outputs() {
    std::vector<std::uint8_t> is_read(drawing_.boxes.size(), 0);
    for (const DrawingEdge& edge : drawing_.edges) is_read[edge.source] = 1;
    for (const std::uint32_t box : order_.boxes) {
      if (!drawing_.boxes[box].is_output) continue;
      const std::string name = unique(name_of(drawing_.boxes[box].name, "output"));
      outputs_.push_back({name, box});
      const bool one_writer = incoming_[box].size() == 1 && is_read[box] == 0;
      const bool is_free =
          one_writer && values_.count(value_of(drawing_.edges[incoming_[box][0]])) == 0;
      if (is_free && !order_.dropped[incoming_[box][0]]) {
        values_[value_of(drawing_.edges[incoming_[box][0]])] = name;
        plain_outputs_.insert(box);
      } else {
        values_[{box, 0}] = name;
      }
    }
  }

  void name_value(const DrawingEdge& edge) {
    const Value value = value_of(edge);
    if (values_.count(value) == 0) {
      const std::string plain = edge.tensor.name.empty() ? drawing_.boxes[edge.source].id + ":done"
                                                         : name_of(edge.tensor.name, "tensor");
      values_[value] = unique(plain);
    }
    const bool is_end = is_graph_input(edge.source) || is_plain_output(edge.target);
    if (edge.tensor.has_dims && !is_end) typed_.try_emplace(values_[value], &edge.tensor);
  }

  Message node(std::uint32_t b) {
    const DrawingBox& box = drawing_.boxes[b];
    Message node;
    std::vector<std::string> loop_inputs;
    for (const std::uint32_t e : sorted_inputs(b)) {
      const std::string& name = values_[value_of(drawing_.edges[e])];
      if (order_.dropped[e]) {
        loop_inputs.push_back(name);
      } else {
        node.text(1, name);
      }
    }
    bool has_output = false;
    const auto first = values_.lower_bound({b, 0});
    for (auto value = first; value != values_.end() && value->first.first == b; ++value) {
      node.text(2, value->second);
      has_output = true;
    }
    if (!has_output) node.text(2, unique(box.id + ":end"));  // a node must make something
    node.text(3, name_of(box.name, box.id));
    node.text(4, name_of(op_type(box), "Layer"));
    add_attributes(box, loop_inputs, node);
    node.text(7, domain);
    return node;
  }

  std::vector<std::uint32_t> sorted_inputs(std::uint32_t box) const {
    std::vector<std::uint32_t> edges = incoming_[box];
    std::stable_sort(edges.begin(), edges.end(), [&](std::uint32_t a, std::uint32_t b) {
      return drawing_.edges[a].target_port < drawing_.edges[b].target_port;
    });
    return edges;
  }

  static std::string op_type(const DrawingBox& box) {
    switch (box.kind) {
      case BoxKind::layer:
        return box.type;
      case BoxKind::scope:
        return "Scope";
      case BoxKind::constant:
        return "Constant";
      case BoxKind::region:
      case BoxKind::binding:
        break;
    }
    return "Region";
  }

  void add_attributes(const DrawingBox& box, const std::vector<std::string>& loop_inputs,
                      Message& node) {
    std::set<std::string> seen;
    const auto is_new = [&](const std::string& name) {
      return !name.empty() && seen.insert(name).second;
    };
    if (!loop_inputs.empty()) {
      seen.insert("loop_inputs");
      Message attribute;
      attribute.text(1, "loop_inputs");
      for (const std::string& name : loop_inputs) attribute.text(9, name);
      attribute.integer(20, 8);
      node.message(5, attribute);
    }
    if (!drawing_.attributes) return;
    for (const DrawingAttribute& a : drawing_.attributes(box.kind, box.subject)) {
      const std::string name = to_valid_utf8(a.name);
      if (is_new(name)) node.message(5, attribute(name, a.value));
    }
  }

  static Message attribute(const std::string& name, const Json& value) {
    Message result;
    result.text(1, name);
    if (const std::int64_t* integer = value.integer()) {
      result.integer(3, *integer);
      result.integer(20, 2);
    } else if (value.number()) {
      result.real(2, static_cast<float>(*value.number()));
      result.integer(20, 1);
    } else if (is_integers(value)) {
      for (const Json& item : *value.array()) result.integer(8, *item.integer());
      result.integer(20, 7);
    } else {
      result.text(4, to_valid_utf8(value_text(value, SIZE_MAX)));
      result.integer(20, 3);
    }
    return result;
  }

  static bool is_integers(const Json& value) {
    const Json::Array* items = value.array();
    return items != nullptr && !items->empty() &&
           std::all_of(items->begin(), items->end(),
                       [](const Json& item) { return item.integer() != nullptr; });
  }

  Message value_info(const std::string& name, const DrawingTensor& tensor) {
    Message shape;
    for (const std::int64_t d : tensor.dims) {
      Message dim;
      if (d >= 0) {
        dim.integer(1, d);
      } else {
        dim.text(2, "?");
      }
      shape.message(1, dim);
    }
    const ElementType& type = element_type(tensor.datatype);
    Message tensor_type;
    tensor_type.integer(1, type.number);
    tensor_type.message(2, shape);
    Message type_proto;
    type_proto.message(1, tensor_type);
    Message info;
    info.text(1, name);
    info.message(2, type_proto);
    if (!tensor.format.empty()) info.text(3, to_valid_utf8(tensor.format));
    return info;
  }

  void add_ends(Message& graph) {
    for (const auto& [name, box] : inputs_) {
      graph.message(11, value_info(name, drawing_.boxes[box].tensor));
    }
    for (const auto& [name, box] : outputs_) {
      graph.message(12, value_info(name, drawing_.boxes[box].tensor));
    }
  }

  std::string model(const Message& graph) const {
    Message model;
    model.integer(1, ir_version);
    model.text(2, "trex");
    model.message(7, graph);
    Message onnx_domain, own_domain;
    onnx_domain.text(1, "");
    onnx_domain.integer(2, opset);
    own_domain.text(1, domain);
    own_domain.integer(2, 1);
    model.message(8, onnx_domain);
    model.message(8, own_domain);
    return model.bytes();
  }

  const Drawing& drawing_;
  OnnxOrder order_;
  std::vector<std::vector<std::uint32_t>> incoming_;  // edges, by box
  std::map<Value, std::string> values_;
  std::set<std::string> taken_;
  std::map<std::string, int> used_;  // by name: how many more were tried
  std::vector<std::pair<std::string, std::uint32_t>> inputs_, outputs_;
  std::set<std::uint32_t> plain_outputs_;
  std::map<std::string, const DrawingTensor*> typed_;
};

}  // namespace

std::string onnx(const Drawing& drawing, const PictureStyle&) {
  return OnnxWriter(drawing).write();
}

}  // namespace trex::render

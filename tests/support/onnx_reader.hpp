// ONNX models read back from their protobuf bytes, and the rules of the ONNX checker that a model
// with layers of a domain of its own must keep. For tests of what we write.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "trex/base/text.hpp"

namespace trex::test {

struct ProtoField {
  std::uint32_t number = 0;
  int wire = 0;
  std::uint64_t integer = 0;
  std::string_view bytes;
};

// Throws std::runtime_error for bytes that are no message.
inline std::vector<ProtoField> read_message(std::string_view bytes) {
  std::size_t at = 0;
  const auto varint = [&] {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at == bytes.size()) throw std::runtime_error("a varint is cut off");
      const auto byte = static_cast<unsigned char>(bytes[at++]);
      value |= std::uint64_t{byte & 0x7FU} << shift;
      if (byte < 0x80) return value;
    }
    throw std::runtime_error("a varint is too long");
  };
  std::vector<ProtoField> fields;
  while (at < bytes.size()) {
    const std::uint64_t tag = varint();
    ProtoField field{.number = static_cast<std::uint32_t>(tag >> 3), .wire = int(tag & 7)};
    if (field.wire == 0) {
      field.integer = varint();
    } else {
      const std::uint64_t size = field.wire == 2   ? varint()
                                 : field.wire == 5 ? 4
                                                   : 1 + bytes.size();
      if (size > bytes.size() - at) throw std::runtime_error("a field is cut off");
      field.bytes = bytes.substr(at, size);
      at += size;
    }
    fields.push_back(field);
  }
  return fields;
}

struct OnnxNode {
  std::string name, type, domain;
  std::vector<std::string> inputs, outputs;
  std::map<std::string, ProtoField> attributes;  // the value's field
};
struct OnnxValue {
  std::string name;
  std::int64_t element_type = 0;
  bool has_shape = false;
  std::vector<std::int64_t> dims;  // -1: by name
};
struct OnnxModel {
  std::int64_t ir_version = 0;
  std::map<std::string, std::int64_t> domains;
  std::string graph_name;
  std::vector<OnnxNode> nodes;
  std::vector<OnnxValue> inputs, outputs, values;
};

class OnnxReader {
 public:
  static OnnxModel read(std::string_view bytes) {
    OnnxReader reader;
    for (const ProtoField& field : read_message(bytes)) {
      if (field.number == 1) reader.model_.ir_version = std::int64_t(field.integer);
      if (field.number == 7) reader.read_graph(field.bytes);
      if (field.number == 8) reader.read_domain(field.bytes);
    }
    return std::move(reader.model_);
  }

 private:
  static std::string text(std::string_view bytes) {
    if (!is_valid_utf8(bytes)) throw std::runtime_error("a string is no UTF-8");
    return std::string(bytes);
  }

  void read_domain(std::string_view bytes) {
    std::string domain;
    std::int64_t version = 0;
    for (const ProtoField& field : read_message(bytes)) {
      if (field.number == 1) domain = text(field.bytes);
      if (field.number == 2) version = std::int64_t(field.integer);
    }
    model_.domains[domain] = version;
  }

  void read_graph(std::string_view bytes) {
    for (const ProtoField& field : read_message(bytes)) {
      if (field.number == 1) model_.nodes.push_back(node(field.bytes));
      if (field.number == 2) model_.graph_name = text(field.bytes);
      if (field.number == 11) model_.inputs.push_back(value(field.bytes));
      if (field.number == 12) model_.outputs.push_back(value(field.bytes));
      if (field.number == 13) model_.values.push_back(value(field.bytes));
    }
  }

  static OnnxNode node(std::string_view bytes) {
    OnnxNode result;
    for (const ProtoField& field : read_message(bytes)) {
      if (field.number == 1) result.inputs.push_back(text(field.bytes));
      if (field.number == 2) result.outputs.push_back(text(field.bytes));
      if (field.number == 3) result.name = text(field.bytes);
      if (field.number == 4) result.type = text(field.bytes);
      if (field.number == 5) read_attribute(field.bytes, result);
      if (field.number == 7) result.domain = text(field.bytes);
    }
    return result;
  }

  // One value, of the kind that the attribute's type says.
  static void read_attribute(std::string_view bytes, OnnxNode& node) {
    static const std::map<std::uint64_t, std::uint32_t> field_of_type{
        {1, 2}, {2, 3}, {3, 4}, {7, 8}, {8, 9}};
    std::string name;
    std::uint64_t type = 0;
    std::vector<ProtoField> values;
    for (const ProtoField& field : read_message(bytes)) {
      if (field.number == 1) {
        name = text(field.bytes);
      } else if (field.number == 20) {
        type = field.integer;
      } else {
        values.push_back(field);
      }
    }
    if (name.empty() || values.empty()) throw std::runtime_error("an attribute without value");
    for (const ProtoField& value : values) {
      if (value.number != field_of_type.at(type)) throw std::runtime_error("another type's value");
    }
    if (!node.attributes.emplace(name, values.front()).second) {
      throw std::runtime_error("attribute '" + name + "' twice");
    }
  }

  static OnnxValue value(std::string_view bytes) {
    OnnxValue result;
    for (const ProtoField& field : read_message(bytes)) {
      if (field.number == 1) result.name = text(field.bytes);
      if (field.number != 2) continue;
      for (const ProtoField& tensor : read_message(field.bytes)) {
        for (const ProtoField& part : read_message(tensor.bytes)) {
          if (part.number == 1) result.element_type = std::int64_t(part.integer);
          if (part.number == 2) read_shape(part.bytes, result);
        }
      }
    }
    return result;
  }

  static void read_shape(std::string_view bytes, OnnxValue& value) {
    value.has_shape = true;
    for (const ProtoField& dim : read_message(bytes)) {
      const ProtoField inner = read_message(dim.bytes).at(0);
      value.dims.push_back(inner.number == 1 ? std::int64_t(inner.integer) : -1);
    }
  }

  OnnxModel model_;
};

// What the checker would refuse, in words; empty: nothing. (onnx/checker.cc: check_model,
// check_graph, check_node, check_value_info.)
inline std::vector<std::string> onnx_problems(const OnnxModel& model) {
  std::vector<std::string> problems;
  if (model.ir_version < 3) problems.push_back("ir_version " + std::to_string(model.ir_version));
  if (model.domains.count("") == 0) problems.push_back("no opset of ONNX itself");
  if (model.graph_name.empty()) problems.push_back("the graph has no name");
  std::set<std::string> made;
  for (const OnnxValue& input : model.inputs) {
    if (!made.insert(input.name).second) problems.push_back("input twice: " + input.name);
  }
  for (const OnnxNode& node : model.nodes) {
    if (node.type.empty()) problems.push_back("no op_type: " + node.name);
    if (model.domains.count(node.domain) == 0) problems.push_back("not imported: " + node.domain);
    if (node.inputs.empty() && node.outputs.empty()) problems.push_back("no ends: " + node.name);
    for (const std::string& name : node.inputs) {
      if (made.count(name) == 0) problems.push_back("used before it is made: " + name);
    }
    for (const std::string& name : node.outputs) {
      if (name.empty()) problems.push_back("an output without a name: " + node.name);
      if (!made.insert(name).second) problems.push_back("made twice: " + name);
    }
  }
  for (const OnnxValue& output : model.outputs) {
    if (made.count(output.name) == 0) problems.push_back("output not made: " + output.name);
  }
  for (const auto* list : {&model.inputs, &model.outputs, &model.values}) {
    for (const OnnxValue& value : *list) {
      if (value.name.empty()) problems.push_back("a value without a name");
      if (value.element_type == 0 || !value.has_shape) problems.push_back("no type: " + value.name);
    }
  }
  return problems;
}

}  // namespace trex::test

// The graph JSON: one function an object, members in the order that each generation has.

// SPDX-License-Identifier: Apache-2.0
#include "trex/sample/write_graph.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "trex/base/json.hpp"

namespace trex::sample {
namespace {

// Members of one object, each on its line.
class Members {
 public:
  Members(std::string& out, std::string_view indent) : out_(out), indent_(indent) {}

  void text(std::string_view key, std::string_view value) {
    begin(key);
    append_json_string(out_, value);
  }
  void number(std::string_view key, std::int64_t value) {
    begin(key);
    fmt::format_to(std::back_inserter(out_), "{}", value);
  }
  void list(std::string_view key, const Dims& values) {
    begin(key);
    fmt::format_to(std::back_inserter(out_), "[{}]", fmt::join(values, ","));
  }
  // Verbatim JSON.
  void raw(std::string_view key, std::string_view value) {
    begin(key);
    out_ += value;
  }
  void begin(std::string_view key) {
    out_ += first_ ? "\n" : ",\n";
    out_ += indent_;
    out_ += '"';
    out_ += key;
    out_ += "\": ";
    first_ = false;
  }

 private:
  std::string& out_;
  std::string_view indent_;
  bool first_ = true;
};

std::int64_t product_after(const Dims& dims, std::size_t i) {
  std::int64_t result = 1;
  for (std::size_t j = i + 1; j < dims.size(); ++j) {
    if (dims[j] < 0) return -1;
    result *= dims[j];
  }
  return result;
}

// In elements, by axis. NHWC: the channels, padded, are innermost.
Dims strides_of(const Tensor& tensor) {
  const Dims& d = tensor.dims;
  if (tensor.format.family == LayoutFamily::channel_major && d.size() == 4) {
    const std::int64_t width = tensor.format.vector_width;
    const std::int64_t channels = (d[1] + width - 1) / width * width;
    return {d[2] * d[3] * channels, 1, d[3] * channels, channels};
  }
  Dims strides;
  for (std::size_t i = 0; i < d.size(); ++i) strides.push_back(product_after(d, i));
  return strides;
}

// The rank of each axis by its stride, 0 the innermost.
Dims stride_order(const Tensor& tensor) {
  const std::int64_t last = static_cast<std::int64_t>(tensor.dims.size()) - 1;
  if (tensor.format.family == LayoutFamily::channel_major && last == 3) return {3, 0, 2, 1};
  Dims order;
  for (std::int64_t i = last; i >= 0; --i) order.push_back(i);
  return order;
}

bool is_dynamic(const Tensor& tensor) {
  return std::any_of(tensor.dims.begin(), tensor.dims.end(), [](std::int64_t d) { return d < 0; });
}

void append_tensor(std::string& out, const Tensor& tensor, bool myelin, Generation generation) {
  out += "  {";
  Members m(out, "    ");
  m.text("Name", tensor.name);
  if (!myelin) m.text("Location", "Device");
  m.list("Dimensions", tensor.dims);
  std::string sentence = format_sentence(tensor.format, generation);
  if (!myelin && is_dynamic(tensor)) sentence = "N/A due to dynamic shapes";
  if (generation == Generation::trt11) {
    if (!myelin) m.text("Format", sentence);
    m.text("Datatype", datatype_word(tensor.format.datatype));
    m.list("Strides", strides_of(tensor));
    m.list("StrideOrder", stride_order(tensor));
  } else {
    m.text("Format/Datatype", sentence);
  }
  out += "\n  }";
}

void append_tensors(std::string& out, Members& m, std::string_view key,
                    const std::vector<Tensor>& tensors, bool myelin, Generation generation) {
  m.begin(key);
  out += tensors.empty() ? "[" : "[\n";
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    if (i > 0) out += ",\n";
    append_tensor(out, tensors[i], myelin, generation);
  }
  out += ']';
}

std::string weights_text(Datatype type, std::int64_t count) {
  return fmt::format("{{\"Type\": \"{}\", \"Count\": {}}}", datatype_word(type), count);
}

// The order of the last members differs between 8.6 and later versions.
void append_convolution(Members& m, const Convolution& c, Generation generation) {
  const bool is_8 = generation == Generation::trt8;
  const Dims pad = {c.padding, c.padding};
  m.list("Kernel", {c.kernel, c.kernel});
  m.text("PaddingMode", "kEXPLICIT_ROUND_DOWN");
  m.list("PrePadding", pad);
  m.list("PostPadding", pad);
  m.list("Stride", {c.stride, c.stride});
  m.list("Dilation", {1, 1});
  m.number("OutMaps", c.out_channels);
  m.number("Groups", 1);
  m.raw("Weights", weights_text(c.weights_type, c.weights_count));
  m.raw("Bias", weights_text(c.bias_type, c.out_channels));
  const auto bias_and_relu = [&] {
    m.number("HasBias", 1);
    m.number("HasReLU", c.relu);
  };
  if (!is_8) bias_and_relu();
  m.number("HasSparseWeights", 0);
  m.number("HasDynamicFilter", 0);
  m.number("HasDynamicBias", 0);
  m.number("HasResidual", c.residual);
  m.number("ConvXAsActInputIdx", -1);
  m.number("BiasAsActInputIdx", -1);
  m.number("ResAsActInputIdx", -1);
  m.text("Activation", c.relu ? "RELU" : "NONE");
  if (is_8 && c.says_relu) bias_and_relu();
}

void append_pooling(Members& m, const Pooling& p) {
  m.text("PoolingType", p.average ? "AVERAGE" : "MAX");
  m.list("WindowSize", {p.window, p.window});
  m.text("PaddingMode", "kEXPLICIT_ROUND_DOWN");
  m.list("PrePadding", {p.padding, p.padding});
  m.list("PostPadding", {p.padding, p.padding});
  m.list("Stride", {p.stride, p.stride});
  m.number("BlendFactor", 0);
  m.number("AverageCountExcludesPadding", 1);
}

// "[ONNX Layer: a]<0x1E>[ONNX Layer: b]<0x1F>[ONNX Layer: c]".
std::string metadata_text(const std::vector<std::vector<std::string>>& sources) {
  std::string out;
  for (const auto& group : sources) {
    for (std::size_t i = 0; i < group.size(); ++i) {
      if (!out.empty()) out += i > 0 ? '\x1e' : '\x1f';
      out += "[ONNX Layer: " + group[i] + "]";
    }
  }
  return out;
}

void append_binding(std::string& out, const Binding& b) {
  out += "{";
  Members m(out, "  ");
  m.text("Name", b.name);
  m.text("IOMode", b.is_input ? "Input" : "Output");
  m.text("DataType", datatype_word(b.type));
  m.list("Dimensions", b.dims);
  m.text("Location", "Device");
  m.raw("IsShapeInferenceIO", "false");
  m.begin("ProfileInfo");
  std::vector<Binding::Range> ranges = b.ranges;
  if (ranges.empty()) ranges.push_back({b.dims, b.dims, b.dims});
  out += '[';
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    out += i > 0 ? ", {" : "{";
    Members p(out, "    ");
    p.list("MinShape", ranges[i].min);
    p.list("OptShape", ranges[i].opt);
    p.list("MaxShape", ranges[i].max);
    p.text("Format", format_sentence(make_format(b.type), Generation::trt11));
    out += '}';
  }
  out += "]\n}";
}

}  // namespace

void append_layer(std::string& out, const Layer& layer, Generation generation) {
  out += '{';
  Members m(out, "  ");
  m.text("Name", layer.name);
  m.text("LayerType", layer.type);
  std::vector<Tensor> inputs = layer.inputs;
  const bool own_constants = layer.myelin && generation == Generation::trt11;
  if (!own_constants) {  // to 10.x a kernel's constants are inputs that nothing writes
    inputs.insert(inputs.end(), layer.constants.begin(), layer.constants.end());
  }
  append_tensors(out, m, "Inputs", inputs, layer.myelin, generation);
  append_tensors(out, m, "Outputs", layer.outputs, layer.myelin, generation);
  if (own_constants) append_tensors(out, m, "Constants", layer.constants, true, generation);
  if (!layer.parameter_type.empty()) m.text("ParameterType", layer.parameter_type);
  if (layer.convolution) append_convolution(m, *layer.convolution, generation);
  if (layer.pooling) append_pooling(m, *layer.pooling);
  if (!layer.origin.empty()) m.text("Origin", layer.origin);
  if (layer.myelin || !layer.tactic.empty()) m.text("TacticName", layer.tactic);
  if (!layer.myelin) m.text("TacticValue", fmt::format("0x{:016x}", layer.tactic_value));
  m.number("StreamId", layer.stream);
  m.text("Metadata", metadata_text(layer.sources));
  out += "\n}";
}

void append_graph_end(std::string& out, const Plan& plan) {
  out += "],\n";
  if (plan.generation != Generation::trt11) {
    out += "\"Bindings\": [";
    for (std::size_t i = 0; i < plan.bindings.size(); ++i) {
      if (i > 0) out += ',';
      append_json_string(out, plan.bindings[i].name);
      out += '\n';
    }
    out += "]}";
    return;
  }
  out += "\"I/O Tensors\": [";
  for (std::size_t i = 0; i < plan.bindings.size(); ++i) {
    if (i > 0) out += ',';
    append_binding(out, plan.bindings[i]);
  }
  out +=
      "],\n\"ProfilingVerbosity\": \"DETAILED\",\n"
      "\"Engine Metadata\": {\"Multi-Device\": \"Disabled\"}\n}";
}

std::string graph_text(const Plan& plan) {
  std::string out(graph_begin);
  bool first = true;
  for (const auto* layers : {&plan.layers, &plan.other_profile}) {
    for (const Layer& layer : *layers) {
      if (!first) out += graph_between;
      append_layer(out, layer, plan.generation);
      first = false;
    }
  }
  append_graph_end(out, plan);
  return out;
}

}  // namespace trex::sample

// Rules R1 to R4 of the small compiler: the format of every tensor, the Reformat layers between,
// and the layers themselves.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cassert>

#include "trex/base/text.hpp"
#include "trex/sample/compile.hpp"
#include "trex/sample/kernels.hpp"

namespace trex::sample {
namespace {

Format linear(Datatype type) { return make_format(type); }
Format nhwc(Datatype type, int width) {
  return make_format(type, LayoutFamily::channel_major, width);
}
Format blocked(Datatype type, int width) {
  return make_format(type, LayoutFamily::vectorized, width);
}

// Channels as they lie in memory.
std::int64_t padded(std::int64_t channels, const Format& format) {
  const std::int64_t width = format.vector_width;
  return (channels + width - 1) / width * width;
}

// R4: a change of format that moves no byte. Height and width 1 and no padding either side: every
// layout is then the channels in order.
bool same_bytes(const Tensor& tensor, const Format& wanted) {
  if (tensor.format.datatype != wanted.datatype || tensor.dims.size() != 4) return false;
  return tensor.dims[2] == 1 && tensor.dims[3] == 1 &&
         padded(tensor.dims[1], tensor.format) == tensor.dims[1] &&
         padded(tensor.dims[1], wanted) == tensor.dims[1];
}

class Lowering {
 public:
  Lowering(const Network& network, Allowed allowed, const GpuSpec& gpu)
      : network_(network),
        readers_(readers_of(network)),
        allowed_(allowed),
        gpu_(gpu),
        tensors_(network.nodes.size()) {}

  std::vector<Layer> run(const std::vector<Group>& groups) {
    tensors_[0] = {network_.nodes[0].name,
                   {network_.batch, network_.channels, network_.size, network_.size},
                   linear(Datatype::fp32)};
    for (const Group& group : groups) lower(group);
    return std::move(layers_);
  }

 private:
  const Node& node(int i) const { return network_.nodes[static_cast<std::size_t>(i)]; }
  Tensor& tensor(int i) { return tensors_[static_cast<std::size_t>(i)]; }

  void lower(const Group& group) {
    switch (node(group.root).op) {
      case Op::convolution:
      case Op::fully_connected:
        return lower_convolution(group);
      case Op::max_pool:
      case Op::global_pool:
        return lower_pool(group);
      case Op::quantize:
        return lower_pair(group);
      case Op::result:
        return lower_result(group);
      default:
        assert(false && "an add or relu that no convolution took in");
    }
  }

  Datatype float_type() const {
    return allowed_ == Allowed::fp32 ? Datatype::fp32 : Datatype::fp16;
  }

  // R2: which INT8 kernels read 4-wide.
  bool is_narrow(int i) {
    return node(i).op == Op::fully_connected ||
           (node(i).op == Op::convolution && tensor(node(i).inputs[0]).dims[1] <= 4);
  }

  Format convolution_input(int i) {
    const Tensor& input = tensor(node(i).inputs[0]);
    if (input.format.datatype == Datatype::int8) {
      return blocked(Datatype::int8, is_narrow(i) ? 4 : 32);
    }
    if (float_type() == Datatype::fp32) return linear(Datatype::fp32);
    return nhwc(Datatype::fp16, input.dims[1] <= 4 ? 4 : 8);
  }

  Format convolution_output(const Group& group, const Format& input) {
    if (group.quantizes) return blocked(Datatype::int8, 32);
    if (input.datatype != Datatype::int8) {
      return input.datatype == Datatype::fp32 ? input : nhwc(Datatype::fp16, 8);
    }
    return input.vector_width == 4 ? linear(Datatype::fp32) : blocked(float_type(), 32);
  }

  void lower_convolution(const Group& group) {
    const Node& root = node(group.root);
    Layer layer = begin(group);
    layer.type = root.op == Op::fully_connected && !root.quantized_weights ? "CaskGemmConvolution"
                                                                           : "CaskConvolution";
    layer.parameter_type = "Convolution";
    const Format input = convolution_input(group.root);
    const Format output = convolution_output(group, input);
    layer.inputs.push_back(read(layer.name, 0, root.inputs[0], input));
    if (group.residual >= 0) {
      const bool int8 = tensor(group.residual).format.datatype == Datatype::int8;
      layer.inputs.push_back(
          read(layer.name, 1, group.residual, int8 ? blocked(Datatype::int8, 32) : output));
    }
    const Dims in = layer.inputs[0].dims;
    const std::int64_t size = (in[2] + 2 * root.padding - root.kernel) / root.stride + 1;
    layer.outputs.push_back({output_name(group), {in[0], root.out_channels, size, size}, output});
    layer.convolution = attributes(group, in[1], input.datatype);
    choose_kernel(layer, root);
    finish(group, std::move(layer));
  }

  Convolution attributes(const Group& group, std::int64_t in_channels, Datatype type) const {
    const Node& root = node(group.root);
    const bool is_gemm = root.op == Op::fully_connected && !root.quantized_weights;
    return {.kernel = root.kernel,
            .stride = root.stride,
            .padding = root.padding,
            .out_channels = root.out_channels,
            .weights_type = type,
            .bias_type = type == Datatype::int8 ? Datatype::fp32 : type,
            .weights_count = root.out_channels * in_channels * root.kernel * root.kernel,
            .relu = group.relu,
            .residual = group.residual >= 0,
            .says_relu = !is_gemm};
  }

  void choose_kernel(Layer& layer, const Node& root) const {
    const Tensor& in = layer.inputs[0];
    const Dims& out = layer.outputs[0].dims;
    const Kernel kernel = convolution_kernel(
        gpu_, {.gemm = {.m = out[0] * out[2] * out[3],
                        .n = out[1],
                        .k = padded(in.dims[1], in.format) * root.kernel * root.kernel},
               .input = in.format,
               .output = layer.outputs[0].format,
               .kernel = root.kernel,
               .fully_connected = root.op == Op::fully_connected});
    layer.tactic = kernel.name;
    layer.tactic_value = kernel.value;
    layer.work.math_us = kernel.math_us;
    const Convolution& c = *layer.convolution;
    layer.work.bytes = static_cast<double>(c.weights_count) * *datatype_bits(c.weights_type) / 8 +
                       static_cast<double>(c.out_channels) * *datatype_bits(c.bias_type) / 8;
  }

  void lower_pool(const Group& group) {
    const Node& root = node(group.root);
    Layer layer = begin(group);
    layer.type = "CaskPooling";
    layer.parameter_type = "Pooling";
    layer.inputs.push_back(read(layer.name, 0, root.inputs[0], pool_format(root.inputs[0])));
    const Tensor& in = layer.inputs[0];
    const bool global = root.op == Op::global_pool;
    layer.pooling = {.average = global,
                     .window = global ? in.dims[2] : root.kernel,
                     .stride = global ? 1 : root.stride,
                     .padding = root.padding};
    const Pooling& p = *layer.pooling;
    const std::int64_t size = (in.dims[2] + 2 * p.padding - p.window) / p.stride + 1;
    layer.outputs.push_back({output_name(group), {in.dims[0], in.dims[1], size, size}, in.format});
    layer.tactic = pool_tactic(in.format, p);
    layer.tactic_value = layer.tactic.size() * 0x9e3779b97f4a7c15u;
    finish(group, std::move(layer));
  }

  // R3, and R2 for INT8.
  Format pool_format(int input) {
    const Format& given = tensor(input).format;
    if (given.datatype == Datatype::int8) return blocked(Datatype::int8, 32);
    if (given.family == LayoutFamily::linear || same_format(given, nhwc(Datatype::fp16, 8))) {
      return given;
    }
    return float_type() == Datatype::fp32 ? linear(Datatype::fp32) : nhwc(Datatype::fp16, 8);
  }

  static std::string pool_tactic(const Format& format, const Pooling& pooling) {
    const std::string_view layout = format.family == LayoutFamily::linear          ? "NCHW"
                                    : format.family == LayoutFamily::channel_major ? "NHWC"
                                                                                   : "NCxHW32";
    return fmt::format("sm50_xmma_pooling_{}_{}_{}_window{}", layout,
                       datatype_name(format.datatype), pooling.average ? "Average" : "Max",
                       pooling.window);
  }

  // F5: reads any format and writes the one that its first reader asks for.
  void lower_pair(const Group& group) {
    Layer layer = begin(group);
    layer.name = node(group.root).name;
    layer.type = layer.parameter_type = "Reformat";
    layer.origin = "QDQ";
    const Tensor& input = tensor(node(group.root).inputs[0]);
    layer.inputs.push_back(input);
    const auto& readers = readers_[static_cast<std::size_t>(group.last)];
    tensor(group.last).dims = input.dims;  // is_narrow() asks for the channels
    const bool narrow = !readers.empty() && is_narrow(readers[0]);
    layer.outputs.push_back(
        {output_name(group), input.dims, blocked(Datatype::int8, narrow ? 4 : 32)});
    finish(group, std::move(layer));
  }

  // The engine's output is N x C, FP32, linear.
  void lower_result(const Group& group) {
    const int source = node(group.root).inputs[0];
    Tensor from = tensor(source);
    const std::string reader = node(source).name;
    if (!same_format(from.format, linear(Datatype::fp32))) {
      from = reformat(from, linear(Datatype::fp32), "Output", 0, reader);
    }
    Layer layer = begin(group);
    layer.name = "squeeze_after_" + reader;
    layer.type = "NoOp";
    layer.work.launches = false;
    layer.inputs.push_back(from);
    layer.outputs.push_back({node(group.root).name, {from.dims[0], from.dims[1]}, from.format});
    layer.sources.clear();
    finish(group, std::move(layer));
  }

  // R4: the tensor of a node, in the format that its reader asks for.
  Tensor read(const std::string& reader, int port, int source, const Format& wanted) {
    const Tensor given = tensor(source);
    if (same_format(given.format, wanted)) return given;
    return reformat(given, wanted, "Input", port, reader);
  }

  Tensor reformat(const Tensor& from, const Format& wanted, std::string_view side, int port,
                  const std::string& reader) {
    Layer layer;
    layer.name = fmt::format("Reformatting CopyNode for {} Tensor {} to {}", side, port, reader);
    const Tensor to{fmt::format("Reformatted {} Tensor {} to {}", side, port, reader), from.dims,
                    wanted};
    layer.inputs = {from};
    layer.outputs = {to};
    if (same_bytes(from, wanted)) {
      layer.type = "NoOp";
      layer.work.launches = false;
    } else {
      layer.type = layer.parameter_type = "Reformat";
      layer.origin = "REFORMAT";
    }
    push(std::move(layer));
    return to;
  }

  // Name and source nodes: the weights with their quantizer, then the nodes, " + " between.
  Layer begin(const Group& group) const {
    const Node& root = node(group.root);
    Layer layer;
    std::vector<std::string> parts;
    layer.sources.emplace_back();
    if (root.quantized_weights) {
      const std::string path = root.name.substr(0, root.name.rfind('/'));
      const std::string quantizer = path + "/_weight_quantizer/QuantizeLinear";
      parts = {root.weights, quantizer};
      layer.sources.back().push_back(quantizer);
    }
    for (const int i : group.nodes) {
      parts.push_back(node(i).name);
      layer.sources.back().push_back(node(i).name);
    }
    layer.name = join(parts, " + ");
    return layer;
  }

  std::string output_name(const Group& group) const { return node(group.last).name + "_output_0"; }

  void finish(const Group& group, Layer layer) {
    tensor(group.last) = layer.outputs[0];
    push(std::move(layer));
  }

  void push(Layer layer) {
    if (layer.work.launches) {
      for (const Tensor& t : layer.inputs) layer.work.bytes += bytes_of(t);
      for (const Tensor& t : layer.outputs) layer.work.bytes += bytes_of(t);
    }
    layers_.push_back(std::move(layer));
  }

  const Network& network_;
  std::vector<std::vector<int>> readers_;
  Allowed allowed_;
  const GpuSpec& gpu_;
  std::vector<Tensor> tensors_;  // by node
  std::vector<Layer> layers_;
};

}  // namespace

std::vector<Layer> compile(Network network, Allowed allowed, const GpuSpec& gpu) {
  rewrite_quantizers(network);
  return Lowering(network, allowed, gpu).run(fuse(network));
}

}  // namespace trex::sample

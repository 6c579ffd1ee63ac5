// The two kinds of block that a scale engine repeats, as layers with '@n' and '@p' in their names.

// SPDX-License-Identifier: Apache-2.0
#include "trex/sample/scale_blocks.hpp"

#include "trex/base/text.hpp"
#include "trex/sample/kernels.hpp"
#include "trex/sample/myelin.hpp"

namespace trex::sample {
namespace {

constexpr std::int64_t batch = 8, channels = 256, inner = 64, side = 28;
constexpr std::string_view previous = "@p", block_output = "/blocks.@n/output_0";

Format nhwc() { return make_format(Datatype::fp16, LayoutFamily::channel_major, 8); }
Tensor image(std::string name, std::int64_t c) {
  return {std::move(name), {batch, c, side, side}, nhwc()};
}

void count_bytes(Layer& layer) {
  for (const auto* tensors : {&layer.inputs, &layer.outputs}) {
    for (const Tensor& tensor : *tensors) layer.work.bytes += bytes_of(tensor);
  }
}

// A convolution with its relu, and with an add when `residual` names a tensor.
Layer convolution(const GpuSpec& gpu, const std::string& module, std::int64_t kernel, Tensor in,
                  Tensor out, const std::string& residual = "") {
  Layer layer;
  const std::string path = "/blocks.@n/";
  std::vector<std::string> nodes = {path + module + "/Conv"};
  if (!residual.empty()) nodes.push_back(path + module + "_add/Add");
  nodes.push_back(path + module + "_relu/Relu");
  layer.name = join(nodes, " + ");
  layer.type = "CaskConvolution";
  layer.parameter_type = "Convolution";
  layer.sources = {nodes};
  const std::int64_t k = in.dims[1] * kernel * kernel;
  layer.convolution = {.kernel = kernel,
                       .stride = 1,
                       .padding = kernel / 2,
                       .out_channels = out.dims[1],
                       .weights_type = Datatype::fp16,
                       .bias_type = Datatype::fp16,
                       .weights_count = out.dims[1] * k,
                       .relu = true,
                       .residual = !residual.empty()};
  const Kernel chosen =
      convolution_kernel(gpu, {.gemm = {.m = batch * side * side, .n = out.dims[1], .k = k},
                               .input = in.format,
                               .output = out.format,
                               .kernel = kernel});
  layer.tactic = chosen.name;
  layer.tactic_value = chosen.value;
  layer.work.math_us = chosen.math_us;
  layer.work.bytes = 2.0 * static_cast<double>(layer.convolution->weights_count);
  layer.inputs.push_back(std::move(in));
  if (!residual.empty()) layer.inputs.push_back(image(residual, channels));
  layer.outputs.push_back(std::move(out));
  count_bytes(layer);
  return layer;
}

Layer reformat() {
  Layer layer;
  const std::string reader = "/blocks.@n/conv1/Conv + /blocks.@n/conv1_relu/Relu";
  layer.name = "Reformatting CopyNode for Input Tensor 0 to " + reader;
  layer.type = layer.parameter_type = "Reformat";
  layer.origin = "REFORMAT";
  Tensor from = image(std::string(previous), channels);
  from.format = make_format(Datatype::fp16);
  layer.inputs = {from};
  layer.outputs = {image("Reformatted Input Tensor 0 to " + reader, channels)};
  count_bytes(layer);
  return layer;
}

Layer pool(Tensor in, Tensor out) {
  Layer layer;
  layer.name = "/blocks.@n/pool/MaxPool";
  layer.type = "CaskPooling";
  layer.parameter_type = "Pooling";
  layer.pooling = {.average = false, .window = 3, .stride = 1, .padding = 1};
  layer.tactic = "sm50_xmma_pooling_NHWC_FP16_Max_window3";
  layer.tactic_value = 0x5bd1e995;
  layer.sources = {{layer.name}};
  layer.inputs = {std::move(in)};
  layer.outputs = {std::move(out)};
  count_bytes(layer);
  return layer;
}

}  // namespace

// Two bottlenecks, each 1 x 1, 3 x 3 and 1 x 1 with the residual, then a pool.
std::vector<Layer> convolution_block(const GpuSpec& gpu) {
  std::vector<Layer> layers = {reformat()};
  Tensor x = layers[0].outputs[0];
  for (int i = 0; i < 2; ++i) {
    const auto name = [&](int part) { return "conv" + std::to_string(3 * i + part); };
    const auto tensor = [&](int part, std::int64_t c) {
      return image("/blocks.@n/" + name(part) + "_relu/Relu_output_0", c);
    };
    layers.push_back(convolution(gpu, name(1), 1, x, tensor(1, inner)));
    layers.push_back(convolution(gpu, name(2), 3, tensor(1, inner), tensor(2, inner)));
    layers.push_back(convolution(gpu, name(3), 1, tensor(2, inner), tensor(3, channels), x.name));
    x = tensor(3, channels);
  }
  layers.push_back(pool(x, image(std::string(block_output), channels)));
  return layers;
}

std::vector<Layer> transformer_block(const GpuSpec& gpu) {
  constexpr std::int64_t heads = 4, tokens = side * side;
  constexpr Datatype half = Datatype::fp16;
  MyelinBuilder b(gpu, "@n");
  const Dims dims = {batch, tokens, channels};
  const std::string path = "/blocks.@n";
  const auto norm = [&](int i, const Tensor& x, const Tensor& y, const Tensor& sum,
                        const Tensor& out) {
    const std::string n = path + "/norm" + std::to_string(i);
    b.kernel("AddMeanSubMulMeanAddSqrtDivMulAdd", {x, y}, {sum, out},
             {{path + "/Add_" + std::to_string(i)},
              {n + "/ReduceMean", n + "/Sub", n + "/Pow", n + "/ReduceMean_1"},
              {n + "/Add", n + "/Sqrt", n + "/Div", n + "/Mul", n + "/Add_1"}});
  };
  const Tensor x = MyelinBuilder::named(std::string(previous), dims, half);
  const Tensor normal = b.scratch(dims, half);
  b.kernel("TranMeanSubMulMeanAddSqrtDivMulAdd", {x}, {normal},
           {{path + "/Reshape", path + "/Transpose"},
            {path + "/norm0/ReduceMean", path + "/norm0/Sub", path + "/norm0/Pow",
             path + "/norm0/Sqrt", path + "/norm0/Div", path + "/norm0/Mul"}});
  Tensor qkv = b.gemm(path + "/attn/qkv/MatMul", normal, half, {batch, tokens, 3 * channels}, half,
                      {{path + "/attn/qkv/MatMul"}, {path + "/attn/qkv/Add"}});
  qkv.dims = {batch * heads, tokens, channels / heads};
  const Tensor attended =
      b.attention(qkv, qkv, qkv, b.scratch(dims, half),
                  {{path + "/attn/MatMul"}, {path + "/attn/Softmax"}, {path + "/attn/MatMul_1"}});
  Tensor y = b.gemm(path + "/attn/proj/MatMul", attended, half, dims, half,
                    {{path + "/attn/proj/MatMul"}, {path + "/attn/proj/Add"}});
  const Tensor sum = b.scratch(dims, half), second = b.scratch(dims, half);
  norm(1, x, y, sum, second);
  y = b.gemm(path + "/mlp/fc1/MatMul", second, half, {batch, tokens, 4 * channels}, half,
             {{path + "/mlp/fc1/MatMul"}, {path + "/mlp/fc1/Add"}, {path + "/mlp/act/Gelu"}});
  y = b.gemm(path + "/mlp/fc2/MatMul", y, half, dims, half,
             {{path + "/mlp/fc2/MatMul"}, {path + "/mlp/fc2/Add"}});
  norm(2, sum, y, MyelinBuilder::named(std::string(block_output), dims, half),
       b.scratch(dims, half));
  return b.take();
}

}  // namespace trex::sample

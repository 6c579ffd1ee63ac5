// ResNet-18 with its Q/DQ pairs where PyTorch's quantization toolkit puts them: on the input of
// each convolution, and on request on the identity branch of each block and before the global pool.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <string_view>

#include "trex/sample/cost.hpp"
#include "trex/sample/models.hpp"

namespace trex::sample {
namespace {

class ResNet {
 public:
  ResNet(std::int64_t batch, Quantized quantized) : quantized_(quantized) {
    network_.batch = batch;
    network_.add({.op = Op::image, .name = "input", .inputs = {}});
  }

  Network build() {
    int x =
        convolution(0, "", "conv1", {.kernel = 7, .stride = 2, .padding = 3, .out_channels = 64});
    x = relu(x, "/relu/Relu");
    x = network_.add({.op = Op::max_pool,
                      .name = "/maxpool/MaxPool",
                      .inputs = {x},
                      .kernel = 3,
                      .stride = 2,
                      .padding = 1});
    for (int stage = 1; stage <= 4; ++stage) {
      for (int index = 0; index < 2; ++index) x = block(x, stage, index);
    }
    if (quantized_ == Quantized::global_pool_too) x = quantize(x, "/avgpool/_input_quantizer");
    x = network_.add({.op = Op::global_pool, .name = "/avgpool/GlobalAveragePool", .inputs = {x}});
    x = input_quantizer(x, "/fc");
    x = network_.add({.op = Op::fully_connected,
                      .name = "/fc/Gemm",
                      .inputs = {x},
                      .out_channels = 1000,
                      .quantized_weights = is_quantized(),
                      .weights = "fc.weight"});
    network_.add({.op = Op::result, .name = "output", .inputs = {x}});
    return std::move(network_);
  }

 private:
  bool is_quantized() const { return quantized_ != Quantized::nothing; }

  int quantize(int x, const std::string& quantizer) {
    return network_.add({.op = Op::quantize, .name = quantizer + "/QuantizeLinear", .inputs = {x}});
  }
  int input_quantizer(int x, const std::string& module) {
    return is_quantized() ? quantize(x, module + "/_input_quantizer") : x;
  }
  int relu(int x, const std::string& name) {
    return network_.add({.op = Op::relu, .name = name, .inputs = {x}});
  }

  // `scope` is the block ("layer1.0", or empty), `module` the convolution in it.
  int convolution(int x, const std::string& scope, const std::string& module, Node shape) {
    const std::string path =
        scope.empty() ? "/" + module : fmt::format("/{}/{}/{}", scope.substr(0, 6), scope, module);
    shape.op = Op::convolution;
    shape.name = path + "/Conv";
    shape.inputs = {input_quantizer(x, path)};
    shape.quantized_weights = is_quantized();
    shape.weights = (scope.empty() ? "" : scope + ".") + module + ".weight";
    return network_.add(std::move(shape));
  }

  int block(int x, int stage, int index) {
    const std::string scope = fmt::format("layer{}.{}", stage, index);
    const std::string path = fmt::format("/layer{}/{}", stage, scope);
    const std::int64_t channels = 32 << stage;
    const std::int64_t stride = stage > 1 && index == 0 ? 2 : 1;
    int y = convolution(x, scope, "conv1",
                        {.kernel = 3, .stride = stride, .padding = 1, .out_channels = channels});
    y = relu(y, path + "/relu/Relu");
    y = convolution(y, scope, "conv2",
                    {.kernel = 3, .stride = 1, .padding = 1, .out_channels = channels});
    int identity = x;
    if (stride == 2) {
      identity = convolution(x, scope, "downsample.0",
                             {.kernel = 1, .stride = 2, .out_channels = channels});
    }
    if (quantized_ >= Quantized::residuals_too) {
      identity = quantize(identity, path + "/_residual_quantizer");
    }
    y = network_.add({.op = Op::add, .name = path + "/Add", .inputs = {y, identity}});
    return relu(y, path + "/relu_1/Relu");
  }

  Network network_;
  Quantized quantized_;
};

std::string_view story(Quantized quantized, Allowed allowed) {
  switch (quantized) {
    case Quantized::nothing:
      return allowed == Allowed::fp32 ? "FP32 (TF32 on Tensor Cores)" : "FP16";
    case Quantized::convolutions:
      return "INT8: Q/DQ at every convolution";
    case Quantized::residuals_too:
      return "INT8: Q/DQ on the residual branches too";
    default:
      return "INT8: Q/DQ on the residual branches and before the global pool";
  }
}

}  // namespace

Network resnet18(std::int64_t batch, Quantized quantized) {
  return ResNet(batch, quantized).build();
}

Plan resnet18_plan(std::string_view build, Quantized quantized, Allowed allowed) {
  constexpr std::int64_t batch = 32;
  Plan plan;
  plan.name = fmt::format("resnet18.{}", build);
  plan.summary = fmt::format("ResNet-18, batch {}, {}", batch, story(quantized, allowed));
  plan.gpu = "A100-SXM4-40GB";
  plan.onnx = plan.name + ".onnx";
  if (allowed == Allowed::fp16) plan.build_flags = {"--fp16"};
  if (allowed == Allowed::int8_fp16) plan.build_flags = {"--int8", "--fp16"};
  plan.precision = "FP32";
  if (allowed != Allowed::fp32) plan.precision += "+FP16";
  if (allowed == Allowed::int8_fp16) plan.precision += "+INT8";
  plan.bindings = {{.name = "input", .dims = {batch, 3, 224, 224}},
                   {.name = "output", .is_input = false, .dims = {batch, 1000}}};
  plan.layers = compile(resnet18(batch, quantized), allowed, gpu_of(plan.gpu));
  return plan;
}

}  // namespace trex::sample

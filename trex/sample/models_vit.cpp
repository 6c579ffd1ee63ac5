// ViT-Base/16 as Myelin compiles it: per block one matrix multiplication for q, k and v, one fused
// attention, three more multiplications, and two generated kernels for residual and normalization.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/sample/cost.hpp"
#include "trex/sample/models.hpp"
#include "trex/sample/myelin.hpp"

namespace trex::sample {
namespace {

constexpr std::int64_t batch = 8, image = 224, patch = 16, width = 768, heads = 12, mlp = 3072;
constexpr std::int64_t patches = (image / patch) * (image / patch), tokens = patches + 1;
constexpr int blocks = 12;
constexpr std::int64_t classes = 1000;

class Vit {
 public:
  Vit(const GpuSpec& gpu, bool fp8)
      : gpu_(gpu), myelin_(gpu, "0"), fp8_(fp8), operand_(fp8 ? Datatype::fp8 : Datatype::fp16) {}

  std::vector<Layer> build() {
    Tensor patches_out = embed_patches();
    Tensor x = activation(Datatype::fp16), normal = activation(operand_);
    patches_out.dims = {batch, width, patches};  // the kernel reads it as a sequence
    patches_out.format = make_format(Datatype::fp16, LayoutFamily::unknown);
    myelin_.kernel(quantized("TranConcAddMeanSubMulMeanAddSqrtDivMulAdd"), {patches_out},
                   {x, normal},
                   {{"/patch_embed/Reshape", "/patch_embed/Transpose"},
                    {"/Concat"},
                    {"/Add"},
                    {"/blocks.0/norm1/LayerNormalization"}});
    for (int i = 0; i < blocks; ++i) block(fmt::format("/blocks.{}", i), i, x, normal);
    head(normal);
    return myelin_.take();
  }

 private:
  Tensor activation(Datatype type) { return myelin_.scratch({batch, tokens, width}, type); }
  std::string quantized(std::string_view operations) const {
    return std::string(operations) + (fp8_ ? "Quan" : "");
  }

  // Two classic layers: the image to NHWC4, and the convolution that makes the patches.
  Tensor embed_patches() {
    Network network;
    network.batch = batch;
    network.size = image;
    network.add({.op = Op::image, .name = "input"});
    network.add({.op = Op::convolution,
                 .name = "/patch_embed/proj/Conv",
                 .inputs = {0},
                 .kernel = patch,
                 .stride = patch,
                 .out_channels = width});
    std::vector<Layer> layers = compile(network, Allowed::fp16, gpu_);
    const Tensor out = layers.back().outputs[0];
    for (Layer& layer : layers) {
      layer.work.bytes -= traffic(layer);  // push() counts it again
      myelin_.push(std::move(layer));
    }
    return out;
  }
  static double traffic(const Layer& layer) {
    return bytes_of(layer.inputs[0]) + bytes_of(layer.outputs[0]);
  }

  void block(const std::string& path, int index, Tensor& x, Tensor& normal) {
    const Tensor qkv =
        myelin_.gemm(path + "/attn/qkv/MatMul", normal, operand_, {batch, tokens, 3 * width},
                     Datatype::fp16, {{path + "/attn/qkv/MatMul"}, {path + "/attn/qkv/Add"}});
    Tensor part = qkv;  // attention reads its three parts under one name
    part.dims = {batch * heads, tokens, width / heads};
    Tensor attended = myelin_.scratch({batch, tokens, width}, operand_);
    myelin_.attention(part, part, part, attended,
                      {{path + "/attn/MatMul"},
                       {path + "/attn/Softmax"},
                       {path + "/attn/MatMul_1"},
                       {path + "/attn/Transpose", path + "/attn/Reshape"}});
    Tensor y =
        myelin_.gemm(path + "/attn/proj/MatMul", attended, operand_, {batch, tokens, width},
                     Datatype::fp16, {{path + "/attn/proj/MatMul"}, {path + "/attn/proj/Add"}});
    normalize(path + "/Add", path + "/norm2", x, y, normal);
    y = myelin_.gemm(
        path + "/mlp/fc1/MatMul", normal, operand_, {batch, tokens, mlp}, operand_,
        {{path + "/mlp/fc1/MatMul"}, {path + "/mlp/fc1/Add"}, {path + "/mlp/act/Gelu"}});
    y = myelin_.gemm(path + "/mlp/fc2/MatMul", y, operand_, {batch, tokens, width}, Datatype::fp16,
                     {{path + "/mlp/fc2/MatMul"}, {path + "/mlp/fc2/Add"}});
    const std::string next =
        index + 1 < blocks ? fmt::format("/blocks.{}/norm1", index + 1) : std::string("/norm");
    normalize(path + "/Add_1", next, x, y, normal);
  }

  // x + y, then its normalization.
  void normalize(const std::string& add, const std::string& norm, Tensor& x, const Tensor& y,
                 Tensor& normal) {
    Tensor sum = activation(Datatype::fp16);
    normal = activation(operand_);
    Sources sources = {{add}, {norm + "/LayerNormalization"}};
    if (fp8_) sources.push_back({norm + "/output_quantizer/QuantizeLinear"});
    myelin_.kernel(quantized("AddMeanSubMulMeanAddSqrtDivMulAdd"), {x, y}, {sum, normal},
                   std::move(sources));
    x = sum;
  }

  void head(const Tensor& normal) {
    const Tensor first = myelin_.scratch({batch, width}, operand_);
    myelin_.kernel("SlicResh", {normal}, {first}, {{"/Gather"}});
    const Tensor logits = myelin_.gemm("/head/Gemm", first, operand_, {batch, classes},
                                       Datatype::fp16, {{"/head/Gemm"}});
    Layer cast;
    cast.name =
        "Reformatting CopyNode for Output Tensor 0 to {ForeignNode[cls_token.../head/Gemm]}";
    cast.type = cast.parameter_type = "Reformat";
    cast.origin = "REFORMAT";
    cast.inputs = {{logits.name, logits.dims, make_format(Datatype::fp16)}};
    cast.outputs = {{"output", logits.dims, make_format(Datatype::fp32)}};
    myelin_.push(std::move(cast));
  }

  const GpuSpec& gpu_;
  MyelinBuilder myelin_;
  bool fp8_;
  Datatype operand_;
};

}  // namespace

Plan vit_plan(Generation generation) {
  const bool fp8 = generation == Generation::trt11;
  Plan plan;
  plan.name = fp8 ? "vit-base.trt11" : "vit-base.trt10";
  plan.summary =
      fp8 ? "ViT-Base/16, batch 8, FP8 matrix multiplications" : "ViT-Base/16, batch 8, FP16";
  plan.generation = generation;
  plan.gpu = "H100 SXM";
  plan.onnx = fp8 ? "vit-base.fp8.onnx" : "vit-base.onnx";
  plan.build_flags = {fp8 ? "--stronglyTyped" : "--fp16"};
  plan.precision = fp8 ? "Strongly Typed" : "FP32+FP16";
  plan.bindings = {{.name = "input", .dims = {batch, 3, image, image}},
                   {.name = "output", .is_input = false, .dims = {batch, classes}}};
  plan.layers = Vit(gpu_of(plan.gpu), fp8).build();
  return plan;
}

}  // namespace trex::sample

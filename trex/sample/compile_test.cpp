// The small compiler: what its rules make of ResNet-18, and each rule alone.

// SPDX-License-Identifier: Apache-2.0
#include "trex/sample/compile.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "trex/sample/cost.hpp"
#include "trex/sample/sample.hpp"

namespace trex::sample {
namespace {

using Strings = std::vector<std::string>;

const GpuSpec& gpu() { return gpu_of("GeForce RTX 3090"); }

template <class Predicate>
std::int64_t count(const std::vector<Layer>& layers, Predicate predicate) {
  return std::count_if(layers.begin(), layers.end(), predicate);
}
bool is_reformat(const Layer& l) { return l.parameter_type == "Reformat"; }
bool is_int8_convolution(const Layer& l) {
  return l.convolution && l.inputs[0].format.datatype == Datatype::int8;
}
bool writes_float(const Layer& l) { return l.outputs[0].format.datatype != Datatype::int8; }

// "INT8 NC/32HW32", as the rules write formats.
std::string text(const Format& f) {
  std::string name(datatype_name(f.datatype));
  const std::string width = std::to_string(f.vector_width);
  if (f.family == LayoutFamily::linear) return name + " linear";
  if (f.family == LayoutFamily::channel_major) return name + " NHWC" + width;
  return name + " NC/" + width + "HW" + width;
}
// "Reformat: FP32 linear -> INT8 NC/4HW4", or with both inputs: "a, b -> c".
std::string text(const Layer& layer) {
  std::string result = layer.type + ":";
  for (const Tensor& t : layer.inputs) {
    result += (&t == layer.inputs.data() ? " " : ", ") + text(t.format);
  }
  return result + " -> " + text(layer.outputs[0].format);
}
Strings text(const std::vector<Layer>& layers) {
  Strings lines;
  for (const Layer& layer : layers) lines.push_back(text(layer));
  return lines;
}

TEST(Compile, ResnetStory) {
  struct Case {
    const char* build;
    std::int64_t reformats, of_pairs, no_ops, int8_convolutions, with_float_output;
  };
  // 21 convolutions: 1 + 16 + 3 and the fully connected layer. `qat` writes float from the first
  // (the pool's other reader wants float), the 8 that end a block and the 3 on identity branches
  // (float residuals), and the last: 13. Its 12 Reformats: the image, the pool's output twice
  // (quantized, and for the residual), the 7 blocks that another convolution reads, the global
  // pool's input and its output. The squeeze after the last layer is a NoOp in each.
  const Case cases[] = {
      {"fp32", 0, 0, 1, 0, 0},
      {"fp16", 2, 0, 1, 0, 0},
      {"qat", 12, 10, 1, 21, 13},
      {"qat-residual", 3, 2, 1, 21, 2},
      {"qat-residual-gap", 1, 1, 2, 21, 1},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.build);
    const std::vector<Layer> layers = make_sample(std::string("resnet18.") + c.build).layers;
    EXPECT_EQ(count(layers, is_reformat), c.reformats);
    EXPECT_EQ(count(layers, [](const Layer& l) { return l.origin == "QDQ"; }), c.of_pairs);
    EXPECT_EQ(count(layers, [](const Layer& l) { return l.type == "NoOp"; }), c.no_ops);
    EXPECT_EQ(count(layers, is_int8_convolution), c.int8_convolutions);
    EXPECT_EQ(
        count(layers, [](const Layer& l) { return is_int8_convolution(l) && writes_float(l); }),
        c.with_float_output);
  }
}

// image -> [pair] -> convolution -> relu, as the start of a network of `channels`.
struct Start {
  Network network;
  int last = 0;
};
Start start(std::int64_t channels, bool quantized) {
  Start s;
  s.network.channels = channels;
  s.network.size = 8;
  s.network.add({.op = Op::image, .name = "x"});
  if (quantized) s.last = s.network.add({.op = Op::quantize, .name = "q", .inputs = {0}});
  return s;
}
int convolution(Network& n, int input, bool quantized, std::int64_t channels = 64) {
  return n.add({.op = Op::convolution,
                .name = "/c/Conv",
                .inputs = {input},
                .kernel = 3,
                .padding = 1,
                .out_channels = channels,
                .quantized_weights = quantized});
}

TEST(Compile, PairsOnOneTensorAreOne) {  // Q1
  Start s = start(64, false);
  const int a = s.network.add({.op = Op::quantize, .name = "a", .inputs = {0}});
  const int b = s.network.add({.op = Op::quantize, .name = "b", .inputs = {0}});
  const int reader = convolution(s.network, b, true);
  rewrite_quantizers(s.network);
  EXPECT_EQ(s.network.nodes[static_cast<std::size_t>(reader)].inputs, std::vector<int>{a});
  EXPECT_TRUE(readers_of(s.network)[static_cast<std::size_t>(b)].empty());
}

TEST(Compile, PairMovesBeforeAPoolThatOnlyItReads) {  // Q2
  for (const bool second_reader : {false, true}) {
    Start s = start(64, true);
    int x = convolution(s.network, s.last, true);
    x = s.network.add({.op = Op::max_pool, .name = "p", .inputs = {x}, .kernel = 2, .stride = 2});
    const int pair = s.network.add({.op = Op::quantize, .name = "q2", .inputs = {x}});
    convolution(s.network, pair, true);
    if (second_reader) convolution(s.network, x, false);
    const std::vector<Layer> layers = compile(s.network, Allowed::int8_fp16, gpu());
    const std::string pool = second_reader ? "CaskPooling: FP16 NHWC8 -> FP16 NHWC8"
                                           : "CaskPooling: INT8 NC/32HW32 -> INT8 NC/32HW32";
    const Strings lines = text(layers);
    EXPECT_EQ(std::count(lines.begin(), lines.end(), pool), 1) << second_reader;
  }
}

TEST(Compile, NoKernelAddsAFloatResidualAndWritesInt8) {  // F1, F3, R2
  struct Case {
    const char* what;
    bool quantized_residual, pair_after;
    const char* last;
  };
  const Case cases[] = {
      {"float residual", false, true,
       "CaskConvolution: INT8 NC/32HW32, FP16 NC/32HW32 -> FP16 NC/32HW32"},
      {"INT8 residual", true, true,
       "CaskConvolution: INT8 NC/32HW32, INT8 NC/32HW32 -> INT8 NC/32HW32"},
      {"INT8 residual, no pair after", true, false,
       "CaskConvolution: INT8 NC/32HW32, INT8 NC/32HW32 -> FP16 NC/32HW32"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    Start s = start(64, true);
    const int first = convolution(s.network, s.last, true);
    const int pair = s.network.add({.op = Op::quantize, .name = "q1", .inputs = {first}});
    const int second = convolution(s.network, pair, true);
    const int add = s.network.add(
        {.op = Op::add, .name = "add", .inputs = {second, c.quantized_residual ? pair : first}});
    const int relu = s.network.add({.op = Op::relu, .name = "relu", .inputs = {add}});
    if (c.pair_after) s.network.add({.op = Op::quantize, .name = "q2", .inputs = {relu}});
    const std::vector<Layer> layers = compile(s.network, Allowed::int8_fp16, gpu());
    const auto with_residual = std::find_if(layers.begin(), layers.end(),
                                            [](const Layer& l) { return l.inputs.size() == 2; });
    ASSERT_NE(with_residual, layers.end());
    EXPECT_EQ(text(*with_residual), c.last);
    EXPECT_TRUE(with_residual->convolution->relu);
  }
}

TEST(Compile, FormatsOfTheFirstConvolution) {  // R1, R2, R4
  struct Case {
    const char* what;
    std::int64_t channels;
    bool quantized;
    Allowed allowed;
    Strings layers;
  };
  const Case cases[] = {
      {"FP32", 3, false, Allowed::fp32, {"CaskConvolution: FP32 linear -> FP32 linear"}},
      {"FP16, few channels",
       3,
       false,
       Allowed::fp16,
       {"Reformat: FP32 linear -> FP16 NHWC4", "CaskConvolution: FP16 NHWC4 -> FP16 NHWC8"}},
      {"FP16",
       8,
       false,
       Allowed::fp16,
       {"Reformat: FP32 linear -> FP16 NHWC8", "CaskConvolution: FP16 NHWC8 -> FP16 NHWC8"}},
      {"INT8, few channels",
       4,
       true,
       Allowed::int8_fp16,
       {"Reformat: FP32 linear -> INT8 NC/4HW4", "CaskConvolution: INT8 NC/4HW4 -> FP32 linear"}},
      {"INT8",
       5,
       true,
       Allowed::int8_fp16,
       {"Reformat: FP32 linear -> INT8 NC/32HW32",
        "CaskConvolution: INT8 NC/32HW32 -> FP16 NC/32HW32"}},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    Start s = start(c.channels, c.quantized);
    convolution(s.network, s.last, c.quantized);
    EXPECT_EQ(text(compile(s.network, c.allowed, gpu())), c.layers);
  }
}

// MACs of ResNet-18 on one 224 x 224 image, counted by hand from the paper's table: 118 013 952
// (conv1) + 462 422 016 + 411 041 792 + 411 041 792 + 411 041 792 (stages) + 512 000 (fc).
TEST(Compile, ResnetHasTheKnownWork) {
  double macs = 0;
  for (const Layer& layer : make_sample("resnet18.fp16").layers) {
    if (!layer.convolution) continue;
    const Dims& out = layer.outputs[0].dims;
    const double outputs = static_cast<double>(out[0] * out[1] * out[2] * out[3]);
    macs += outputs * static_cast<double>(layer.convolution->weights_count / out[1]);
  }
  EXPECT_EQ(macs, 32 * 1'814'073'344.0);
}

}  // namespace
}  // namespace trex::sample

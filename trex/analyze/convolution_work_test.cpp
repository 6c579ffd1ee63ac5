// Convolutions of every rank, grouped, dilated, transposed and pooled, counted by hand.

// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include "trex/analyze/test_engines.hpp"
#include "trex/analyze/work.hpp"

namespace trex::convolution_work_test {
namespace {

using test::Shape;
using test::small;

constexpr std::int64_t unknown = null_integer;

struct Case {
  const char* what;
  Shape input, output;
  ConvolutionAttributes attributes;
  std::int64_t weights;
  // expected
  std::int64_t macs = unknown, m = unknown, n = unknown, k = unknown;
  const char* reason = nullptr;  // only where the work is unknown
};

ConvolutionAttributes conv(SmallDims kernel, SmallDims stride, SmallDims padding,
                           std::int64_t out_maps, std::int64_t groups = 1, int dilation = 1,
                           bool transposed = false) {
  ConvolutionAttributes c;
  c.kernel = kernel;
  c.stride = stride;
  c.pre_padding = c.post_padding = padding;
  c.dilation = kernel;
  for (auto& value : c.dilation.values) value = dilation;
  c.out_maps = out_maps;
  c.groups = groups;
  c.transposed = transposed;
  return c;
}

RawLayer layer_from(const Case& c) {
  RawLayer layer =
      test::layer_of("conv", "CaskConvolution", "Convolution", {test::tensor_of("x", c.input)},
                     {test::tensor_of("y", c.output)});
  layer.has_convolution = true;
  layer.convolution = c.attributes;
  if (c.weights > 0) layer.weights.push_back({"Weights", "Half", c.weights});
  return layer;
}

void expect_work(const Table& work, const Case& c) {
  EXPECT_EQ(work[work::kind][0], c.attributes.transposed ? "deconvolution" : "convolution");
  EXPECT_EQ(work[work::macs][0].value_or(unknown), c.macs);
  EXPECT_EQ(work[work::m][0].value_or(unknown), c.m);
  EXPECT_EQ(work[work::n][0].value_or(unknown), c.n);
  EXPECT_EQ(work[work::k][0].value_or(unknown), c.k);
  if (c.reason != nullptr) {
    EXPECT_EQ(work[work::reason][0], c.reason);
    EXPECT_FALSE(work[work::flops][0]);
    EXPECT_FALSE(work[work::gemm_count][0]);
  } else {
    EXPECT_EQ(work[work::gemm_count][0], 1);
    EXPECT_EQ(work[work::groups][0], c.attributes.groups);
    EXPECT_EQ(work[work::flops][0], 2 * c.macs);
  }
}

TEST(ConvolutionWork, CountsByTheShapes) {
  const Case cases[] = {
      // M = 112 x 112, K = 3 x 7 x 7 = 147: 12544 x 64 x 147
      {"stem of ResNet",
       {1, 3, 224, 224},
       {1, 64, 112, 112},
       conv(small({7, 7}), small({2, 2}), small({3, 3}), 64),
       9408,
       118013952,
       12544,
       64,
       147},
      // K = 32 / 32 x 9: 12544 x 32 x 9
      {"depthwise",
       {1, 32, 112, 112},
       {1, 32, 112, 112},
       conv(small({3, 3}), small({1, 1}), small({1, 1}), 32, 32),
       288,
       3612672,
       12544,
       32,
       9},
      // M = 2 x 8 x 8, K = 64 / 4 x 9 = 144: 128 x 128 x 144
      {"4 groups, batch 2",
       {2, 64, 8, 8},
       {2, 128, 8, 8},
       conv(small({3, 3}), small({1, 1}), small({1, 1}), 128, 4),
       18432,
       2359296,
       128,
       128,
       144},
      // M = 4 x 98, K = 16 x 3: 392 x 32 x 48
      {"1-D",
       {4, 16, 100},
       {4, 32, 98},
       conv(small({3}), small({1}), small({0}), 32),
       1536,
       602112,
       392,
       32,
       48},
      // M = 8 x 56 x 56, K = 3 x 3 x 7 x 7 = 441: 25088 x 64 x 441
      {"3-D",
       {1, 3, 16, 112, 112},
       {1, 64, 8, 56, 56},
       conv(small({3, 7, 7}), small({2, 2, 2}), small({1, 3, 3}), 64),
       28224,
       708083712,
       25088,
       64,
       441},
      // dilation 2 spreads 3 over 5 = no change of volume: 256 x 8 x 72
      {"dilated",
       {1, 8, 16, 16},
       {1, 8, 16, 16},
       conv(small({3, 3}), small({1, 1}), small({2, 2}), 8, 1, 2),
       576,
       147456,
       256,
       8,
       72},
      // ceil(7 / 2) = 4 with padding left to TensorRT: 16 x 8 x 27
      {"padding mode SAME",
       {1, 3, 7, 7},
       {1, 8, 4, 4},
       conv(small({3, 3}), small({2, 2}), small({0, 0}), 8),
       216,
       3456,
       16,
       8,
       27},
      // no padding, (8 - 3) / 2 rounded up = 3, + 1: 16 x 8 x 27
      {"rounded up",
       {1, 3, 8, 8},
       {1, 8, 4, 4},
       conv(small({3, 3}), small({2, 2}), small({0, 0}), 8),
       216,
       3456,
       16,
       8,
       27},
      // M = 37 x 37 inputs, N = 96 x 4, K = 96: 1369 x 384 x 96
      {"deconvolution",
       {1, 96, 37, 37},
       {1, 96, 74, 74},
       conv(small({2, 2}), small({2, 2}), small({0, 0}), 96, 1, 1, true),
       36864,
       50466816,
       1369,
       384,
       96},
      // 100 inputs x 8 channels x 16 / 2 maps x 4 = 100 x 64 x 4
      {"deconvolution of 2 groups",
       {1, 8, 10, 10},
       {1, 16, 20, 20},
       conv(small({2, 2}), small({2, 2}), small({0, 0}), 16, 2, 1, true),
       256,
       25600,
       100,
       64,
       4},
      {"batch of none",
       {0, 3, 8, 8},
       {0, 8, 8, 8},
       conv(small({1, 1}), small({1, 1}), small({0, 0}), 8),
       24,
       0,
       0,
       8,
       3},
      // weights computed by another layer: nothing to compare with
      {"no weights of its own",
       {1, 4, 8, 8},
       {1, 8, 8, 8},
       conv(small({1, 1}), small({1, 1}), small({0, 0}), 8),
       0,
       2048,
       64,
       8,
       4},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    expect_work(work_table(test::engine_of({layer_from(c)})), c);
  }
}

TEST(ConvolutionWork, IsUnknownWhereTheFileDoesNotSayOrContradictsItself) {
  const auto plain = conv(small({3, 3}), small({1, 1}), small({1, 1}), 8);
  const auto grouped = [](std::int64_t groups) {
    return conv(small({3, 3}), small({1, 1}), small({1, 1}), 8, groups);
  };
  const std::int64_t huge = std::int64_t{1} << 40;
  const auto case_of = [](const char* what, Shape input, Shape output, ConvolutionAttributes c,
                          std::int64_t weights, const char* reason) {
    Case result{what, std::move(input), std::move(output), c, weights};
    result.reason = reason;
    return result;
  };
  const Case cases[] = {
      case_of("dynamic batch", {-1, 4, 8, 8}, {-1, 8, 8, 8}, plain, 288,
              "its dimensions are dynamic or not stated"),
      case_of("implicit batch", {4, 8, 8}, {8, 8, 8}, plain, 288,
              "a kernel of 2 dimensions needs tensors of 4, these have 3 and 3"),
      case_of("vectors", {4, 8}, {8, 8}, plain, 288, "its tensors have fewer than 3 dimensions"),
      case_of("3-D kernel on 2-D tensors", {1, 4, 8, 8}, {1, 8, 8, 8},
              conv(small({3, 3, 3}), small({1, 1, 1}), small({1, 1, 1}), 8), 864,
              "a kernel of 3 dimensions needs tensors of 5, these have 4 and 4"),
      case_of("weights of other channels", {1, 4, 8, 8}, {1, 8, 8, 8}, plain, 864,
              "864 weights stated, 288 expected of the shapes"),
      case_of("other output maps", {1, 4, 8, 8}, {1, 16, 8, 8}, plain, 288,
              "8 output maps, but an output of 16 channels"),
      case_of("no groups", {1, 4, 8, 8}, {1, 8, 8, 8}, grouped(0), 288,
              "the number of groups is not positive"),
      case_of("3 groups of 4 channels", {1, 4, 8, 8}, {1, 8, 8, 8}, grouped(3), 288,
              "4 and 8 channels do not divide into 3 groups"),
      case_of("other batch", {1, 4, 8, 8}, {2, 8, 8, 8}, plain, 288,
              "input and output differ in batch size"),
      case_of("an output of another stride", {1, 4, 8, 8}, {1, 8, 5, 5}, plain, 288,
              "the output does not follow from input, kernel, stride and padding"),
      case_of("kernel past the input", {1, 4, 2, 2}, {1, 8, 1, 1},
              conv(small({9, 9}), small({1, 1}), small({0, 0}), 8), 0,
              "the output does not follow from input, kernel, stride and padding"),
      case_of("kernel not stated", {1, 4, 8, 8}, {1, 8, 8, 8}, conv({}, {}, {}, 8), 288,
              "its kernel is not stated"),
      case_of("empty kernel", {1, 4, 8, 8}, {1, 8, 8, 8},
              conv(small({0, 3}), small({1, 1}), small({1, 1}), 8), 0,
              "the kernel has an empty dimension"),
      case_of("past 64 bits", {huge, huge, 1, 1}, {huge, 8, 1, 1},
              conv(small({1, 1}), small({1, 1}), small({0, 0}), 8), 0, "sizes overflow"),
      case_of("sizes that are damage", {1, 4, INT64_MAX, 8}, {1, 8, INT64_MAX, 8}, plain, 288,
              "the output does not follow from input, kernel, stride and padding"),
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    expect_work(work_table(test::engine_of({layer_from(c)})), c);
  }
}

TEST(ConvolutionWork, WithoutTensorsIsUnknown) {
  RawLayer layer = test::layer_of("conv", "CaskConvolution", "Convolution", {}, {});
  layer.has_convolution = true;
  layer.convolution = conv(small({3, 3}), small({1, 1}), small({1, 1}), 8);
  const Table work = work_table(test::engine_of({layer}));
  EXPECT_FALSE(work[work::macs][0]);
  EXPECT_EQ(work[work::reason][0], "it has no input or no output");
}

// The stem of ResNet at batch 32 with its pool: 224 -> 112 by the convolution, -> 56 by the pool.
Engine conv_act_pool(const std::string& json) {
  RawLayer layer = test::layer_of("stem", "CaskConvActPool", "ConvActPool",
                                  {test::tensor_of("x", {32, 3, 224, 224})},
                                  {test::tensor_of("y", {32, 64, 56, 56})});
  layer.has_convolution = true;
  layer.convolution = conv(small({7, 7}), small({2, 2}), small({3, 3}), 64);
  layer.weights.push_back({"ConvWeights", "Int8", 9408});
  layer.byte_offset = 0;
  layer.byte_length = static_cast<std::int64_t>(json.size());
  Engine engine = test::engine_of({layer});
  engine.graph_text = Bytes::from(json);
  return engine;
}

TEST(ConvolutionWork, OfConvActPoolUsesTheSizeBeforeThePool) {
  struct PoolCase {
    const char* what;
    const char* json;
    std::int64_t macs;
  };
  // 32 x 112 x 112 = 401408 positions x 64 x 147
  constexpr std::int64_t full = 3776446464;
  const PoolCase cases[] = {
      {"the pool is not stated", R"({"Name":"stem"})", full},
      {"a pool of 3, stride 2, padding 1: (112 + 2 - 3) / 2 + 1 = 56",
       R"({"Name":"stem","ConvPaddingMode":"kEXPLICIT_ROUND_DOWN","PoolingWindowSize":[3,3],)"
       R"("PoolingStride":[2,2],"PoolingPrePadding":[1,1],"PoolingPostPadding":[1,1]})",
       full},
      {"a pool of stride 4 would give 28",
       R"({"Name":"stem","PoolingWindowSize":[3,3],"PoolingStride":[4,4]})", unknown},
      // ceil(224 / 2) = 112 as well
      {"SAME padding", R"({"Name":"stem","ConvPaddingMode":"kSAME_UPPER"})", full},
      {"keys of other types", R"({"Name":"stem","PoolingWindowSize":"3","PoolingStride":[null]})",
       full},
  };
  for (const PoolCase& c : cases) {
    SCOPED_TRACE(c.what);
    const Table work = work_table(conv_act_pool(c.json));
    EXPECT_EQ(work[work::macs][0].value_or(unknown), c.macs);
    EXPECT_EQ(work[work::reason][0],
              c.macs == unknown ? "the pooled output does not follow from the convolution's sizes"
                                : "output positions before pooling x C/groups x K_out x kernel");
  }
}

TEST(ConvolutionWork, OfMyelinComesFromItsWeightsTensor) {
  // 64 positions x 8 x (4 x 3 x 3) = 18432
  const RawLayer listed =
      test::layer_of("c", "correlation", "",
                     {test::tensor_of("x", {1, 4, 8, 8}), test::tensor_of("w", {8, 4, 3, 3})},
                     {test::tensor_of("y", {1, 8, 8, 8})});
  // depthwise: 64 x 4 x 9 = 2304
  RawLayer constant = test::layer_of("d", "correlation", "", {test::tensor_of("y2", {1, 4, 8, 8})},
                                     {test::tensor_of("z", {1, 4, 8, 8})});
  constant.constants.push_back(test::tensor_of("w2", {4, 1, 3, 3}));
  const RawLayer bare = test::layer_of("e", "correlation", "", {test::tensor_of("z", {1, 4, 8, 8})},
                                       {test::tensor_of("u", {1, 4, 8, 8})});
  const Table work = work_table(test::engine_of({listed, constant, bare}));
  EXPECT_EQ(work[work::macs][0], 18432);
  EXPECT_EQ(work[work::macs][1], 2304);
  EXPECT_EQ(work[work::groups][1], 4);
  EXPECT_FALSE(work[work::macs][2]);
  EXPECT_EQ(work[work::reason][2], "no kernel is stated, neither as attributes nor as a tensor");
}

}  // namespace
}  // namespace trex::convolution_work_test

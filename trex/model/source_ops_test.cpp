// SPDX-License-Identifier: Apache-2.0
#include "trex/model/source_ops.hpp"

#include <gtest/gtest.h>

namespace trex {
namespace {

using Texts = std::vector<std::string>;

Texts ops(std::string_view name, std::string_view metadata = {}) {
  Texts result;
  for (const std::string_view op : parse_source_ops(name, metadata).ops) result.emplace_back(op);
  return result;
}

struct NameCase {
  const char* name;
  Texts ops;
};

void expect_ops(const std::vector<NameCase>& cases) {
  for (const NameCase& c : cases) EXPECT_EQ(ops(c.name), c.ops) << c.name;
}

TEST(SourceOps, FusedNames) {
  expect_ops({
      {"Conv_9", {"Conv_9"}},
      {"/features/features.0/Conv", {"/features/features.0/Conv"}},
      {"a + b", {"a", "b"}},
      {"a || b || c", {"a", "b", "c"}},
      {"a + b || c + d", {"a", "b", "c", "d"}},
      {"a + b + a", {"a", "b"}},
      {"a+b", {"a+b"}},
      {"features.3.conv.1.0.weight + QuantizeLinear_121 + Conv_125 + PWN(Clip_129)",
       {"features.3.conv.1.0.weight", "QuantizeLinear_121", "Conv_125", "Clip_129"}},
      {"PWN(a)", {"a"}},
      {"PWN(a, b)", {"a", "b"}},
      {"PWN(PWN(/x/Sigmoid), /x/Mul)", {"/x/Sigmoid", "/x/Mul"}},
      {"PWN(PWN(PWN(a), b), PWN(c, d)) + e", {"a", "b", "c", "d", "e"}},
      {"PWN(a + b, c)", {"a", "b", "c"}},
      {"PWN(f(x,y), g)", {"f(x,y)", "g"}},
      {"PWN((Unnamed Layer* 14) [Activation], b)", {"(Unnamed Layer* 14) [Activation]", "b"}},
      {"(Unnamed Layer* 14) [Shuffle]", {"(Unnamed Layer* 14) [Shuffle]"}},
      {"(Unnamed Layer* 14) [Shuffle] + /a/Reshape",
       {"(Unnamed Layer* 14) [Shuffle]", "/a/Reshape"}},
      {"conv, bias + relu", {"conv, bias", "relu"}},
      {"PWN(a) copy", {"a"}},
      {"PWN(a) copy + b", {"a", "b"}},
      {"xPWN(a, b)", {"xPWN(a, b)"}},
      {"", {}},
      {"   ", {}},
      {" + ", {"+"}},
      {"a +  + b", {"a", "b"}},
  });
}

TEST(SourceOps, UnbalancedParenthesesAreText) {
  expect_ops({
      {"PWN(a, b", {"PWN(a, b"}},
      {"a) + b", {"a)", "b"}},
      {"f( + b", {"f(", "b"}},
      {"PWN(a + b", {"PWN(a", "b"}},
      {"PWN()", {}},
      {"PWN(,)", {","}},
  });
}

TEST(SourceOps, ForeignNodes) {
  expect_ops({
      {"{ForeignNode[a...b]}", {"a", "b"}},
      {"{ForeignNode[a...a]}", {"a"}},
      {"{ForeignNode[solo]}", {"solo"}},
      {"{ForeignNode[norm1.weight + (Unnamed Layer* 109) [Shuffle].../x/Reshape_2 + "
       "/x/Transpose_1]}",
       {"norm1.weight", "(Unnamed Layer* 109) [Shuffle]", "/x/Reshape_2", "/x/Transpose_1"}},
      {"Reformatting CopyNode for Input Tensor 0 to {ForeignNode[a...b]}", {"a", "b"}},
      {"{ForeignNode[a...b]} + c", {"a", "b", "c"}},
      {"{conv1,...,loss3/classifier}", {"conv1", "loss3/classifier"}},
      {"{conv1,...,loss3/classifier} finish", {"conv1", "loss3/classifier"}},
      {"{never closed", {"{never closed"}},
  });
}

TEST(SourceOps, CopiesAndHelpersOfTensorRT) {
  expect_ops({
      {"Reformatting CopyNode for Input Tensor 0 to Conv_1", {"Conv_1"}},
      {"Reformatting CopyNode for Input Tensor 12 to a + b", {"a", "b"}},
      {"Reformatting CopyNode for Output Tensor 0 to PWN(a, b)", {"a", "b"}},
      {"Reformatting CopyNode for Network Input images", {}},
      {"Reformatting CopyNode for Network Output scores", {}},
      {"Conv_1 input reformatter 0", {"Conv_1"}},
      {"Conv_1 + Relu_2 output reformatter 11", {"Conv_1", "Relu_2"}},
      {"Concat_9 copy", {"Concat_9"}},
      {"copy", {"copy"}},
      {"Conv_1 [profile 1]", {"Conv_1"}},
      {"Conv_1 + Relu_1 [profile 12]", {"Conv_1", "Relu_1"}},
      {"Reformatting CopyNode for Input Tensor 0 to Conv_1 [profile 3]", {"Conv_1"}},
      {"reshape_before_/emb/Gemm", {"/emb/Gemm"}},
      {"reshape_after_/emb/Gemm", {"/emb/Gemm"}},
      {"copied_squeeze_after_(Unnamed Layer* 850) [ElementWise]",
       {"(Unnamed Layer* 850) [ElementWise]"}},
      {"unsqueeze_node_after_/a/Add", {"/a/Add"}},
      {"squeeze_after_squeeze_after_X", {"X"}},
      {"conv1.weight_quantize_scale_node", {"conv1.weight"}},
      {"act_dequantize_scale_node", {"act"}},
      {"QuantizeLinear_7_clone_1", {"QuantizeLinear_7"}},
      {"images to nvm", {}},
      {"head_3 from nvm", {}},
  });
}

TEST(SourceOps, TorchTensorRT) {
  expect_ops({
      {"[CONVOLUTION]-[aten_ops.convolution.default]-[/features/0/convolution]",
       {"/features/0/convolution"}},
      {"[CONVOLUTION]-[aten_ops.convolution.default]-[/conv1/convolution] + "
       "[RELU]-[aten_ops.relu.default]-[/relu/relu]",
       {"/conv1/convolution", "/relu/relu"}},
      {"Reformatting CopyNode for Input Tensor 0 to [POOLING]-[aten_ops.max_pool2d]-[/pool]",
       {"/pool"}},
      {"PWN([ELEMENTWISE]-[aten_ops.add.Tensor]-[/add], b)", {"/add", "b"}},
      {"[SLICE]-[aten_ops.slice]", {"aten_ops.slice"}},
  });
}

TEST(SourceOps, MyelinKernels) {
  expect_ops({
      {"__myl_MulAddSigm_myl0_12", {}},
      {"__mye55480+__mye55468+__mye55456_myl2_1", {}},
      {"_gemm_mha_v2_myl2_2", {}},
      {"dummy_shape_call__mye622_0_myl9_0", {}},
      {"/blocks_0/attn/proj/MatMul_myl2_3", {"/blocks_0/attn/proj/MatMul"}},
      {"/a/MatMul+/b/MatMul_myl2_3", {"/a/MatMul", "/b/MatMul"}},
      {"/a/MatMul+__mye1_myl2_3", {"/a/MatMul"}},
  });
}

TEST(SourceOps, MetadataWinsOverTheName) {
  struct Case {
    const char* what;
    std::string_view metadata;
    Texts ops;
  };
  using namespace std::string_view_literals;
  const Case cases[] = {
      {"one", "[ONNX Layer: /a/Conv]"sv, {"/a/Conv"}},
      {"8.6's separator", "[ONNX Layer: /a]\x1e[ONNX Layer: /b]"sv, {"/a", "/b"}},
      {"both separators",
       "[ONNX Layer: /a]\x1e[ONNX Layer: /b]\x1f[ONNX Layer: /c]"sv,
       {"/a", "/b", "/c"}},
      {"none at all", "[ONNX Layer: /a][ONNX Layer: /b]"sv, {"/a", "/b"}},
      {"what TREx made of it", "[ONNX Layer: /a]+[ONNX Layer: /b]"sv, {"/a", "/b"}},
      {"said twice", "[ONNX Layer: /a]\x1f[ONNX Layer: /b]\x1f[ONNX Layer: /a]"sv, {"/a", "/b"}},
      {"a separator at the end", "[ONNX Layer: /a]\x1e"sv, {"/a"}},
      {"brackets in the name", "[ONNX Layer: x[0]/y[1]]\x1e[ONNX Layer: z]"sv, {"x[0]/y[1]", "z"}},
      {"an item-like part inside a name", "[ONNX Layer: a [b: c]]"sv, {"a [b: c]"}},
      {"another kind", "[MLIR: f]\x1e[Torch Layer: g]"sv, {"f", "g"}},
      {"Torch-TensorRT's own",
       "[SELECT]-[aten_ops.where.self]-[/m/where_select]"sv,
       {"/m/where_select"}},
      {"plain names", "p\x1eq"sv, {"p", "q"}},
      {"never closed", "[ONNX Layer: /a"sv, {"/a"}},
      {"an empty value falls back to the name", "[ONNX Layer: ]"sv, {"name"}},
      {"empty", ""sv, {"name"}},
      {"blank", " "sv, {"name"}},
  };
  for (const Case& c : cases) EXPECT_EQ(ops("name", c.metadata), c.ops) << c.what;
  EXPECT_EQ(parse_source_ops("n", "[ONNX Layer: a]").kind, SourceKind::metadata);
  EXPECT_EQ(parse_source_ops("n", "").kind, SourceKind::name);
  EXPECT_EQ(parse_source_ops("__myl_Add_myl0_0", "").kind, SourceKind::none);
}

TEST(SourceOps, ItemsAndSeparatorsInNames) {
  EXPECT_EQ(ops("[ONNX Layer: /a]\x1e[ONNX Layer: /b]"), (Texts{"/a", "/b"}));
  EXPECT_EQ(ops("/a/Conv\x1e/a/Relu"), (Texts{"/a/Conv", "/a/Relu"}));
  EXPECT_EQ(ops("/a/Conv + /a/Add\x1f/a/Relu"), (Texts{"/a/Conv", "/a/Add", "/a/Relu"}));
}

// None of these may take more than linear time or stack.
TEST(SourceOps, HugeNames) {
  std::string nested;
  for (int i = 0; i < 200000; ++i) nested += "PWN(";
  nested += "a";
  EXPECT_EQ(ops(nested).size(), 1u);
  nested.append(200000, ')');
  EXPECT_EQ(ops(nested), Texts{"a"});

  std::string spaces = "a + (" + std::string(1 << 20, ' ') + "b";
  EXPECT_EQ(ops(spaces).size(), 2u);
  std::string many;
  for (int i = 0; i < 100000; ++i) many += (i == 0 ? "n" : " + n") + std::to_string(i);
  EXPECT_EQ(ops(many).size(), 100000u);
  EXPECT_EQ(ops(std::string(1 << 20, '[')).size(), 1u);
  EXPECT_EQ(ops(std::string(1 << 20, '{') + " + b").size(), 2u);
  std::string items;
  for (int i = 0; i < 50000; ++i) items += "[ONNX Layer: x]\x1e";
  EXPECT_EQ(ops("n", items), Texts{"x"});
}

TEST(KernelOperations, AbbreviationsOfBothLengths) {
  struct Case {
    const char* name;
    Texts operations;
  };
  const Case cases[] = {
      {"__myl_TranConcAddMean_myl2_0", {"Transpose", "Concat", "Add", "Mean"}},
      {"__myl_ResTraCas_myl0_1", {"Reshape", "Transpose", "Cast"}},
      {"__myl_MaxMinCas_0x04e72d81267e49f2fb43c5e7a6a463bf", {"Max", "Min", "Cast"}},
      {"__myl_MaxrSubExpSumDivMul_myl1_4", {"ReduceMax", "Sub", "Exp", "Sum", "Div", "Mul"}},
      {"__myl_MulAddSigmoid_myl0_12", {"Mul", "Add", "Sigmoid"}},
      {"__myl_SlicReshReplSeleGath_myl3_7", {"Slice", "Reshape", "Replicate", "Select", "Gather"}},
      {"__myl_Fc_myl2_5", {"FullyConnected"}},
      {"__myl_Fc_myl2_5 [profile 1]", {"FullyConnected"}},
      {"__myl_MulXyz_myl0_3", {"Mul", "Xyz"}},
      {"__mye55480+__mye55468_myl2_1", {}},
      {"/a/Conv", {}},
      {"__myl_0x04e72d81", {}},
      {"__myl_myl0_3", {}},
      {"__myl_", {}},
      {"", {}},
  };
  for (const Case& c : cases) EXPECT_EQ(kernel_operations(c.name), c.operations) << c.name;
}

TEST(SourceScope, CutToDepth) {
  struct Case {
    const char* op;
    int depth;
    const char* scope;
  };
  const Case cases[] = {
      {"/model/layers.3/self_attn/MatMul", 0, "/model/layers.3/self_attn"},
      {"/model/layers.3/self_attn/MatMul", 1, "/model"},
      {"/model/layers.3/self_attn/MatMul", 2, "/model/layers.3"},
      {"/model/layers.3/self_attn/MatMul", 3, "/model/layers.3/self_attn"},
      {"/model/layers.3/self_attn/MatMul", 9, "/model/layers.3/self_attn"},
      {"model/block/conv", 1, "model"},
      {"model/block/conv", 0, "model/block"},
      {"/Conv", 0, ""},
      {"Conv_9", 2, ""},
      {"", 0, ""},
      {"/", 1, ""},
  };
  for (const Case& c : cases) EXPECT_EQ(source_scope(c.op, c.depth), c.scope) << c.op << c.depth;
}

}  // namespace
}  // namespace trex

// SPDX-License-Identifier: Apache-2.0
#include "trex/model/precision.hpp"

#include <gtest/gtest.h>

#include "tests/support/engine_text.hpp"

namespace trex {
namespace {

TEST(Precision, OrderOfEvidence) {
  struct Case {
    const char* line;
    const char *precision, *reason, *input, *output;
  };
  const Case cases[] = {
      {"c Convolution x:Float -> y:Half tactic=turing_fp16_i8816cudnn_int8_128x128 weights=Half*9",
       "INT8", "tactic: i8816 instruction", "FP32", "FP16"},
      {"c Convolution x:Float -> y:Float tactic=sm80_xmma_gemm_f32f32_tf32f32_f32_tensor16x8x8",
       "TF32", "tactic: operand field tf32f32", "FP32", "FP32"},
      {"c Convolution x:Half -> y:Half subtype=CudaDepthwiseConvolution weights=Half*9", "FP16",
       "weights", "FP16", "FP16"},
      {"c ConvActPool x:Int8 -> y:Int8 ConvWeights=Int8*864 ConvBias=Float*32", "INT8", "weights",
       "INT8", "INT8"},
      {"g gemm x:Half -> y:Half tactic=__myl_Fc_0xf16i8", "FP16", "first data input", "FP16",
       "FP16"},
      {"m MatrixMultiply x:Half -> y:Half weights=Int4*64", "FP16", "first data input", "FP16",
       "FP16"},
      {"m MatrixMultiply x:Int8 -> y:Float weights=Int8*64", "INT8", "weights", "INT8", "FP32"},
      {"s Scale x:Half -> y:Half Scale=Float*64 Shift=Float*64", "FP16", "first data input", "FP16",
       "FP16"},
      {"g Gather i:Int64 t:Half -> y:Half", "FP16", "no math: first data input", "FP16", "FP16"},
      {"k kgen s:Int32 m:Bool x:FP8 -> y:FP8", "FP8", "first data input", "FP8", "FP8"},
      {"k kgen i:Int64 j:Int32 -> y:Int64", "INT64", "first data input", "INT64", "INT64"},
      {"k kgen s:Float@Host x:Half -> y:Half", "FP16", "first data input", "FP16", "FP16"},
      {"k kgen -> y:Half", "FP16", "first output", "", "FP16"},
      {"r Reformat x:Float -> y:Int8 origin=QDQ", "FP32", "no math: first data input", "FP32",
       "INT8"},
      {"r Reformat x:Float -> y:Half tactic=ampere_h884_copy", "FP32", "no math: first data input",
       "FP32", "FP16"},
      {"r MyelinReformat x:Half -> y:Float", "FP16", "no math: first data input", "FP16", "FP32"},
      {"c cast x:Float -> y:Half", "FP32", "no math: first data input", "FP32", "FP16"},
      {"c Constant -> y:Float weights=Float*4", "FP32", "no math: first output", "", "FP32"},
      {"w wait", "", "", "", ""},
      {"p PluginV2 x:mystery y:Half -> z:Half", "", "", "", "FP16"},
      {"p Pooling x:Half -> y:Half tactic=sm50_xmma_pooling_fw_4d_FP16FP32NHWC_Average", "FP16",
       "tactic: word FP16FP32NHWC", "FP16", "FP16"},
      {"k kgen x:BFloat16 -> y:BFloat16", "BF16", "first data input", "BF16", "BF16"},
      {"k kgen x:FP4E2M1 s:FP8 -> y:Half", "FP4", "first data input", "FP4", "FP16"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.line);
    const Engine engine = engine_text(c.line);
    EXPECT_EQ(engine.layers[layer::precision][0], c.precision);
    EXPECT_EQ(engine.layers[layer::precision_reason][0], c.reason);
    EXPECT_EQ(engine.layers[layer::input_precision][0], c.input);
    EXPECT_EQ(engine.layers[layer::output_precision][0], c.output);
    EXPECT_EQ(engine.layers[layer::precision].is_null(0), c.precision[0] == '\0');
  }
}

TEST(Precision, LayersWithoutMathInAnyCase) {
  for (const char* type : {"Reformat", "reformat", "NoOp", "Shuffle", "MyelinReformat", "cast",
                           "shape_call", "Constant", "Concatenation", "Slice"}) {
    EXPECT_TRUE(has_no_math(type)) << type;
  }
  for (const char* type : {"", "Convolution", "kgen", "gemm", "PointWise", "Reduce", "Resize",
                           "a type with a name longer than any that is known"}) {
    EXPECT_FALSE(has_no_math(type)) << type;
  }
}

}  // namespace
}  // namespace trex

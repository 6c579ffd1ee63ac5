// SPDX-License-Identifier: Apache-2.0
#include "trex/lint/reformat_reason.hpp"

#include <gtest/gtest.h>

#include "tests/support/engine_text.hpp"

namespace trex::lint::reformat_reason_test {
namespace {

struct Case {
  const char* name;
  const char* text;  // the Reformat under test is called "r"
  ReformatCause cause;
  const char* reason;
  const char* remedy;
};

const Case cases[] = {
    {"an engine input in another format",
     "r Reformat x:Float[1x3x8x8] -> y:fp16:hwc8[1x3x8x8] origin=REFORMAT\n"
     "c Convolution y:fp16:hwc8[1x3x8x8] -> z:fp16:hwc8[1x8x8x8]\n"
     "bindings x z\n",
     ReformatCause::input_binding,
     "engine input 'x' is FP32, 'c' reads FP16 NHWC8: the binding's format is not the kernel's",
     "build with --inputIOFormats=fp16:hwc8 and feed that format"},
    {"an engine output in another format, and no list of bindings",
     "c Convolution z:fp16:hwc8[1x8x8x8] -> x:fp16:hwc8[1x8x8x8]\n"
     "r Reformat x:fp16:hwc8[1x8x8x8] -> y:fp32:chw[1x8x8x8]\n",
     ReformatCause::output_binding,
     "'c' writes FP16 NHWC8, engine output 'y' is FP32 NCHW: the binding's format is not the "
     "kernel's",
     "build with --outputIOFormats=fp16:hwc8 and take that format"},
    {"the first layer's own layout cannot be asked for",
     "r Reformat x:fp16:chw[1x3x8x8] -> y:fp16:hwc4[1x3x8x8]\n"
     "c Convolution y:fp16:hwc4[1x3x8x8] -> z:fp16:hwc8[1x8x8x8]\n"
     "bindings x z\n",
     ReformatCause::input_binding,
     "engine input 'x' is FP16 NCHW, 'c' reads FP16 NHWC4: the binding's format is not the "
     "kernel's",
     "build with --inputIOFormats=fp16:hwc8, the nearest that can be asked for, and feed that"},
    {"a Quantize behind a layer that could not write INT8",
     "p Pooling x:Half[1x8x4x4] -> a:Half[1x8x1x1]\n"
     "r Reformat a:Half[1x8x1x1] -> b:Int8[1x8x1x1] origin=QDQ\n"
     "c Convolution b:Int8[1x8x1x1] -> z:Half[1x8x1x1]\n"
     "bindings x z\n",
     ReformatCause::quantize, "'p' writes FP16, 'c' reads INT8: no layer took the Quantize over",
     "add Q/DQ in front of the layer that writes it, so that it writes the quantized type"},
    {"a Quantize behind a float residual",
     "c Convolution x:Int8[1x8x4x4] s:Half[1x8x4x4] -> a:Half[1x8x4x4]\n"
     "r Reformat a:Half[1x8x4x4] -> b:Int8[1x8x4x4] origin=QDQ\n"
     "d Convolution b:Int8[1x8x4x4] -> z:Half[1x8x4x4]\n"
     "bindings x s z\n",
     ReformatCause::quantize,
     "'c' writes FP16, 'd' reads INT8: it adds a float residual, so it cannot take the Quantize "
     "over",
     "add Q/DQ on the residual input of 'c'"},
    {"an INT8 residual is not one to blame",
     "c Convolution x:Int8[1x8x4x4] s:Int8[1x8x4x4] -> a:Half[1x8x4x4]\n"
     "r Reformat a:Half[1x8x4x4] -> b:Int8[1x8x4x4] origin=QDQ\n"
     "d Convolution b:Int8[1x8x4x4] -> z:Half[1x8x4x4]\n"
     "bindings x s z\n",
     ReformatCause::quantize, "'c' writes FP16, 'd' reads INT8: no layer took the Quantize over",
     "add Q/DQ in front of the layer that writes it, so that it writes the quantized type"},
    {"a tensor kept float by the residual branch that also reads it",
     "p Pooling x:Float[1x8x4x4] -> a:Float[1x8x4x4]\n"
     "r Reformat a:Float[1x8x4x4] -> b:Int8[1x8x4x4] origin=QDQ\n"
     "d Convolution b:Int8[1x8x4x4] -> e:Int8[1x8x4x4]\n"
     "s Reformat a:Float[1x8x4x4] -> f:Half[1x8x4x4]\n"
     "g Convolution e:Int8[1x8x4x4] f:Half[1x8x4x4] -> z:Half[1x8x4x4]\n"
     "bindings x z\n",
     ReformatCause::quantize,
     "'p' writes FP32, 'd' reads INT8: the residual branch into 'g' keeps that tensor float",
     "add Q/DQ on the residual input of 'g'"},
    {"a kernel chosen by calibration",
     "p kgen x:Half[1x8x4x4] -> a:Half[1x8x4x4]\n"
     "r Reformat a:Half[1x8x4x4] -> b:Int8[1x8x4x4] origin=REFORMAT\n"
     "c Convolution b:Int8[1x8x4x4] -> z:Half[1x8x4x4]\n"
     "bindings x z\n",
     ReformatCause::quantize, "'p' writes FP16, 'c' reads INT8: the two compute in different types",
     "let both sides compute in one type"},
    {"a concatenation's copy",
     "p Pooling x:Half[1x8x4x4] -> a:Half[1x8x4x4]\n"
     "r Reformat a:Half[1x8x4x4] -> y:Half[1x8x4x4] origin=CONCAT\n"
     "c Convolution y:Half[1x16x4x4] -> z:Half[1x8x4x4]\n"
     "bindings x z\n",
     ReformatCause::concat,
     "'p' writes FP16, 'c' reads FP16: it copies the tensor into its part of a concatenation",
     "give all inputs of the concatenation one type, one scale and one layout"},
    {"a plugin's format",
     "p Pooling x:fp16:hwc8[1x8x4x4] -> a:fp16:hwc8[1x8x4x4]\n"
     "r Reformat a:fp16:hwc8[1x8x4x4] -> y:fp16:chw[1x8x4x4]\n"
     "c PluginV2 y:fp16:chw[1x8x4x4] -> z:fp16:chw[1x8x4x4]\n"
     "bindings x z\n",
     ReformatCause::plugin,
     "'p' writes FP16 NHWC8, 'c' reads FP16 NCHW: plugin 'c' supports no other format",
     "let the plugin support the format of its neighbours (FP16 linear and NHWC8)"},
    {"a Cast that changed its type",
     "p Pooling x:Float[1x8x4x4] -> a:Float[1x8x4x4]\n"
     "r MyelinReformat a:Float[1x8x4x4] -> y:Half[1x8x4x4]\n"
     "c Pooling y:Half[1x8x4x4] -> z:Half[1x8x4x4]\n"
     "bindings x z\n",
     ReformatCause::cast,
     "'p' writes FP32, 'c' reads FP16: a Cast of the model that no layer took over",
     "remove the Cast from the model: let both sides compute in one type"},
    {"a Cast that only changes the layout",
     "p Pooling x:fp16:chw[1x8x4x4] -> a:fp16:chw[1x8x4x4]\n"
     "r MyelinReformat a:fp16:chw[1x8x4x4] -> y:fp16:hwc8[1x8x4x4]\n"
     "c Convolution y:fp16:hwc8[1x8x4x4] -> z:fp16:hwc8[1x8x4x4]\n"
     "bindings x z\n",
     ReformatCause::layout,
     "'p' writes FP16 NCHW, 'c' reads FP16 NHWC8: the chosen kernels have no layout in common",
     "replace the operation that knows one layout only, or move it to where the layout changes "
     "anyway"},
    {"a NoOp",
     "p Pooling x:fp16:hwc8[1x8x1x1] -> a:fp16:hwc8[1x8x1x1]\n"
     "r NoOp a:fp16:hwc8[1x8x1x1] -> y:fp16:chw[1x8x1x1]\n"
     "c Pooling y:fp16:chw[1x8x1x1] -> z:fp16:chw[1x8x1x1]\n"
     "bindings x z\n",
     ReformatCause::elided, "both formats are the same memory here: nothing runs",
     "nothing to remove"},
    {"no tensors at all", "p Pooling\nr Reformat\n", ReformatCause::unknown,
     "'r' gives no tensors; its neighbours want different formats",
     "build with --profilingVerbosity=detailed to see the formats on both sides"},
};

TEST(ReformatReason, SaysWhyAndWhatWouldRemoveIt) {
  for (const Case& test : cases) {
    SCOPED_TRACE(test.name);
    const Engine engine = engine_text(test.text);
    const Thresholds thresholds;
    const Context c(engine, thresholds);
    const Row row = find_layer(engine, "r").value();
    const ReformatReason reason = reformat_reason(c, row);
    EXPECT_EQ(cause_title(reason.cause), cause_title(test.cause));
    EXPECT_EQ(reason_text(c, row, reason), test.reason);
    EXPECT_EQ(remedy_text(c, reason), test.remedy);
  }
}

TEST(ReformatReason, CountsWhatIsReadAndWritten) {
  const Engine engine = engine_text("r Reformat x:fp32:chw[1x3x4x4] -> y:fp16:hwc8[1x3x4x4]\n");
  const Thresholds thresholds;
  const Context c(engine, thresholds);
  // 48 values of 4 bytes; 16 pixels of 8 channels of 2 bytes.
  EXPECT_EQ(reformat_reason(c, 0).bytes, 48 * 4 + 16 * 8 * 2);
}

}  // namespace
}  // namespace trex::lint::reformat_reason_test

// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/engine_text.hpp"
#include "tests/support/lint_messages.hpp"

namespace trex::lint::binding_reformat_input_test {
namespace {

using test::messages;
using test::Messages;

struct Case {
  const char* what;
  const char* engine;
  Messages expected;
};

const Case cases[] = {
    {"an FP32 input of an FP16 kernel",
     "r Reformat x:fp32:chw[1x8x4x4] -> y:fp16:hwc8[1x8x4x4] @0.25\n"
     "c Convolution y:fp16:hwc8[1x8x4x4] -> z:fp16:hwc8[1x8x4x4] @1\n"
     "bindings x z\n",
     {"engine input 'x' is FP32 NCHW, 'c' reads FP16 NHWC8: the binding's format is not the "
      "kernel's, 0.25 ms"}},
    {"two alike are one finding",
     "r Reformat x:fp32:chw[1x8x4x4] -> y:fp16:hwc8[1x8x4x4] @0.25\n"
     "s Reformat w:fp32:chw[1x8x4x4] -> v:fp16:hwc8[1x8x4x4] @0.25\n"
     "c Convolution y:fp16:hwc8[1x8x4x4] v:fp16:hwc8[1x8x4x4] -> z:fp16:hwc8[1x8x4x4] @1\n"
     "bindings x w z\n",
     {"2 engine inputs ('x', 'w') are FP32 NCHW, the kernels read FP16 NHWC8, 0.5 ms"}},
    {"the input of a NoOp",
     "n NoOp x:fp32:chw[1x8x16] -> n1:fp32:chw[1x8x4x4]\n"
     "r Reformat n1:fp32:chw[1x8x4x4] -> y:fp16:hwc8[1x8x4x4]\n"
     "c Convolution y:fp16:hwc8[1x8x4x4] -> z:fp16:hwc8[1x8x4x4]\n"
     "bindings x z\n",
     {"engine input 'x' is FP32 NCHW, 'c' reads FP16 NHWC8: the binding's format is not the "
      "kernel's"}},
    {"an image before the first convolution: stem-conversion tells it",
     "r Reformat x:fp32:chw[1x3x8x8] -> y:int8:chw4[1x3x8x8] @0.03\n"
     "c Convolution y:int8:chw4[1x3x8x8] -> z:Int8[1x8x8x8] @0.97\n"
     "bindings x z\n",
     {}},
    {"ids are no data",
     "r Reformat x:int64:chw[1x8] -> y:int32:chw[1x8] @1\n"
     "g Gather y:int32:chw[1x8] -> z:fp16:chw[1x8x4]\n"
     "bindings x z\n",
     {}},
    {"inside of the engine",
     "p Pooling x:fp32:chw[1x8x4x4] -> w:fp32:chw[1x8x4x4]\n"
     "r Reformat w:fp32:chw[1x8x4x4] -> y:fp16:hwc8[1x8x4x4] @0.25\n"
     "c Convolution y:fp16:hwc8[1x8x4x4] -> z:fp16:hwc8[1x8x4x4] @1\n"
     "bindings x z\n",
     {}},
};

TEST(BindingReformatInput, Cases) {
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    EXPECT_EQ(messages("binding-reformat-input", engine_text(c.engine)), c.expected);
  }
}

}  // namespace
}  // namespace trex::lint::binding_reformat_input_test

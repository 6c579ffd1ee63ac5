// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/engine_text.hpp"
#include "tests/support/lint_messages.hpp"

namespace trex::lint::binding_reformat_output_test {
namespace {

using test::messages;
using test::Messages;

struct Case {
  const char* what;
  const char* engine;
  Messages expected;
};

const Case cases[] = {
    {"an FP32 output of an FP16 kernel",
     "c Convolution x:fp16:hwc8[1x8x4x4] -> y:fp16:hwc8[1x8x4x4] @1\n"
     "r Reformat y:fp16:hwc8[1x8x4x4] -> z:fp32:chw[1x8x4x4] @0.25\n"
     "bindings x z\n",
     {"'c' writes FP16 NHWC8, engine output 'z' is FP32 NCHW: the binding's format is not the "
      "kernel's, 0.25 ms"}},
    {"a binding behind a NoOp",
     "c Convolution x:fp16:hwc8[1x8x4x4] -> y:fp16:hwc8[1x8x4x4]\n"
     "r Reformat y:fp16:hwc8[1x8x4x4] -> w:fp32:chw[1x8x4x4]\n"
     "n NoOp w:fp32:chw[1x8x4x4] -> z:fp32:chw[1x128]\n"
     "bindings x z\n",
     {"'c' writes FP16 NHWC8, engine output 'w' is FP32 NCHW: the binding's format is not the "
      "kernel's"}},
    {"an input is not an output",
     "r Reformat x:fp32:chw[1x8x4x4] -> y:fp16:hwc8[1x8x4x4] @0.25\n"
     "c Convolution y:fp16:hwc8[1x8x4x4] -> z:fp16:hwc8[1x8x4x4] @1\n"
     "bindings x z\n",
     {}},
};

TEST(BindingReformatOutput, Cases) {
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    EXPECT_EQ(messages("binding-reformat-output", engine_text(c.engine)), c.expected);
  }
}

}  // namespace
}  // namespace trex::lint::binding_reformat_output_test

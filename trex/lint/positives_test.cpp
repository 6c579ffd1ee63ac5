// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/engine_text.hpp"
#include "trex/lint/lint.hpp"

namespace trex::lint {
namespace {

std::string ids(const Engine& engine) {
  std::string result;
  const Thresholds thresholds;
  for (const Positive& positive : positives(Context(engine, thresholds))) {
    result += (result.empty() ? "" : " ") + positive.id;
  }
  return result;
}

struct Case {
  const char* name;
  const char* engine;
  const char* expected;
};

TEST(Positives, SayOnlyWhatTheFilesProve) {
  const Case cases[] = {
      {"nothing to praise", "a Shuffle x:Float[4] -> y:Float[4] @1\n", ""},
      {"Tensor Cores, no Reformat, half weights",
       "c Convolution x:Half[1x8x4x4] -> y:Half[1x8x4x4] kernel=1x1 maps=8 weights=Half*64 "
       "bias=Float*8 tactic=ampere_h16816cudnn @1\n"
       "bindings x y\n",
       "tensor-core-share no-reformats"},  // 128 of 160 bytes of weights are half: 80 %
      {"89 % are not worth a line",
       "c Convolution x:Half[1x8x4x4] -> y:Half[1x8x4x4] kernel=1x1 maps=8 "
       "tactic=ampere_h16816cudnn @0.89\n"
       "d Convolution y:Float[1x8x4x4] -> z:Float[1x8x4x4] kernel=1x1 maps=8 "
       "tactic=ampere_scudnn_128x32_relu @0.11\n",
       "no-reformats"},
      {"a Reformat in the middle leaves the bindings as they are",
       "c Convolution x:Half[1x8x4x4] -> y:Half[1x8x4x4] kernel=1x1 maps=8 @1\n"
       "r Reformat y:Half[1x8x4x4] -> z:fp16:hwc8[1x8x4x4] @0.1\n"
       "d Convolution z:fp16:hwc8[1x8x4x4] -> w:Half[1x8x4x4] kernel=1x1 maps=8 @1\n"
       "bindings x w\n",
       "no-binding-reformats"},
      {"a Reformat of an input does not",
       "r Reformat x:Float[1x8x4x4] -> y:Half[1x8x4x4] @0.1\n"
       "c Convolution y:Half[1x8x4x4] -> z:Half[1x8x4x4] kernel=1x1 maps=8 @1\n"
       "bindings x z\n",
       ""},
      {"weights of 16 bits",
       "c Convolution x:Half[1x8x4x4] -> y:Half[1x8x4x4] kernel=1x1 maps=8 weights=Half*6400 "
       "bias=Float*8 @1\n"
       "r Reformat y:Half[1x8x4x4] -> z:Float[1x8x4x4] @0.1\n"
       "bindings x z\n",
       "small-weights"},
      {"INT8",
       "c Convolution x:Int8[1x32x4x4] -> y:Int8[1x32x4x4] kernel=1x1 maps=32 weights=Int8*1024 "
       "tactic=sm80_xmma_fprop_i8i8_i8i32_f32_tensor16x8x32 @1\n"
       "r Reformat y:Int8[1x32x4x4] -> z:Float[1x32x4x4] @0.1\n"
       "bindings x z\n",
       "tensor-core-share int8-coverage small-weights"},
  };
  for (const Case& c : cases) EXPECT_EQ(ids(engine_text(c.engine)), c.expected) << c.name;
}

}  // namespace
}  // namespace trex::lint

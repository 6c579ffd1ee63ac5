// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/engine_text.hpp"
#include "tests/support/lint_messages.hpp"

namespace trex::lint::qkv_not_merged_test {
namespace {

using test::messages;
using test::Messages;

struct Case {
  const char* what;
  const char* engine;
  Messages expected;
};

const Case cases[] = {
    {"three of one tensor",
     "q gemm x:Half[1x64x32] -> a:Half[1x64x32] @0.25\n"
     "k gemm x:Half[1x64x32] -> b:Half[1x64x32] @0.25\n"
     "v gemm x:Half[1x64x32] -> d:Half[1x64x32] @0.25\n"
     "bindings x a b d\n",
     {"1 group of 3 matrix multiplications of one tensor: 'q', 'k' and 1 more, 0.75 ms"}},
    {"gate and up",
     "q gemm x:Half[1x64x32] -> a:Half[1x64x32]\n"
     "k gemm x:Half[1x64x32] -> b:Half[1x64x32]\n"
     "bindings x a b\n",
     {}},
    {"of other sizes",
     "q gemm x:Half[1x64x32] -> a:Half[1x64x32]\n"
     "k gemm x:Half[1x64x32] -> b:Half[1x64x16]\n"
     "v gemm x:Half[1x64x32] -> d:Half[1x64x8]\n"
     "bindings x a b d\n",
     {}},
    {"of three tensors",
     "q gemm x:Half[1x64x32] -> a:Half[1x64x32]\n"
     "k gemm y:Half[1x64x32] -> b:Half[1x64x32]\n"
     "v gemm z:Half[1x64x32] -> d:Half[1x64x32]\n"
     "bindings x y z a b d\n",
     {}},
};

TEST(QkvNotMerged, Cases) {
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    EXPECT_EQ(messages("qkv-not-merged", engine_text(c.engine)), c.expected);
  }
}

}  // namespace
}  // namespace trex::lint::qkv_not_merged_test

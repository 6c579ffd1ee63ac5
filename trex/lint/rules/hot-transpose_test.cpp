// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/engine_text.hpp"
#include "tests/support/lint_messages.hpp"
#include "trex/load/plan.hpp"

namespace trex::lint::hot_transpose_test {
namespace {

using test::messages;
using test::Messages;

// A Shuffle and a convolution that take `share` and the rest of 1 ms.
Engine shuffle(const char* dims, const char* first, const char* second, double share) {
  const std::string text = fmt::format(
      R"({{"Layers": [{{"Name": "s", "LayerType": "Shuffle", "ParameterType": "Shuffle",
      "Inputs": [{{"Name": "x", "Dimensions": {0}, "Format/Datatype": "Row major linear FP32"}}],
      "Outputs": [{{"Name": "y", "Dimensions": {0}, "Format/Datatype": "Row major linear FP32"}}],
      "FirstTranspose": {1}, "SecondTranspose": {2}}},
      {{"Name": "c", "LayerType": "CaskConvolution", "ParameterType": "Convolution",
      "Inputs": [], "Outputs": []}}], "Bindings": []}})",
      dims, first, second);
  Engine engine = load_plan(Bytes::from(text), "plan.json", std::nullopt);
  engine.layers.add(layer::time_ms, std::vector<double>{share, 1 - share});
  engine.layers.add(layer::share, std::vector<double>{share, 1 - share});
  engine.profile.present = true;
  engine.profile.layer_time_ms = 1;
  return engine;
}

TEST(HotTranspose, ReadsThePermutation) {
  struct Case {
    const char* what;
    const char *dims, *first, *second;
    double share;
    bool fires;
  };
  const Case cases[] = {
      {"NHWC to NCHW", "[1,8,8,3]", "[0,3,1,2]", "[0,1,2,3]", 0.01, true},
      {"the second one", "[1,8,8,3]", "[0,1,2,3]", "[0,2,1,3]", 0.01, true},
      {"a reshape alone", "[1,8,8,3]", "[0,1,2,3]", "[0,1,2,3]", 0.5, false},
      {"only dimensions of 1 move", "[1,8,1,3]", "[0,2,1,3]", "[0,1,2,3]", 0.5, false},
      {"little time", "[1,8,8,3]", "[0,3,1,2]", "[0,1,2,3]", 0.009, false},
      {"no permutation", "[1,8,8,3]", "\"none\"", "[]", 0.5, false},
      {"nonsense", "[1,8,8,3]", "[-1,99,0.5]", "null", 0.5, false},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    const Engine engine = shuffle(c.dims, c.first, c.second, c.share);
    EXPECT_EQ(messages("hot-transpose", engine).size(), c.fires ? 1u : 0u);
  }
}

TEST(HotTranspose, GeneratedKernels) {
  struct Case {
    const char* what;
    const char* engine;
    Messages expected;
  };
  const Case cases[] = {
      {"nothing but moves",
       "__myl_TranResh_myl0_3 kgen x:Half[8x4] -> y:Half[4x8] @0.25\n"
       "c Convolution y:Half[4x8] -> z:Half[4x8] @0.75\n",
       {"transpose '__myl_TranResh_myl0_3' takes 25.0 % of the layers' time, 0.25 ms"}},
      {"the transpose rides along",
       "__myl_TranAdd_myl0_3 kgen x:Half[8x4] -> y:Half[4x8] @0.25\n"
       "c Convolution y:Half[4x8] -> z:Half[4x8] @0.75\n",
       {}},
      {"no transpose",
       "__myl_Slic_myl0_3 kgen x:Half[8x4] -> y:Half[4x4] @0.25\n"
       "c Convolution y:Half[4x4] -> z:Half[4x4] @0.75\n",
       {}},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    EXPECT_EQ(messages("hot-transpose", engine_text(c.engine)), c.expected);
  }
}

}  // namespace
}  // namespace trex::lint::hot_transpose_test

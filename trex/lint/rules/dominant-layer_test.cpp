// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/lint_messages.hpp"
#include "trex/lint/rules/test_gpu.hpp"

namespace trex::lint::dominant_layer_test {
namespace {

using test::findings;
using test::messages;
using test::Messages;
using test::on_gpu;

// Ten layers: one of 1 ms (64 MB at 1000 GB/s: 0.064 ms) and nine of `rest` each.
Engine ten(const char* type, const char* rest) {
  std::string text =
      std::string("a ") + type + " x:fp16:chw[1x64x500x500] -> y:fp16:chw[1x64x500x500] @1\n";
  for (int i = 0; i < 9; ++i) {
    text += "b" + std::to_string(i) + " PluginV2 y:Half -> y" + std::to_string(i) + ":Half @" +
            rest + "\n";
  }
  return on_gpu(text);
}

TEST(DominantLayer, ShowsTheLargestWithItsRoofline) {
  // 1 of 1.9 ms.
  const auto found = findings("dominant-layer", ten("Pooling", "0.1"));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].message,
            "'a' takes 1 ms, 52.6 % of the layers' time; memory-bound, 6.4 % of the GPU's peak");
  EXPECT_NEAR(*found[0].recoverable_ms, 0.936, 1e-12);
  const auto hidden = findings("dominant-layer", ten("Myelin", "0.1"));
  ASSERT_EQ(hidden.size(), 1u);
  EXPECT_EQ(hidden[0].message,
            "'a' takes 1 ms, 52.6 % of the layers' time; the file does not show what it computes");
  EXPECT_FALSE(hidden[0].recoverable_ms);
}

TEST(DominantLayer, LeavesEvenAndTinyEnginesAlone) {
  std::string eleven;
  for (int i = 0; i < 11; ++i) {
    eleven += "p" + std::to_string(i) + " Pooling x:Half -> y" + std::to_string(i) + ":Half @1\n";
  }
  EXPECT_TRUE(messages("dominant-layer", on_gpu(eleven)).empty());  // 9.1 % each
  EXPECT_TRUE(messages("dominant-layer", on_gpu("a Pooling x:Half -> y:Half @1")).empty());
}

}  // namespace
}  // namespace trex::lint::dominant_layer_test

// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>

#include "tests/support/lint_messages.hpp"

namespace trex::lint::kernel_fragmentation_test {
namespace {

using test::messages;
using test::Messages;

std::string many(int count, const char* type, const char* ms) {
  std::string text = "c Convolution x:Half[1x8x4x4] -> y:Half[1x8x4x4] @0.1\n";
  for (int i = 0; i < count; ++i) {
    text += "k" + std::to_string(i) + " " + type + " a:Half[8] -> b:Half[8] @" + ms + "\n";
  }
  return text;
}

TEST(KernelFragmentation, FiresOnAQuarterInGeneratedKernels) {
  EXPECT_EQ(messages("kernel-fragmentation", engine_text(many(1, "kgen", "0.1"))),
            Messages{"1 generated kernel takes 0.1 ms, 50.0 % of the layers' time"});
  EXPECT_TRUE(messages("kernel-fragmentation", engine_text(many(1, "kgen", "0.02"))).empty());
}

TEST(KernelFragmentation, FiresOnTwentyTinyLayers) {
  // 20 of 4 us each beside 0.1 ms: 44.4 %.
  EXPECT_EQ(messages("kernel-fragmentation", engine_text(many(20, "Shuffle", "0.004"))),
            Messages{"20 layers of a few microseconds take 0.08 ms, 44.4 % of the layers' time"});
  EXPECT_TRUE(messages("kernel-fragmentation", engine_text(many(19, "Shuffle", "0.004"))).empty());
  EXPECT_TRUE(messages("kernel-fragmentation", engine_text(many(20, "Shuffle", "0.006"))).empty());
}

TEST(KernelFragmentation, TellsTheTypesAndNoLayerTwice) {
  // 15 Shuffle, 4 Slice and a Concat: 20 of 4 us beside 0.1 ms.
  const std::string mixed = many(15, "Shuffle", "0.004") +
                            "s0 Slice a:Half[8] -> b:Half[8] @0.004\n"
                            "s1 Slice a:Half[8] -> b:Half[8] @0.004\n"
                            "s2 Slice a:Half[8] -> b:Half[8] @0.004\n"
                            "s3 Slice a:Half[8] -> b:Half[8] @0.004\n"
                            "j Concat a:Half[8] -> b:Half[8] @0.004\n";
  EXPECT_EQ(messages("kernel-fragmentation", engine_text(mixed)),
            Messages{"20 layers of a few microseconds take 0.08 ms, 44.4 % of the layers' time: 15 "
                     "Shuffle, 4 Slice and 1 of other types"});
  // 20 tiny kernels are told as generated ones, not again as tiny ones.
  EXPECT_EQ(messages("kernel-fragmentation", engine_text(many(20, "kgen", "0.004"))),
            Messages{"20 generated kernels take 0.08 ms, 44.4 % of the layers' time"});
}

}  // namespace
}  // namespace trex::lint::kernel_fragmentation_test

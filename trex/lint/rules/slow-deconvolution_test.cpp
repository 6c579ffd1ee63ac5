// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/lint_messages.hpp"
#include "trex/lint/rules/test_gpu.hpp"

namespace trex::lint::slow_deconvolution_test {
namespace {

using test::messages;
using test::Messages;
using test::on_gpu;

Engine up(const char* type, const char* kernel, const char* tactic) {
  return on_gpu(std::string("up Deconvolution x:") + type + "[1x64x8x8] -> y:" + type +
                "[1x64x16x16] kernel=" + kernel + " stride=2x2 maps=64 weights=" + type +
                "*4096 tactic=" + tactic + " @0.1");
}

TEST(SlowDeconvolution, FindsRaggedKernelsAndSlowOnes) {
  EXPECT_EQ(messages("slow-deconvolution", up("Half", "3x3", "")),
            Messages{"1 deconvolution, 'up' first: the kernel is no multiple of the stride"});
  EXPECT_EQ(messages("slow-deconvolution", up("Half", "2x2", "x_ffma_f16_y")),
            Messages{"1 deconvolution, 'up' first: the kernel uses no Tensor Cores"});
}

TEST(SlowDeconvolution, LeavesGoodAndCheapOnesAlone) {
  EXPECT_TRUE(messages("slow-deconvolution", up("Half", "4x4", "ampere_h16816_y")).empty());
  EXPECT_TRUE(messages("slow-deconvolution", up("Float", "2x2", "x_ffma_y")).empty());
  EXPECT_TRUE(messages("slow-deconvolution",
                       on_gpu("up Deconvolution x:Half[1x64x8x8] -> y:Half[1x64x16x16] kernel=3x3 "
                              "stride=2x2 maps=64 @0.1\nr PluginV2 y:Half -> z:Half @10"))
                  .empty());
}

}  // namespace
}  // namespace trex::lint::slow_deconvolution_test

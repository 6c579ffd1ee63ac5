// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/lint_messages.hpp"

namespace trex::lint::softmax_topk_test {
namespace {

using test::messages;
using test::Messages;

TEST(SoftmaxTopk, FiresWhereNothingElseReadsTheSoftmax) {
  EXPECT_EQ(messages("softmax-topk", engine_text("s SoftMax x:Half[8] -> y:Half[8] @0.1\n"
                                                 "t TopK y:Half[8] -> z:Half[1] @0.1\n")),
            Messages{"'s' only feeds 't'"});
  EXPECT_TRUE(messages("softmax-topk", engine_text("s SoftMax x:Half[8] -> y:Half[8] @0.1\n"
                                                   "t TopK y:Half[8] -> z:Half[1] @0.1\n"
                                                   "u Unary y:Half[8] -> w:Half[8] @0.1\n"))
                  .empty());
}

}  // namespace
}  // namespace trex::lint::softmax_topk_test

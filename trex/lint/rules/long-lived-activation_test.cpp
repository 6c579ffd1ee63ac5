// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>

#include "tests/support/lint_messages.hpp"

namespace trex::lint::long_lived_activation_test {
namespace {

using test::messages;
using test::Messages;

// a writes the skip of 8 MB, read again by e; the tensors between are of `between` halves.
Engine skip_of(const std::string& skip, const std::string& between, const char* last_reader = "s") {
  const std::string t = ":Half[1x" + between + "]";
  return engine_text("a Convolution x:Half[1x1000] -> s:Half[1x" + skip + "]\n" +  //
                     "b Convolution s:Half[1x" + skip + "] -> t1" + t + "\n" + "c Convolution t1" +
                     t + " -> t2" + t + "\n" + "d Convolution t2" + t + " -> t3" + t + "\n" +
                     "e ElementWise t3" + t + " " + last_reader + ":Half[1x" + skip + "] -> " +
                     "z:Half[1x1000]\n" + "bindings x z\n");
}

TEST(LongLivedActivation, FiresOnALongSkip) {
  // 8 MB of a peak of 8 + 10 + 10 MB (at c), held from a to e.
  const Messages found = messages("long-lived-activation", skip_of("4000000", "5000000"));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0],
            "'s' (8 MB, 28.6 % of the peak) is held over 100.0 % of the run, from 'a' to 'e'");
}

TEST(LongLivedActivation, LeavesOthersAlone) {
  // A small part: 2 MB of 22 MB; a small peak; read at once only.
  EXPECT_TRUE(messages("long-lived-activation", skip_of("1000000", "5000000")).empty());
  EXPECT_TRUE(messages("long-lived-activation", skip_of("4000", "5000")).empty());
  EXPECT_TRUE(messages("long-lived-activation", skip_of("4000000", "5000000", "w")).empty());
}

}  // namespace
}  // namespace trex::lint::long_lived_activation_test

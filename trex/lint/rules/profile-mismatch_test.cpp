// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/engine_text.hpp"
#include "tests/support/lint_messages.hpp"

namespace trex::lint::profile_mismatch_test {
namespace {

using test::messages;
using test::Messages;

TEST(ProfileMismatch, NamesWhatHasNoPartner) {
  Engine engine = engine_text(
      "a Convolution x:Half[1x8x4x4] -> y:Half[1x8x4x4] @1\n"
      "b Convolution y:Half[1x8x4x4] -> z:Half[1x8x4x4]\n"
      "n NoOp z:Half[1x8x4x4] -> w:Half[1x8x4x4]\n");  // hidden: needs no time
  EXPECT_TRUE(messages("profile-mismatch", engine_text("a Convolution x:Half -> y:Half\n")).empty())
      << "no profile is not a mismatch";
  engine.profile.present = true;
  engine.profile.rows = 3;
  engine.profile.matched_rows = 1;
  engine.profile.unmatched = {"ghost", "other"};
  EXPECT_EQ(messages("profile-mismatch", engine),
            (Messages{"2 of 3 profile rows belong to no layer, such as 'ghost'",
                      "1 of 2 layers have no time in the profile, such as 'b'"}));
}

}  // namespace
}  // namespace trex::lint::profile_mismatch_test

// SPDX-License-Identifier: Apache-2.0
#include "trex/lint/glossary.hpp"

#include <gtest/gtest.h>

#include <map>

#include "trex/base/text.hpp"

namespace trex::lint {
namespace {

std::vector<std::string> words(const std::vector<const Term*>& terms) {
  std::vector<std::string> result;
  for (const Term* term : terms) result.emplace_back(term->word);
  return result;
}

TEST(Glossary, HasEveryWordOnceWithTextAndSource) {
  std::map<std::string, int> seen;
  for (const auto& list : {glossary(), kernel_glossary()}) {
    for (const Term& term : list) {
      EXPECT_EQ(++seen[lower(term.word)], 1) << term.word;
      EXPECT_GT(term.text.size(), 10u) << term.word;
      EXPECT_EQ(term.text.back(), '.') << term.word;
      EXPECT_FALSE(term.source.empty()) << term.word;
      EXPECT_EQ(find_term(term.word), &term) << term.word;
    }
  }
}

TEST(Glossary, FindsWordsInAnyCaseAndByTheirOtherNames) {
  const std::pair<const char*, const char*> cases[] = {
      {"reformat", "Reformat"}, {"CaskConvolution", "Convolution"},
      {"PWN(...)", "PWN"},      {"signal/wait", "signal"},
      {"NHWC8", "NHWC"},        {"a || b", "||"},
      {"dp4a", "int8x4"},       {"Myelin", "ForeignNode"},
      {"sm86", "sm80"},         {"horizontal fusion", "||"},
  };
  for (const auto& [word, expected] : cases) {
    const Term* term = find_term(word);
    ASSERT_NE(term, nullptr) << word;
    EXPECT_EQ(term->word, expected) << word;
  }
  EXPECT_EQ(find_term("conv"), nullptr);
  EXPECT_EQ(find_term(""), nullptr);
}

TEST(Glossary, TellsNamesByTheirParts) {
  using Words = std::vector<std::string>;
  EXPECT_EQ(words(terms_inside("Reformatting CopyNode for Input Tensor 0 to conv1")),
            (Words{"Reformatting CopyNode"}));
  EXPECT_EQ(words(terms_inside("{ForeignNode[a...b]}")), (Words{"ForeignNode"}));
  EXPECT_EQ(words(terms_inside("__myl_MulAdd_myl0_3")), (Words{"kgen", "_myl"}));
  EXPECT_EQ(words(terms_inside("a + b")), (Words{"+"}));
  EXPECT_EQ(words(terms_inside("a || b")), (Words{"||"}));
  EXPECT_EQ(words(terms_inside("a plain name")), (Words{}));
}

}  // namespace
}  // namespace trex::lint

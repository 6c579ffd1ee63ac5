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
  for (const auto& list : glossaries()) {
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

TEST(Glossary, ReadsNumbersInWords) {
  const std::pair<const char*, const char*> cases[] = {
      {"sm121", "sm80"},
      {"stage6", "stage"},
      {"t1r5s5", "t1r3s3"},
      {"tilesize256x128x64", "tilesize"},
      {"128x64", "tilesize"},
      {"alignc2", "align"},
      {"ldg32", "ldg8"},
      {"[trainStation3]", "TrainStation"},
      {"bf16bf16", "f16f16_f16f16_f16"},
  };
  for (const auto& [word, expected] : cases) {
    const Term* term = find_term(word);
    ASSERT_NE(term, nullptr) << word;
    EXPECT_EQ(term->word, expected) << word;
  }
  // Types of tensors are formats, no words of kernel names.
  for (const char* word : {"Int8", "FP16", "BF16", "INT4"}) EXPECT_EQ(find_term(word), nullptr);
  EXPECT_EQ(find_term(std::string(100'000, '7')), nullptr);
}

TEST(Glossary, KnowsKernelNamesFromOthers) {
  for (const char* word : {"tn_n", "aligna4_alignc8", "sm80_xmma_gemm_f16f16", "f32f32_tf32f32_f32",
                           "nchw_vect_c_32kcrs_vect_c_32_nchw_vect_c_32"}) {
    EXPECT_TRUE(looks_like_kernel(word)) << word;
  }
  for (const char* word : {"", "my_small_layer", "backbone", "/layer1/Conv"}) {
    EXPECT_FALSE(looks_like_kernel(word)) << word;
  }
}

TEST(Glossary, TellsNamesByTheirParts) {
  using Words = std::vector<std::string>;
  EXPECT_EQ(words(terms_inside("Reformatting CopyNode for Input Tensor 0 to conv1")),
            (Words{"Reformatting CopyNode"}));
  EXPECT_EQ(words(terms_inside("{ForeignNode[a...b]}")), (Words{"ForeignNode"}));
  EXPECT_EQ(words(terms_inside("__myl_MulAdd_myl0_3")), (Words{"kgen", "_myl"}));
  EXPECT_EQ(words(terms_inside("a + b")), (Words{"+"}));
  EXPECT_EQ(words(terms_inside("a || b")), (Words{"||"}));
  EXPECT_EQ(words(terms_inside("/model.0/cat copy")), (Words{"x copy"}));
  EXPECT_EQ(words(terms_inside("images to nvm")), (Words{"DLA"}));
  EXPECT_EQ(words(terms_inside("[RELU]-[aten_ops.relu.default]-[/relu]")), (Words{"aten_ops"}));
  EXPECT_EQ(words(terms_inside("a plain name")), (Words{}));
}

}  // namespace
}  // namespace trex::lint

// SPDX-License-Identifier: Apache-2.0
// Every format and kernel name that real files hold is understood by rule.

#include <gtest/gtest.h>

#include <set>

#include "trex/base/file.hpp"
#include "trex/base/text.hpp"
#include "trex/model/format.hpp"
#include "trex/model/tactic.hpp"

namespace trex {
namespace {

const std::string corpus = TREX_SOURCE_DIR "/../shared/corpus";

// The texts that stand as "key": "text" in any JSON file of the corpus.
std::set<std::string> values_of(std::string_view key) {
  std::set<std::string> values;
  const std::string quoted = "\"" + std::string(key) + "\"";
  for (const std::string& folder : list_directory(corpus)) {
    const std::string path = join_path(corpus, folder);
    if (!is_directory(path)) continue;
    for (const std::string& name : list_directory(path)) {
      if (!ends_with(name, ".json")) continue;
      const Bytes bytes = read_file(join_path(path, name));
      std::string text = replace_all(bytes.view(), "\\\"", "\"");  // JSON inside a JSON string
      for (std::size_t at = text.find(quoted); at != std::string::npos;
           at = text.find(quoted, at + 1)) {
        const std::size_t open = text.find_first_not_of(" :", at + quoted.size());
        if (open == std::string::npos || text[open] != '"') continue;
        values.insert(text.substr(open + 1, text.find('"', open + 1) - open - 1));
      }
    }
  }
  return values;
}

class Corpus : public testing::Test {
 protected:
  void SetUp() override {
    if (!is_directory(corpus)) GTEST_SKIP() << "no ../shared/corpus beside the sources";
  }
};

TEST_F(Corpus, EveryFormatHasADatatype) {
  const std::set<std::string> formats = values_of("Format/Datatype");
  EXPECT_GE(formats.size(), 15u);
  for (const std::string& text : formats) {
    const Format format = parse_format(text);
    EXPECT_TRUE(format.recognised) << text;
    EXPECT_NE(format.datatype, Datatype::unknown) << text;
    const bool sentence = contains(text, " ");
    EXPECT_EQ(format.family != LayoutFamily::unknown, sentence) << text;
  }
}

TEST_F(Corpus, EveryMatrixKernelHasAType) {
  const std::set<std::string> names = values_of("TacticName");
  EXPECT_GE(names.size(), 40u);
  for (const std::string& name : names) {
    const Tactic tactic = parse_tactic(name);
    if (starts_with(name, "__myl") || name.empty()) {
      EXPECT_EQ(tactic.math, Datatype::unknown) << name;
      continue;
    }
    if (!contains(name, "gemm_") && !contains(name, "conv") && !contains(name, "cudnn")) continue;
    EXPECT_NE(tactic.tensor_core, TensorCore::unknown) << name;
    EXPECT_EQ(tactic.math == Datatype::unknown, contains(name, "mha")) << name;
  }
}

}  // namespace
}  // namespace trex

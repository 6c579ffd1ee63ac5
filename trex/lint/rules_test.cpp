// The lists of rules and thresholds keep to their own rules.

// SPDX-License-Identifier: Apache-2.0
#include "trex/lint/rules.hpp"

#include <gtest/gtest.h>

#include <cctype>
#include <set>

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/text.hpp"

namespace trex::lint {
namespace {

bool is_kebab_case(std::string_view id) {
  for (const std::string_view word : split(id, '-')) {
    if (word.empty()) return false;
    for (const char c : word) {
      if (!std::islower(static_cast<unsigned char>(c)) &&
          !std::isdigit(static_cast<unsigned char>(c))) {
        return false;
      }
    }
  }
  return true;
}

TEST(Rules, AreSortedByCodeAndEachHasItsOwnId) {
  std::set<std::string_view> ids;
  std::string_view last;
  for (const Rule* rule : rules()) {
    EXPECT_LT(last, rule->code) << rule->id;
    last = rule->code;
    EXPECT_TRUE(ids.insert(rule->id).second) << rule->id;
    EXPECT_TRUE(is_kebab_case(rule->id)) << rule->id;
    ASSERT_EQ(rule->code.size(), 3u) << rule->id;
    EXPECT_EQ(rule->code[0], "ABCDEFG"[static_cast<int>(rule->group)]) << rule->id;
    EXPECT_NE(rule->check, nullptr) << rule->id;
  }
  EXPECT_FALSE(ids.empty());
}

TEST(Rules, HaveTextsForPeople) {
  for (const Rule* rule : rules()) {
    for (const std::string_view text : {rule->summary, rule->why, rule->mitigation, rule->source}) {
      ASSERT_FALSE(text.empty()) << rule->id;
      EXPECT_NE(text.back(), '.') << rule->id << ": " << text;
      EXPECT_EQ(text.find('\n'), std::string_view::npos) << rule->id;
      EXPECT_TRUE(is_valid_utf8(text)) << rule->id;
    }
  }
}

TEST(Rules, HaveSourceAndTestFilesOfTheirName) {
  for (const Rule* rule : rules()) {
    const std::string stem =
        std::string(TREX_SOURCE_DIR "/trex/lint/rules/") + std::string(rule->id);
    EXPECT_TRUE(file_exists(stem + ".cpp")) << rule->id;
    EXPECT_TRUE(file_exists(stem + "_test.cpp")) << rule->id;
  }
}

TEST(Rules, AreFoundByIdAndByCode) {
  for (const Rule* rule : rules()) {
    EXPECT_EQ(find_rule(rule->id), rule);
    EXPECT_EQ(find_rule(rule->code), rule);
    EXPECT_EQ(find_rule(lower(rule->code)), rule);
  }
  EXPECT_EQ(find_rule("reformat"), nullptr);
}

TEST(Rules, AreSelectedByLists) {
  const std::size_t all = rules().size();
  EXPECT_EQ(select_rules("all").size(), all);
  EXPECT_EQ(select_rules("-C01").size(), all - 1);
  EXPECT_EQ(select_rules("reformat-share").size(), 1u);
  EXPECT_EQ(select_rules("movement,-reformat-share").size() + 1, select_rules("movement").size());
  EXPECT_THROW(select_rules("reformat-shara"), Error);
  EXPECT_THROW(select_rules(""), Error);
}

TEST(Thresholds, AreSortedAndOfRulesThatExist) {
  std::pair<std::string_view, std::string_view> last;
  for (const Threshold& t : threshold_table()) {
    EXPECT_LT(last, std::pair(t.rule, t.name)) << t.rule << "." << t.name;
    last = {t.rule, t.name};
    if (t.rule != "all-rules") {
      const Rule* rule = find_rule(t.rule);
      ASSERT_NE(rule, nullptr) << t.rule;
      EXPECT_EQ(rule->id, t.rule);
    }
    EXPECT_FALSE(t.meaning.empty()) << t.rule << "." << t.name;
    EXPECT_FALSE(t.source.empty()) << t.rule << "." << t.name;
  }
}

TEST(Thresholds, AreSetByName) {
  Thresholds thresholds;
  thresholds.set("reformat-share.min_share=0.5");
  EXPECT_EQ(thresholds.get("reformat-share", "min_share"), 0.5);
  thresholds.set(" reformat-share.min_share = 1e-3");
  EXPECT_EQ(thresholds.get("reformat-share", "min_share"), 1e-3);
  for (const char* bad : {"reformat-share.min_shar=1", "reformat-share=1", "min_share", "",
                          "reformat-share.min_share=", "reformat-share.min_share=x"}) {
    EXPECT_THROW(thresholds.set(bad), Error) << bad;
  }
}

}  // namespace
}  // namespace trex::lint

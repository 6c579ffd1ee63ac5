// SPDX-License-Identifier: Apache-2.0
#include "trex/table/strings.hpp"

#include <gtest/gtest.h>

#include <set>

#include "trex/table/hash.hpp"

namespace trex {
namespace {

TEST(StringPool, GivesEachTextOneId) {
  StringPool pool;
  EXPECT_EQ(pool.find("a"), null_string);
  EXPECT_EQ(pool.intern("a"), 0u);
  EXPECT_EQ(pool.intern(""), 1u);
  EXPECT_EQ(pool.intern(std::string_view("a\0", 2)), 2u);
  EXPECT_EQ(pool.intern("a"), 0u);
  EXPECT_EQ(pool.find(""), 1u);
  EXPECT_EQ(pool.find("b"), null_string);
  EXPECT_EQ(pool[2], std::string_view("a\0", 2));
  EXPECT_EQ(pool.size(), 3u);
}

// Small, large and huge texts between each other; every view is the same at the end.
TEST(StringPool, ViewsStayWhereTheyAre) {
  StringPool pool;
  std::vector<std::string> texts;
  std::vector<std::string_view> views;
  for (std::size_t i = 0; i < 3000; ++i) {
    const std::size_t size = i % 500 == 7 ? 300000 + i : i % 50 == 3 ? 5000 + i : i % 40;
    texts.push_back(std::to_string(i) + std::string(size, 'x'));
    views.push_back(pool[pool.intern(texts.back())]);
  }
  ASSERT_EQ(pool.size(), texts.size());
  for (StringId id = 0; id < texts.size(); ++id) {
    EXPECT_EQ(pool[id], texts[id]);
    EXPECT_EQ(pool[id].data(), views[id].data());
    EXPECT_EQ(pool.find(texts[id]), id);
  }
}

TEST(StringPool, AHugeTextFirst) {
  StringPool pool;
  const std::string huge(1000000, 'y');
  EXPECT_EQ(pool.intern(huge), 0u);
  EXPECT_EQ(pool.intern("a"), 1u);
  EXPECT_EQ(pool.intern(huge + "z"), 2u);
  EXPECT_EQ(pool.intern("b"), 3u);
  EXPECT_EQ(pool[0], huge);
  EXPECT_EQ(pool[1], "a");
  EXPECT_EQ(pool[3], "b");
  EXPECT_GE(pool.memory_bytes(), 2000000u);
  EXPECT_LE(pool.memory_bytes(), 2100000u);
}

TEST(Numbering, CountsByFirstAppearance) {
  Numbering numbering;
  EXPECT_EQ(numbering.find(5), Numbering::absent);
  for (std::uint64_t i = 0; i < 10000; ++i) ASSERT_EQ(numbering.number_of(i << 32U), i);
  for (std::uint64_t i = 0; i < 10000; ++i) ASSERT_EQ(numbering.number_of(i << 32U), i);
  EXPECT_EQ(numbering.find(std::uint64_t{7} << 32U), 7u);
  EXPECT_EQ(numbering.find(7), Numbering::absent);
  EXPECT_EQ(numbering.size(), 10000u);
}

// Names differ in a digit or two: the low bits, which choose the slot, must still spread.
TEST(Hash, SpreadsSimilarTexts) {
  std::set<std::uint64_t> slots;
  for (int i = 0; i < 4096; ++i) {
    slots.insert(hash_text("/model/layers." + std::to_string(i) + "/attn/MatMul") % 65536);
  }
  EXPECT_GT(slots.size(), 3900u);  // 4096 balls in 65536 urns leave about 3970 urns hit
  EXPECT_NE(hash_text(std::string_view("\0", 1)), hash_text(""));
  EXPECT_NE(hash_text("abcdefgh"), hash_text(std::string_view("abcdefgh\0", 9)));
}

}  // namespace
}  // namespace trex

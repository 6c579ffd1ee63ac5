// The fast structures against plain ones that do the same slowly.

// SPDX-License-Identifier: Apache-2.0

#include "trex/graph/layout/sequence.hpp"

#include <gtest/gtest.h>

#include "trex/graph/layout/counted_set.hpp"

namespace trex::graph {
namespace {

std::uint32_t next(std::uint32_t& state) {  // Numerical Recipes' generator, its better half
  state = state * 1664525u + 1013904223u;
  return state >> 16;
}

TEST(Sequence, TheTreeAndTheArrayAgree) {
  std::uint32_t random = 7;
  constexpr std::uint32_t most = 400;
  Sequence tree(most);
  ShortSequence array(most);
  std::vector<std::uint32_t> row;  // what both should hold
  for (std::uint32_t added = 0; added < most;) {
    std::vector<std::uint32_t> indices, fresh, leaving;
    for (std::uint32_t k = next(random) % 5; k > 0 && added < most; --k) {
      indices.push_back(next(random) % (static_cast<std::uint32_t>(row.size()) + 1));
      fresh.push_back(added++);
    }
    std::sort(indices.begin(), indices.end());
    tree.insert(indices, fresh);
    array.insert(indices, fresh);
    for (std::size_t i = fresh.size(); i-- > 0;) {
      row.insert(row.begin() + indices[i], fresh[i]);
    }
    for (std::size_t i = 0; i < row.size(); ++i) {
      ASSERT_EQ(tree.index_of(row[i]), i);
      ASSERT_EQ(array.index_of(row[i]), i);
    }
    for (const std::uint32_t x : row) {
      if (next(random) % 4 == 0) leaving.push_back(x);
    }
    tree.remove(leaving);
    array.remove(leaving);
    for (const std::uint32_t x : leaving) row.erase(std::find(row.begin(), row.end(), x));
  }
  EXPECT_EQ(array.history().size(), most);
  EXPECT_EQ(tree.history(), array.history());
}

TEST(CountedSet, CountsWhatStandsBetween) {
  std::uint32_t random = 3;
  constexpr std::size_t bound = 1000;
  CountedSet set(bound);
  std::vector<std::uint8_t> plain(bound, 0);
  for (int step = 0; step < 3000; ++step) {
    const std::size_t x = next(random) % bound;
    if (plain[x] != 0) {
      set.erase(x);
    } else {
      set.insert(x);
    }
    plain[x] ^= 1;
    const std::size_t first = next(random) % bound, last = next(random) % bound;
    std::int64_t count = 0;
    for (std::size_t i = first; i < last; ++i) count += plain[i];
    ASSERT_EQ(set.between(first, last), count) << first << " " << last;
  }
}

}  // namespace
}  // namespace trex::graph

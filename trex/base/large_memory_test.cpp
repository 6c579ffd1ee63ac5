// That the hint is one: whatever it says, memory is there as before.

// SPDX-License-Identifier: Apache-2.0
#include "trex/base/large_memory.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

namespace trex {
namespace {

TEST(LargeMemory, IsOnlyAHint) {
  const std::size_t hints[] = {0, 1, std::size_t{64} << 20, SIZE_MAX};
  for (const bool allowed : {false, true}) {
    if (allowed) allow_large_pages();
    for (const std::size_t hint : hints) {
      SCOPED_TRACE(hint);
      expect_allocations(hint);
      std::vector<std::vector<std::uint32_t>> blocks;
      for (std::uint32_t i = 0; i < 8; ++i) blocks.emplace_back(100000 << (i % 4), i);
      for (std::uint32_t i = 0; i < 8; ++i) {
        ASSERT_EQ(blocks[i].front(), i);
        ASSERT_EQ(blocks[i].back(), i);
      }
    }
  }
}

}  // namespace
}  // namespace trex

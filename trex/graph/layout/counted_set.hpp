// A set of numbers below a bound, and how many of them stand between two; each operation O(log n).
//
// Bits, 64 to a word, and a Fenwick tree (1994) of the words' counts. Numbers near each other share
// a word or most of the tree's sums, which is then left out.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

namespace trex::graph {

class CountedSet {
 public:
  explicit CountedSet(std::size_t bound) : words_(bound / 64 + 1, 0), tree_(words_.size() + 1, 0) {}

  void insert(std::size_t x) {
    words_[x / 64] |= std::uint64_t{1} << x % 64;
    add(x / 64, 1);
  }
  void erase(std::size_t x) {
    words_[x / 64] &= ~(std::uint64_t{1} << x % 64);
    add(x / 64, -1);
  }
  // Of first .. last - 1, all below the bound; 0 where last <= first.
  std::int64_t between(std::size_t first, std::size_t last) const {
    if (last <= first) return 0;
    std::size_t i = last / 64, k = first / 64;
    if (i == k) return std::popcount(low_bits(last) ^ low_bits(first));
    std::int64_t count = std::popcount(low_bits(last)) - std::popcount(low_bits(first));
    for (; i > k; i &= i - 1) count += tree_[i];
    for (; k > i; k &= k - 1) count -= tree_[k];
    return count;
  }

 private:
  std::uint64_t low_bits(std::size_t x) const {
    return words_[x / 64] & ((std::uint64_t{1} << x % 64) - 1);
  }
  void add(std::size_t word, std::int32_t value) {
    for (std::size_t i = word + 1; i < tree_.size(); i += i & (~i + 1)) tree_[i] += value;
  }

  std::vector<std::uint64_t> words_;
  std::vector<std::int32_t>
      tree_;  // tree_[i]: of the words before i, as many as its lowest bit says
};

}  // namespace trex::graph

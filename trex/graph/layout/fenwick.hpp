// Sums of the first so many numbers of a row, each operation O(log n) (Fenwick 1994).

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace trex::graph {

class Fenwick {
 public:
  explicit Fenwick(std::size_t size) : tree_(size + 1, 0) {}

  void add(std::size_t index, std::int64_t value) {
    for (std::size_t i = index + 1; i < tree_.size(); i += i & (~i + 1)) tree_[i] += value;
  }
  // Of the numbers before `index`.
  std::int64_t sum(std::size_t index) const {
    std::int64_t result = 0;
    for (std::size_t i = index < tree_.size() ? index : tree_.size() - 1; i > 0; i &= i - 1) {
      result += tree_[i];
    }
    return result;
  }

 private:
  std::vector<std::int64_t> tree_;
};

}  // namespace trex::graph

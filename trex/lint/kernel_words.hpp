// The operations that generated kernels name, read from each name once for all rules.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace trex::lint {

class KernelWords {
 public:
  // Of the next layer; none for a layer that is no generated kernel.
  void add_kernel(std::string_view name);
  void add_none() { end_.push_back(static_cast<std::uint32_t>(words_.size())); }
  // {"Transpose", "Add"} of "__myl_TranAdd_myl0_3", by the order of adding.
  std::span<const std::string_view> operator[](std::size_t layer) const {
    const std::uint32_t first = layer == 0 ? 0 : end_[layer - 1];
    return std::span(words_).subspan(first, end_[layer] - first);
  }

 private:
  std::unordered_set<std::string> distinct_;  // what words_ point into
  std::vector<std::string_view> words_;       // of all layers, one after the other
  std::vector<std::uint32_t> end_;
};

// "Gather" is one of {"Gather", "Scatter"}, in any case.
bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words);
bool any_is_one_of(std::span<const std::string_view> operations,
                   std::initializer_list<std::string_view> words);
// False for no operation at all.
bool all_are_of(std::span<const std::string_view> operations,
                std::initializer_list<std::string_view> words);

}  // namespace trex::lint

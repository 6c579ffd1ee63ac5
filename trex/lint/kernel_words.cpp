// A kernel's name is split once; the words of an engine are few, so they are kept once too.

// SPDX-License-Identifier: Apache-2.0
#include "trex/lint/kernel_words.hpp"

#include <algorithm>

#include "trex/base/text.hpp"
#include "trex/model/source_ops.hpp"

namespace trex::lint {

void KernelWords::add_kernel(std::string_view name) {
  for (std::string& word : kernel_operations(name)) {
    words_.push_back(*distinct_.insert(std::move(word)).first);
  }
  add_none();
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view w) { return equals_ignoring_case(word, w); });
}

bool any_is_one_of(std::span<const std::string_view> operations,
                   std::initializer_list<std::string_view> words) {
  return std::any_of(operations.begin(), operations.end(),
                     [&](std::string_view op) { return is_one_of(op, words); });
}

bool all_are_of(std::span<const std::string_view> operations,
                std::initializer_list<std::string_view> words) {
  return !operations.empty() &&
         std::all_of(operations.begin(), operations.end(),
                     [&](std::string_view op) { return is_one_of(op, words); });
}

}  // namespace trex::lint

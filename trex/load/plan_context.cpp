// Spelling out paths and notes, which only odd files need.

// SPDX-License-Identifier: Apache-2.0
#include "trex/load/plan_context.hpp"

#include <algorithm>

#include "trex/base/text.hpp"

namespace trex {

namespace {

constexpr int longest_key_shown = 60;  // columns: a note is one line

}  // namespace

std::string JsonPath::text() const {
  std::string result;
  for (std::size_t i = 0; i < std::min(size_, steps_.size()); ++i) {
    result += '/';
    if (steps_[i].index >= 0) {
      result += std::to_string(steps_[i].index);
    } else {
      result += shorten_middle(steps_[i].key, longest_key_shown);
    }
  }
  return result;
}

std::string JsonPath::text_with(std::string_view key) const {
  std::string result = text();
  if (!key.empty()) {
    result += '/';
    result += shorten_middle(key, longest_key_shown);
  }
  return result;
}

void PlanContext::note_spelling(std::string_view key, const PlanKeyMatch& match) {
  if (!notes.is_first(PlanOddity::other_spelling)) return;
  notes.describe(path.text_with(key), "read as '" + std::string(match.spelling) + "'");
}

}  // namespace trex

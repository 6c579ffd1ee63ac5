// Reading the keys of many objects of one kind, which nearly all have them in one order: the key
// that followed last time is compared first, where it stands, and looked up only if it is another.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "trex/load/plan_json.hpp"
#include "trex/load/plan_keys.hpp"

namespace trex {

class PlanKeyReader {
 public:
  void begin_object() { last_ = at_start; }

  // The field's key, as take_key() gives it, and what it is; valid until the next call.
  const PlanKeyMatch& take(ondemand::field& field, std::string_view& key) {
    const char* start = field.key().raw();
    const std::uint8_t row = follower_[last_];
    const PlanKeyMatch& likely = plan_key_rows[row];
    const std::size_t size = likely.spelling.size();
    // The padding behind the text is longer than any spelling.
    if (start[size] == '"' && same_bytes(start, likely.spelling.data(), size)) {
      key = {start, size};
      last_ = row;
      return likely;
    }
    key = take_key(field);
    found_ = find_plan_key(key);
    if (found_.key == PlanKey::unknown || !found_.exact) {
      last_ = at_start;
    } else {
      last_ = follower_[last_] = found_.row;
    }
    return found_;
  }

 private:
  static constexpr std::uint8_t at_start = max_plan_key_rows;
  std::array<std::uint8_t, max_plan_key_rows + 1> follower_{};  // by row, and of the start
  std::uint8_t last_ = at_start;
  PlanKeyMatch found_;
};

}  // namespace trex

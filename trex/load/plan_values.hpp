// Single values of a plan graph in whatever form they come: text, whole numbers, flags, lists.
//
// Each reads the value to its end. What cannot be read is nothing, with a note; null is nothing
// without one, for it says as much.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "trex/load/plan_context.hpp"
#include "trex/load/plan_json.hpp"

namespace trex {

// A value, the key it stands under and how deep.
struct PlanField {
  ondemand::value& value;
  std::string_view key;
  int depth;  // of the object or list that holds it
};

std::optional<std::string_view> read_text(PlanField field, PlanContext& context);
std::optional<std::int64_t> read_integer(PlanField field, PlanContext& context);
std::optional<bool> read_flag(PlanField field, PlanContext& context);
// False, and `list` empty: not known.
bool read_dimensions(PlanField field, PlanContext& context, std::vector<std::int64_t>& list);
// Of at most 8 numbers, none below `least`; otherwise `dims` keeps rank 0.
void read_small_dims(PlanField field, PlanContext& context, std::int32_t least, SmallDims& dims);

void note_wrong_type(PlanField field, PlanContext& context, std::string_view expected,
                     ondemand::json_type type);

}  // namespace trex

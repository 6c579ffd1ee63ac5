// From a finished walk to an Engine: or the Error that says why there is nothing to show.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "trex/load/plan_walk.hpp"

namespace trex {

struct PlanSource {
  Bytes text;             // what the walk walked
  std::size_t start = 0;  // past a byte-order mark
  std::string file;
  std::optional<int> opt_profile;  // what the user asked for
  bool is_text = false;            // it was the inspector's text form
  std::vector<Note> notes;
  std::string cut_off_at;  // the file's end is missing, and this is where; else empty
};

// Layers of 11.x carry no "[profile 1]": what stands in the file runs for every profile, and only
// the bindings tell how many there are.
bool layers_serve_all_profiles(const PlanWalk& walk);
bool bindings_have_profile(const PlanWalk& walk, int opt_profile);

// Consumes the walk.
Engine finish_plan(PlanWalk& walk, const PlanSource& source, int opt_profile);

}  // namespace trex

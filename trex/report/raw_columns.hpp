// Attributes of the layers' own JSON as columns: `Kernel`, `Stride`, `HasBias`, `Weights.Count`.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "trex/model/engine.hpp"

namespace trex::report {

// Adds a column for each of `names` that any layer has as an attribute (case matters; a dot goes
// into an object). Whole numbers, numbers, true and false, and lists of whole numbers keep their
// type where every layer agrees; anything else is text as the file has it.
void add_raw_columns(Table& table, const Engine& engine, const std::vector<std::string>& names);

// The names of all attributes, sorted; of the first layers only once there are `at_most`.
std::vector<std::string> attribute_names(const Engine& engine, std::size_t at_most);

}  // namespace trex::report

// Is a layer a region of which the plan shows one row only?

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "trex/lint/context.hpp"

namespace trex::lint {

// By its name alone: "{ForeignNode[first...last]}".
bool names_closed_region(std::string_view name);
// Myelin's or the DLA's region; not a Reformat before one, whose name holds the region's.
bool is_closed_region(const Context& c, Row row);

}  // namespace trex::lint

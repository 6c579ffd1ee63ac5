// Where on the sides of a box do its lines begin and end?
//
// Ports stand in the order of their numbers, or, for a box that leaves the choice, in the order
// of what they lead to. Within that order each slides to where its line comes from, so that lines
// are straight where they can be, and a box need not shift sideways to meet a port.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "trex/graph/layout/layered.hpp"
#include "trex/graph/layout/level.hpp"
#include "trex/graph/layout/order.hpp"
#include "trex/graph/layout/place.hpp"

namespace trex::graph {

// Before there are x coordinates: every sliding port in the middle, the others where they are.
void centre_ports(const Level& level, const Layered& graph, Sizes& sizes);

// `any_order`: the order of what ports lead to goes before that of their numbers, for all boxes.
void slide_ports(const Level& level, const Layered& graph, const Places& places, bool any_order,
                 double line_gap, const std::vector<double>& x, Sizes& sizes);

}  // namespace trex::graph

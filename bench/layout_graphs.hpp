// Graphs like those of networks, of any size, to measure and to test the layout with.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "trex/graph/layout/layout.hpp"

namespace trex::bench {

// "transformer": a chain of attention blocks with residuals; "masked": the same with a mask and a
// rotary table that every block reads; "unet": n / 16 nested skips; "dense": blocks of 8 layers,
// each read by all after it in its block. About `nodes` nodes.
inline constexpr std::string_view layout_graph_kinds[] = {"transformer", "masked", "unet", "dense"};
graph::LayoutGraph layout_graph(std::string_view kind, std::size_t nodes);

}  // namespace trex::bench

// What a layer's own fields say beyond its name and type, in short lines.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "trex/model/engine.hpp"

namespace trex::graph {

// "3×3, stride 2×2, 32 maps", "+ residual add", "RELU", "origin QDQ", the operations of a PointWise
// or a Myelin kernel. At most 8 lines.
std::vector<std::string> layer_details(const Engine& engine, Row layer);

}  // namespace trex::graph

// Plan -> the graph JSON of its generation, in the layout that TensorRT writes.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "trex/sample/layer.hpp"

namespace trex::sample {

// One layer's object, with the opening brace where TensorRT has it: "{\n  \"Name\": ...\n}".
void append_layer(std::string& out, const Layer& layer, Generation generation);

// What stands before the first layer, between two, and after the last one.
inline constexpr std::string_view graph_begin = "{\"Layers\": [";
inline constexpr std::string_view graph_between = ",";
void append_graph_end(std::string& out, const Plan& plan);

std::string graph_text(const Plan& plan);

}  // namespace trex::sample

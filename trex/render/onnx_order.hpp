// Boxes in an order in which every value is made before it is used.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "trex/document/drawing.hpp"

namespace trex::render {

struct OnnxOrder {
  std::vector<std::uint32_t> boxes;
  std::vector<std::uint8_t> dropped;  // by edge: it would close a cycle
};
// The drawing's own order where that will do. Where boxes wait for each other (loops, groups that
// read each other's outputs), the first of them comes first, and what it waits for is dropped.
OnnxOrder onnx_order(const Drawing& drawing);

}  // namespace trex::render

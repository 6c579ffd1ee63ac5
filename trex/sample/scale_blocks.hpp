// The blocks that a scale engine repeats; their names hold '@n' and '@p' (see Template).

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "trex/model/gpu.hpp"
#include "trex/sample/layer.hpp"

namespace trex::sample {

std::vector<Layer> convolution_block(const GpuSpec& gpu);
std::vector<Layer> transformer_block(const GpuSpec& gpu);

}  // namespace trex::sample

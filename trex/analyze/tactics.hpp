// What does each layer's tactic name say? One row a layer, in engine.layers' order.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "trex/model/engine.hpp"

namespace trex {

namespace tactics {
using I = std::int64_t;
inline constexpr Key<std::string_view> architecture{"architecture", Unit::none,
                                                    "GPU generation the kernel was written for"};
inline constexpr Key<I> tile_m{"tile_m", Unit::none, "rows of the output tile"};
inline constexpr Key<I> tile_n{"tile_n", Unit::none, "columns of the output tile"};
inline constexpr Key<I> tile_k{"tile_k", Unit::none, "depth of a step"};
inline constexpr Key<I> stages{"stages", Unit::none, "pipeline stages"};
inline constexpr Key<std::string_view> instruction{"instruction", Unit::none, "matrix instruction"};
inline constexpr Key<std::string_view> tensor_core{"tensor_core", Unit::none, "yes or no"};
inline constexpr Key<std::string_view> tensor_core_rule{"tensor_core_rule", Unit::none,
                                                        "what decided it"};
inline constexpr Key<std::string_view> base_name{"tactic_base", Unit::none,
                                                 "tactic without hash and variant"};
}  // namespace tactics

Table tactics_table(const Engine& engine);

}  // namespace trex

// What a tactic's (kernel's) name says: architecture, tile, stages, operand types, Tensor Cores.
//
// Read with care: hashes are stripped first (`_0x...` holds "f16" and "i8" by chance); the matrix
// instruction wins over the name's other parts; operand fields count and output fields do not.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "trex/model/datatype.hpp"

namespace trex {

enum class TensorCore : std::uint8_t { unknown, no, yes };

struct Tactic {
  std::string_view architecture;  // "sm80", "volta", "turing", "ampere"; "" when not said
  std::optional<int> sm;          // 70, 75, 80 ... as the name says or its architecture implies
  std::optional<int> tile_m, tile_n, tile_k;
  std::optional<int> stages;
  std::optional<int> split_k;
  std::string instruction;  // "tensor16x8x16", "i8816", "h1688"; "" when none is named
  TensorCore tensor_core = TensorCore::unknown;
  std::string_view tensor_core_rule;  // which rule decided, for people; "" when unknown
  Datatype math = Datatype::unknown;  // the type the matrix math runs in
  std::string math_reason;            // which part of the name said so
  std::string base_name;              // the name without hashes and variant suffixes: for grouping
};

Tactic parse_tactic(std::string_view name);  // "" and unknown names give what can be known: nothing
std::string_view tensor_core_name(TensorCore value);  // "yes", "no", "" for unknown

}  // namespace trex

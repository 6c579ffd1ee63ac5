// The datatype a layer's math runs in, and what decided it.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "trex/model/datatype.hpp"
#include "trex/model/tactic.hpp"

namespace trex {

struct PrecisionTensor {
  Datatype type = Datatype::unknown;
  bool host = false;  // Location "Host": shapes, not data
};

struct PrecisionWeights {
  std::string_view key;  // "Weights", "Bias" ...
  Datatype type = Datatype::unknown;
  bool empty = false;
};

struct PrecisionFacts {
  bool no_math = false;            // has_no_math() of the layer's type or subtype
  const Tactic* tactic = nullptr;  // null when the layer names none
  std::span<const PrecisionWeights> weights;
  std::span<const PrecisionTensor> inputs, outputs;
};

struct Precision {
  Datatype type = Datatype::unknown;
  std::string_view source;  // "tactic", "weights", "first data input", "no math: first output" ...
  std::string_view detail;  // of the tactic ("i8816 instruction"); else empty
};

// Rules, first that knows wins:
//   no math      Reformat, MyelinReformat, NoOp, Shuffle, Constant, Slice, Concatenation, Gather,
//                cast, copy, reshape ...: the first data input, else the first output. A cast too:
//                what it makes shows as output_precision.
//   tactic       parse_tactic().math
//   weights      the kernel's datatype (not a bias's or a scale's). Integer weights beside a
//                floating-point input are weight-only quantisation: the math runs in the input's
//                type, so they decide nothing.
//   inputs       the first data input; kgen, fusion, plugins, ForeignNode end here: their kernels
//                state no type
//   outputs      the first output, of layers without inputs
// Data input: not on the host, and not INT32, INT64 or BOOL (indices, shapes, masks) while another
// input is neither. One whose own datatype is unknown makes the precision unknown.
Precision precision_of(const PrecisionFacts& facts);

// Index of the first input that carries data; inputs.size() when there is none.
std::size_t first_data_input(std::span<const PrecisionTensor> inputs);

// Layers that only move or keep data, by type name in any case.
bool has_no_math(std::string_view type);

}  // namespace trex

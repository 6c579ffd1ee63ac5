// What kind of layer is this, for the rules: by type, implementation, name and tactic.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace trex::lint {

// Bits: a layer may be several (an attention kernel is a kgen kernel too).
enum Kind : std::uint16_t {
  convolution = 1 << 0,  // also ConvActPool; not deconvolution
  deconvolution = 1 << 1,
  gemm = 1 << 2,       // MatrixMultiply, gemm, FullyConnected, a fusion with a gemm tactic
  attention = 1 << 3,  // fused multi-head attention
  reformat = 1 << 4,   // Reformat, MyelinReformat, Reformatting CopyNode
  mover = 1 << 5,      // reformat, Shuffle, Slice, Concat, copy, cast, move, transpose
  pointwise = 1 << 6,  // PointWise, ElementWise, Activation, Unary, Scale
  kernel = 1 << 7,     // kgen: a kernel that Myelin generated
  // Every element of the output from the same elements of the inputs: pointwise, or a kernel whose
  // operations are all so.
  elementwise = 1 << 8,
  compute = convolution | deconvolution | gemm | attention,
};

// What the texts that many layers share tell: type, subtype, tactic. The `work` column of
// analyze/work ("convolution", "gemm" ...; "" unknown) wins where it knows.
std::uint16_t kinds_of_type(std::string_view type, std::string_view subtype);
bool is_attention_tactic(std::string_view tactic);
// The whole, from these and what is the layer's own; `operations`: of a generated kernel.
struct KindFacts {
  std::uint16_t of_type = 0;
  bool attention_tactic = false;
  std::string_view name, work;
  std::span<const std::string_view> operations;
};
std::uint16_t kinds_of(const KindFacts& facts);
// The same for a single layer, by all of its texts.
std::uint16_t kinds_of(std::string_view type, std::string_view subtype, std::string_view name,
                       std::string_view tactic, std::string_view work);

}  // namespace trex::lint

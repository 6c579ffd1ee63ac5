// Kernels by name: which tile, what it is called, how long it computes.
//
// The names follow the grammar of TensorRT's own (architecture, operand types, layouts, tile,
// stages, instruction); the strings are ours.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "trex/sample/cost.hpp"

namespace trex::sample {

struct Kernel {
  std::string name;
  std::uint64_t value = 0;  // TacticValue: a hash of the name
  double math_us = 0;
};

// A convolution as an implicit GEMM: m = batch x height x width, n = output channels, k = padded
// input channels x kernel area. `input` and `output` are the formats it reads and writes.
struct ConvolutionCase {
  Gemm gemm;
  Format input, output;
  std::int64_t kernel = 1;
  bool fully_connected = false;
};
Kernel convolution_kernel(const GpuSpec& gpu, const ConvolutionCase& c);

// A matrix multiplication of Myelin's: operands in `type`, result in `output`.
Kernel gemm_kernel(const GpuSpec& gpu, const Gemm& gemm, Datatype type, Datatype output);

// A kernel that Myelin wrote: "__myl_AddMul" -> "__myl_AddMul_0x<hash>".
std::string generated_tactic(std::string_view stem);

}  // namespace trex::sample

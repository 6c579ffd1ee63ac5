// A small compiler: network -> layers, by the rules that TensorRT's engines show.
//
// Q/DQ (rewrite.cpp)
//  Q1  Two Q/DQ pairs on one tensor are one: both were calibrated on the same values.
//  Q2  A pair moves before a max pool whose only reader it is: taking the maximum and rounding
//      commute, and the pool then moves a quarter of the bytes.
// Fusion (fuse.cpp)
//  F1  A convolution takes in the add, then the relu, then the pair that is the only reader of
//      what it has so far. Of an add's operands the first is the one that takes it in.
//  F2  It runs in INT8 when its input and its weights are quantized.
//  F3  It takes in a pair (so writes INT8) only in an INT8 kernel without a residual, or with an
//      INT8 one: the epilogue adds the residual in the type that it writes, or in INT8 with its own
//      scale, and no kernel adds a float residual and writes INT8.
//  F4  A global pool in INT8 takes in the pair after it; one in float cannot.
//  F5  A pair that nothing took in is a Reformat layer of origin QDQ.
// Formats (lower.cpp)
//  R1  FP32 kernels read and write linear. FP16 convolutions and pools read and write NHWC8; a
//      convolution of at most 4 channels reads NHWC4.
//  R2  INT8 kernels read and write NC/32HW32, and what they write in float is FP16 NC/32HW32. With
//  at
//      most 4 channels, or on a tensor of 1 x 1 with as many rows as the batch, the kernel is a
//      4-wide one on the CUDA cores: it reads NC/4HW4 and what it writes in float is FP32 linear.
//  R3  Float pools read linear or NHWC8, whichever they are given, else they ask for R1's.
//  R4  Where a tensor is not in the format that its reader asks for, a Reformat layer stands
//      between, one for each reader; a NoOp where both formats are the same bytes.
// Kernels (kernels.cpp): of the tiles, the fastest.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "trex/model/gpu.hpp"
#include "trex/sample/network.hpp"

namespace trex::sample {

// What kernels TensorRT was allowed: the default (TF32 for FP32), --fp16, or --int8 --fp16 (a network with Q/DQ).
enum class Allowed : std::uint8_t { fp32, fp16, int8_fp16 };

// Q1 and Q2. A node that nothing reads any more stays in its place.
void rewrite_quantizers(Network& network);

// F1 to F5: nodes that run as one layer, in execution order.
struct Group {
  int root = 0;       // the convolution, pool or quantize
  int residual = -1;  // the node whose tensor is added
  bool relu = false;
  bool quantizes = false;  // took in a Q/DQ pair: writes INT8
  std::vector<int> nodes;  // without that pair
  int last = 0;            // the node whose tensor it writes
};
std::vector<Group> fuse(const Network& network);

// Is what this node gives INT8?
bool is_int8(const Network& network, int node);
// The nodes that read each node, without dead ones.
std::vector<std::vector<int>> readers_of(const Network& network);

std::vector<Layer> compile(Network network, Allowed allowed, const GpuSpec& gpu);

}  // namespace trex::sample

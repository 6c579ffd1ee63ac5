// How much arithmetic and traffic is each layer's: MACs, FLOPs, M N K, bytes, intensity, rates.
//
// One row a layer of engine.layers, in the same order. Convolution, deconvolution, GEMM and
// attention; everything else has unknown work. FLOPs = 2 x MACs. Bytes moved: each input and output
// once, the weights once. Myelin's kernels state no weights: what they read is among their inputs,
// but for the weights of a GEMM up to 10.x, which count as K x N values of the layer's precision.
//
// Always MACs = M x N x K x gemm_count. A convolution of `groups` groups is one implicit GEMM:
// M = batch x output positions, N = K_out (all groups), K = C R S / groups; each group has N /
// groups of the columns. A deconvolution: M = batch x input positions, N = K_out R S, K = C /
// groups.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "trex/model/engine.hpp"

namespace trex {

namespace work {
using I = std::int64_t;
inline constexpr Key<std::string_view> kind{"work", Unit::none,
                                            "convolution, deconvolution, gemm or attention"};
inline constexpr Key<I> macs{"macs", Unit::macs, "multiply-adds"};
inline constexpr Key<I> flops{"flops", Unit::flops, "2 x MACs"};
inline constexpr Key<I> m{"m", Unit::none, "rows of the (implicit) GEMM"};
inline constexpr Key<I> n{"n", Unit::none,
                          "columns of the (implicit) GEMM, a convolution's groups together"};
inline constexpr Key<I> k{"k", Unit::none, "depth of the (implicit) GEMM, per group"};
inline constexpr Key<I> gemm_count{"gemm_count", Unit::none,
                                   "GEMMs of that size: the batch; 1 for a convolution"};
inline constexpr Key<I> groups{"groups", Unit::none, "groups of a convolution: they share n"};
inline constexpr Key<I> bytes_moved{"bytes_moved", Unit::bytes,
                                    "inputs, outputs and weights, once"};
inline constexpr Key<double> intensity{"intensity", Unit::flops_per_byte,
                                       "arithmetic intensity: FLOPs per byte moved"};
inline constexpr Key<double> tflops{"tflops", Unit::tflops_per_second, "FLOPs per time"};
inline constexpr Key<double> gbps{"gbps", Unit::gigabytes_per_second, "bytes moved per time"};
inline constexpr Key<std::string_view> reason{"work_reason", Unit::none,
                                              "how the work was counted, or why it is unknown"};
}  // namespace work

Table work_table(const Engine& engine);

}  // namespace trex

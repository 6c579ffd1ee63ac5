// How long a layer takes, by a roofline: the slower of its arithmetic and its traffic, plus a
// launch.
//
// Every constant is physical, the same for every sample, and stated with its source in cost.cpp:
// nothing is tuned so that one build beats another. Left out: caches (each byte is read from DRAM
// once), clocks that fall under load, split-K, and kernels that overlap within a stream.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "trex/model/gpu.hpp"
#include "trex/sample/layer.hpp"

namespace trex::sample {

// The GPU of a sample, by its name in the GPU table. Throws Error when the table has none such.
const GpuSpec& gpu_of(std::string_view name);

// m x k times k x n, `batch` times.
struct Gemm {
  std::int64_t m = 1, n = 1, k = 1, batch = 1;
};

// The output tile that one thread block computes, and the time with it.
struct Tile {
  std::int64_t m = 0, n = 0;
  double math_us = 0;
};

// The tile that is fastest: large ones run nearer the peak, small ones leave fewer SMs idle in the
// last wave. `tensor_core` false: on the CUDA cores.
Tile fastest_tile(const GpuSpec& gpu, const Gemm& gemm, Datatype type, bool tensor_core);

// Sets time_us of every layer from its Work.
void set_times(const GpuSpec& gpu, std::vector<Layer>& layers);

// Time from the first layer's start to the last one's end when streams run side by side: a `wait`
// starts when the `signal` of its event has ended.
double critical_path_us(const std::vector<Layer>& layers);
double sum_us(const std::vector<Layer>& layers);

}  // namespace trex::sample

// The cost model: its constants with their sources, tiles and waves, streams and events.

// SPDX-License-Identifier: Apache-2.0
#include "trex/sample/cost.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "trex/base/error.hpp"

namespace trex::sample {
namespace {

// Part of the DRAM peak that a kernel which streams its operands reaches. Stream benchmarks of data
// centre GPUs reach 0.85 to 0.92 of it (Deakin et al., BabelStream); kernels that also change the
// layout stay at the lower end.
constexpr double bandwidth_fraction = 0.85;

// A kernel that computes nothing: start, drain, and the gap to the next one. NVIDIA, "Getting
// Started with CUDA Graphs" (2019): kernels of 2.9 us follow each other every 3.4 us in a graph, so
// the gap is 0.5 us; filling and draining the SMs takes about 2 us more.
constexpr double launch_us = 2.5;

// Recording an event, or waiting for one: no kernel, only the gap.
constexpr double event_us = 0.5;

// Part of the peak that a tile reaches: operands come from shared memory, whose traffic per
// multiply-add falls with the tile's side (m + n over m n). 128 x 128 reaches 0.84 and 64 x 64
// 0.73, near what cuBLAS shows for large square matrices on the A100 (NVIDIA, "Matrix
// Multiplication Background", 2023).
constexpr double half_intensity = 12;

constexpr std::array<std::array<std::int64_t, 2>, 8> tiles = {
    {{256, 128}, {128, 256}, {128, 128}, {256, 64}, {128, 64}, {64, 64}, {128, 32}, {64, 32}}};

std::int64_t ceil_div(std::int64_t a, std::int64_t b) { return (a + b - 1) / b; }

double flops_per_us_and_sm(const GpuSpec& gpu, Datatype type, bool tensor_core) {
  for (const RateSpec& rate : rate_specs()) {
    if (rate.compute_capability == gpu.compute_capability && rate.type == type &&
        rate.tensor_core == tensor_core) {
      return rate.flops_per_clock_per_sm * gpu.boost_mhz;
    }
  }
  fail("{}: the GPU table has no {} rate for {} cores", gpu.name, datatype_name(type),
       tensor_core ? "tensor" : "CUDA");
}

double time_us(const GpuSpec& gpu, const Layer& layer) {
  if (!layer.work.launches) return layer.event >= 0 ? event_us : 0;
  const double traffic_us = layer.work.bytes / (gpu.bandwidth_gbps * 1e3 * bandwidth_fraction);
  return std::max(layer.work.math_us, traffic_us) + launch_us;
}

}  // namespace

const GpuSpec& gpu_of(std::string_view name) {
  for (const GpuSpec& gpu : gpu_specs()) {
    if (gpu.name == name) return gpu;
  }
  fail("the GPU table has no '{}'", name);
}

Tile fastest_tile(const GpuSpec& gpu, const Gemm& gemm, Datatype type, bool tensor_core) {
  const double peak = flops_per_us_and_sm(gpu, type, tensor_core);
  Tile best;
  for (const auto& [m, n] : tiles) {
    const std::int64_t blocks = ceil_div(gemm.m, m) * ceil_div(gemm.n, n) * gemm.batch;
    const std::int64_t waves = ceil_div(blocks, gpu.sms);
    const double intensity = static_cast<double>(m * n) / static_cast<double>(m + n);
    const double rate = peak * intensity / (intensity + half_intensity);
    const double flops = 2.0 * static_cast<double>(m * n) * static_cast<double>(gemm.k);
    const double math_us = static_cast<double>(waves) * flops / rate;
    if (best.m == 0 || math_us < best.math_us) best = {m, n, math_us};
  }
  return best;
}

void set_times(const GpuSpec& gpu, std::vector<Layer>& layers) {
  for (Layer& layer : layers) layer.time_us = time_us(gpu, layer);
}

double critical_path_us(const std::vector<Layer>& layers) {
  std::map<int, double> stream_end, event_at;
  double end = 0;
  for (const Layer& layer : layers) {
    double& clock = stream_end[layer.stream];
    if (layer.type == "wait") clock = std::max(clock, event_at[layer.event]);
    clock += layer.time_us;
    if (layer.type == "signal") event_at[layer.event] = clock;
    end = std::max(end, clock);
  }
  return end;
}

double sum_us(const std::vector<Layer>& layers) {
  double sum = 0;
  for (const Layer& layer : layers) sum += layer.time_us;
  return sum;
}

}  // namespace trex::sample

// GPUs: peak rates by precision and memory bandwidth, by name or from SMs and clocks.
//
// One row a GPU with the document its figures come from. Rates are dense (no sparsity).

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "trex/model/datatype.hpp"

namespace trex {

struct GpuSpec {
  std::string_view name;   // "A100-SXM4-40GB"
  std::string_view match;  // lower-case words that a device name must all hold
  int compute_capability;  // 80 for 8.0
  int sms;
  double boost_mhz;
  double bandwidth_gbps;  // GB/s, 1e9
  std::string_view source;
  // Tensor Core rates against the architecture's: 0 where the chip has none (GTX 16).
  double tensor_scale = 1;
  // Rates with FP32 accumulators (BF16, TF32) against the architecture's: GeForce runs them at half
  // speed. FP16 and FP8 are listed with FP16 accumulators, at full speed.
  double fp32_accumulate_scale = 1;
};
std::span<const GpuSpec> gpu_specs();

// Peak FLOP (or OP) rates per SM and clock, dense, by compute capability: 2 per multiply-add.
// Nothing where that architecture has no such math.
struct RateSpec {
  int compute_capability;
  Datatype type;
  bool tensor_core;
  double flops_per_clock_per_sm;
  std::string_view source;
};
std::span<const RateSpec> rate_specs();

// A GPU as the evidence describes it: what the files say, completed from the table.
struct Device {
  std::string name;                       // as the file says; "" when no file says
  std::optional<int> compute_capability;  // 75 for 7.5
  std::optional<int> sms;
  std::optional<double> clock_mhz;  // the compute clock rates are computed at
  std::optional<double> bandwidth_gbps;
  std::optional<double> memory_bytes;
  std::string clock_source;       // "metadata: Application Compute Clock Rate", "GPU table"
  std::string bandwidth_source;   // "bus width x memory clock", "GPU table"
  const GpuSpec* spec = nullptr;  // the row of the table it was joined with

  // Dense peak in TFLOP/s (TOP/s for integers) on Tensor Cores where the GPU has them for that
  // type, else on the CUDA cores; nothing when SMs, clock or the architecture are unknown.
  std::optional<double> peak_tflops(Datatype type) const;
  std::optional<double> peak_tflops(Datatype type, bool tensor_core) const;
};

// The row whose words the name holds, the most specific first; null when none is, also for
// variants that the table does not list ("Laptop", "Ti", "MIG"). `sms` chooses between boards that
// report one name ("Orin", "Xavier").
const GpuSpec* find_gpu(std::string_view device_name, std::optional<int> sms = std::nullopt);

}  // namespace trex

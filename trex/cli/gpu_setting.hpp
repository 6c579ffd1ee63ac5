// What a GPU is to be held at for a measurement: the options of `trex gpu lock` and `trex process`.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "trex/cli/io.hpp"
#include "trex/trtexec/gpu_lock.hpp"

namespace trex::cli {

struct GpuWish {
  std::optional<std::int64_t> device, clock, memory_clock;  // MHz
  std::optional<double> power_limit;                        // W
};

unsigned device_of(const GpuWish& wish);  // 0 when none is named; throws Error
// Without any of the three figures: the highest clocks that the GPU has. Throws Error.
trtexec::GpuSetting gpu_setting(const GpuWish& wish);
void say_locked(const trtexec::GpuLocked& locked, unsigned device, Io& io);

}  // namespace trex::cli

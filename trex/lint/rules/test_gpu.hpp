// An engine on a GPU with round figures, for the tests of rules that need a device.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include "tests/support/engine_text.hpp"
#include "trex/lint/lint.hpp"

namespace trex::lint::test {

// 100 SMs of compute capability 8.0 at 1 GHz: 2048 x 100 x 1e9 = 204.8 TFLOP/s of FP16 on Tensor
// Cores; 4000 bits x 1 GHz x 2 / 8 = 1000 GB/s.
inline void put_on_gpu(Engine& engine) {
  const auto add = [&](const char* key, const char* value) {
    engine.profile_metadata.entries.push_back({"device_information", key, Json(value), "p"});
  };
  add("Selected Device", "round figures");
  add("Compute Capability", "8.0");
  add("SMs", "100");
  add("Compute Clock Rate", "1 GHz");
  add("Memory Bus Width", "4000 bits");
  add("Memory Clock Rate", "1 GHz");
}

inline Engine on_gpu(std::string_view text) {
  Engine engine = engine_text(text);
  put_on_gpu(engine);
  return engine;
}

// A square convolution 1x1 of n outputs over `rows` positions, compute-bound with K = 4096.
inline Engine convolution_of(int rows, int n, const char* tile, const char* more = "") {
  return on_gpu(fmt::format(
      "c Convolution x:fp16:hwc8[1x4096x{0}x1] -> y:fp16:hwc8[1x{1}x{0}x1] kernel=1x1 stride=1x1 "
      "maps={1} weights=Half*{2} tactic=ampere_fp16_s16816gemm_fp16_{3}_ldg8_{4}nhwc_tn @1",
      rows, n, std::int64_t{4096} * n, tile, more));
}

// What `rule` finds, in run()'s order.
inline std::vector<Finding> findings(std::string_view rule, const Engine& engine) {
  return run(engine, select_rules(rule), Thresholds()).findings;
}

}  // namespace trex::lint::test

// Reports Tensor Core kernels of Volta and Turing on a GPU of compute capability 8.0 or newer.
//
// They use none of the newer instructions and no asynchronous copies: TensorRT had no newer kernel
// that fitted this shape. One finding for the engine.
// Not reported: names that begin with sm50, which is how kernels for every GPU are called
// (pooling, depthwise, cuBLAS); kernels on CUDA cores, which low-precision-simt reports; Ampere
// kernels on Hopper, which are the rule for convolutions; layers below the share of time.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/lint/precision_facts.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace legacy_kernel_rule {

constexpr int volta_sm = 70, ampere_sm = 80;

std::vector<Finding> check(const Context& c) {
  const double least = c.thresholds.get("legacy-kernel", "min_share");
  const auto architecture = c.tactics[tactics::architecture];
  std::vector<Row> layers;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!c.is(row, compute) || c.tensor_core(row) != "yes") continue;
    const auto sm = sm_of(architecture[row]);
    if (!sm || *sm < volta_sm || *sm >= ampere_sm || c.share(row).value_or(1) < least) continue;
    layers.push_back(row);
  }
  if (layers.empty()) return {};
  const auto gpu = gpu_sm(c);
  if (!gpu || *gpu < ampere_sm) return {};
  Finding finding;
  finding.message = fmt::format("{} in kernels of '{}' on a GPU of compute capability {}.{}: {}",
                                counted(layers.size(), "layer"), architecture[layers[0]], *gpu / 10,
                                *gpu % 10, listed(c, layers));
  finding.evidence = {{"layers", static_cast<std::int64_t>(layers.size()), Unit::count},
                      {"compute_capability", static_cast<double>(*gpu) / 10},
                      {"tactic", c.tactic(layers[0])}};
  // TensorRT timed it as the fastest it had: what a newer kernel would win is not known.
  finding.layers = std::move(layers);
  return {std::move(finding)};
}

}  // namespace legacy_kernel_rule

constexpr Rule legacy_kernel = {
    .id = "legacy-kernel",
    .code = "A12",
    .group = Group::precision,
    .severity = {},
    .summary = "kernels of an older GPU generation run",
    .why =
        "Volta's and Turing's kernels know neither the newer matrix instructions nor asynchronous "
        "copies; TensorRT had no newer one for the shape",
    .mitigation =
        "align channels, give the builder more workspace and a higher optimization level, or use a "
        "newer TensorRT",
    .source = "ours: seen in FP16 engines built for Ampere",
    .needs = {},
    .check = legacy_kernel_rule::check,
};

}  // namespace trex::lint

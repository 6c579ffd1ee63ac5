// Reports FP32 convolutions and matrix multiplications on CUDA cores of a GPU with TF32.
//
// From compute capability 8.0 on, Tensor Cores take FP32 tensors as TF32. One finding for the
// engine. Without a device in the files, the newest architecture of its kernels is the least that
// the GPU can be. Not reported: depthwise convolutions and matrix-vector kernels; a few layers
// below the share of time.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/base/text.hpp"
#include "trex/lint/precision_facts.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace fp32_without_tf32_rule {

std::vector<Row> plain_fp32_layers(const Context& c) {
  const double least = c.thresholds.get("fp32-without-tf32", "min_share");
  std::vector<Row> layers;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!c.is(row, compute) || c.tensor_core(row) != "no") continue;
    if (c.precision(row) != Datatype::fp32 || c.input_type(row) != Datatype::fp32) continue;
    if (contains_ignoring_case(c.tactic(row), "tf32") || is_gemv(c.tactic(row))) continue;
    if (is_depthwise(c, row) || c.share(row).value_or(1) < least) continue;
    layers.push_back(row);
  }
  return layers;
}

// Layers whose K or N is no multiple of what TF32 wants.
std::int64_t misaligned(const Context& c, const Peak& peak, const std::vector<Row>& layers) {
  const auto want = static_cast<std::int64_t>(c.thresholds.get("fp32-without-tf32", "alignment"));
  std::int64_t count = 0;
  for (const Row row : layers) {
    const auto n = peak.n(row), k = peak.k(row);
    if (want > 0 && n && k && (*n % want != 0 || *k % want != 0)) ++count;
  }
  return count;
}

std::vector<Finding> check(const Context& c) {
  std::vector<Row> layers = plain_fp32_layers(c);
  if (layers.empty()) return {};
  const auto sm = gpu_sm(c);
  if (!sm || *sm < 80) return {};
  const Peak peak(c);
  const std::int64_t odd = misaligned(c, peak, layers);
  Finding finding;
  finding.message = fmt::format(
      "{} of convolution or matrix multiplication in FP32 on CUDA cores, not as TF32 on "
      "Tensor Cores: {}",
      counted(layers.size(), "layer"), listed(c, layers));
  if (odd > 0) finding.message += fmt::format("; K or N of {} is no multiple of 4", odd);
  finding.evidence = {{"layers", static_cast<std::int64_t>(layers.size()), Unit::count},
                      {"misaligned_layers", odd, Unit::count},
                      {"compute_capability", static_cast<double>(*sm) / 10},
                      {"tactic", c.tactic(layers[0])}};
  finding.confidence = c.device.compute_capability ? Confidence::high : Confidence::medium;
  for (const Row row : layers) {
    add_known(finding.recoverable_ms, peak.saving_ms(row, Datatype::tf32));
  }
  finding.layers = std::move(layers);
  return {std::move(finding)};
}

}  // namespace fp32_without_tf32_rule

constexpr Rule fp32_without_tf32 = {
    .id = "fp32-without-tf32",
    .code = "A03",
    .group = Group::precision,
    .severity = {},
    .summary = "FP32 layers do not even use TF32",
    .why =
        "since compute capability 8.0 the Tensor Cores take FP32 tensors as TF32, several times as "
        "fast as FP32 on CUDA cores",
    .mitigation =
        "do not build with --noTF32; make channels, K and N multiples of 4; better still, allow "
        "FP16 or BF16",
    .source = "TensorRT documentation, optimizing performance: optimizing for Tensor Cores",
    .needs = {},
    .check = fp32_without_tf32_rule::check,
};

}  // namespace trex::lint

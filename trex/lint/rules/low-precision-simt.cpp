// Reports convolutions and matrix multiplications of a low-precision type that run on CUDA cores.
//
// On Tensor Cores the same type runs several times faster. One finding for each kernel.
// Not reported: depthwise convolutions and fewer than 16 channels, where Tensor Cores have little
// to multiply; matrix-vector kernels (gemv), which memory bounds; dp4a kernels (dp4a-kernel says
// that); types that this GPU's Tensor Cores do not take; kernels whose names do not say.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "trex/base/text.hpp"
#include "trex/lint/precision_facts.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace low_precision_simt_rule {

bool has_tensor_cores(const Context& c, Datatype type) {
  if (!c.device.compute_capability) return true;  // the files do not say: most GPUs have
  if (c.device.spec != nullptr && c.device.spec->tensor_scale <= 0) return false;
  const int least = type == Datatype::fp16   ? 70
                    : type == Datatype::int8 ? 72
                    : type == Datatype::bf16 ? 80
                                             : 89;  // FP8
  return *c.device.compute_capability >= least;
}

bool is_low(Datatype type) {
  return is_half(type) || type == Datatype::int8 || type == Datatype::fp8;
}

bool has_channels(const Context& c, const Peak& peak, Row row, std::int64_t least) {
  if (is_depthwise(c, row)) return false;
  const Row input = c.data_input(row);
  if (const ConvolutionAttributes* a = c.engine.convolution(row)) {
    const auto channels = input == no_row ? std::nullopt : c.channels(input);
    return (!channels || *channels / std::max<std::int64_t>(1, a->groups) >= least) &&
           (a->out_maps == null_integer || a->out_maps >= least);
  }
  return peak.n(row).value_or(least) >= least && peak.k(row).value_or(least) >= least;
}

Finding finding_of(const Context& c, const Peak& peak, const std::vector<Row>& layers) {
  const Row row = layers[0];
  const Datatype type = c.precision(row);
  const auto m = peak.m(row);
  const bool small =
      m && static_cast<double>(*m) < c.thresholds.get("low-precision-simt", "small_m");
  Finding finding;
  finding.message = fmt::format("{} {} on CUDA cores, not on Tensor Cores: {}", listed(c, layers),
                                layers.size() == 1 ? fmt::format("computes {}", datatype_name(type))
                                                   : fmt::format("compute {}", datatype_name(type)),
                                quoted(c.tactic(row)));
  if (small) finding.message += fmt::format("; M = {} fills little of a Tensor Core tile", *m);
  finding.evidence = {{"tactic", c.tactic(row)},
                      {"datatype", datatype_name(type)},
                      {"m", m},
                      {"n", peak.n(row)},
                      {"k", peak.k(row)}};
  finding.confidence = small ? Confidence::medium : Confidence::high;
  // The roofline's floor is at the Tensor Cores' rate where the GPU has them.
  for (const Row layer : layers)
    add_known(finding.recoverable_ms, c.recoverable_by_roofline(layer));
  finding.layers = layers;
  return finding;
}

std::vector<Finding> check(const Context& c) {
  const double least = c.thresholds.get("low-precision-simt", "min_channels");
  const auto rule = c.tactics[tactics::tensor_core_rule];
  const auto base_name = c.tactics[tactics::base_name];
  const Peak peak(c);
  Groups groups;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!c.is(row, compute) || c.is(row, attention) || c.tensor_core(row) != "no") continue;
    const Datatype type = c.precision(row);
    if (!is_low(type) || !has_tensor_cores(c, type)) continue;
    if (is_gemv(c.tactic(row)) || contains(rule[row], "dp4a")) continue;
    if (!has_channels(c, peak, row, static_cast<std::int64_t>(least))) continue;
    groups.add(base_name[row], row);
  }
  std::vector<Finding> findings;
  for (const auto& group : groups.all()) findings.push_back(finding_of(c, peak, group.layers));
  return findings;
}

}  // namespace low_precision_simt_rule

constexpr Rule low_precision_simt = {
    .id = "low-precision-simt",
    .code = "A01",
    .group = Group::precision,
    .severity = {},
    .summary = "a low-precision convolution or matrix multiplication runs without Tensor Cores",
    .why =
        "CUDA cores compute FP16, BF16 and INT8 at a fraction of the Tensor Cores' rate; the lower "
        "precision then saves bandwidth only",
    .mitigation =
        "make the channels (K and N of a matrix multiplication) multiples of 8 for FP16 and BF16, "
        "of 32 for INT8; give it a larger batch; raise the workspace limit and the builder "
        "optimization level and build again",
    .source = "TensorRT documentation, optimizing performance: optimizing for Tensor Cores",
    .needs = {},
    .check = low_precision_simt_rule::check,
};

}  // namespace trex::lint

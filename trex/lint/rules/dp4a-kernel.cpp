// Reports INT8 convolutions that run dp4a kernels on CUDA cores instead of INT8 Tensor Cores.
//
// Usually it is the first layer: 3 channels fit four-byte vectors, not the Tensor Cores' blocks of
// 32. One finding for the layers with fewer than 16 input channels, one for the others, which have
// no such excuse. Not reported: GPUs before INT8 Tensor Cores (compute capability 7.2).

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/base/text.hpp"
#include "trex/lint/precision_facts.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace dp4a_kernel_rule {

constexpr int first_with_int8_tensor_cores = 72;

std::optional<std::int64_t> input_channels(const Context& c, Row row) {
  const Row input = c.data_input(row);
  return input == no_row ? std::nullopt : c.channels(input);
}

// Traffic in FP16 against now: INT8 inputs double, a float output shrinks to 2 bytes a value.
double traffic_in_fp16(const Context& c, Row row) {
  const Row input = c.data_input(row), output = c.first_output(row);
  if (input == no_row || output == no_row) return 2;
  const auto in = c.bytes(input), out = c.bytes(output);
  const auto bits = datatype_bits(c.format(output).datatype);
  if (!in || !out || !bits || *in + *out <= 0) return 2;
  const auto in_bytes = static_cast<double>(*in), out_bytes = static_cast<double>(*out);
  return (2 * in_bytes + out_bytes * 16 / *bits) / (in_bytes + out_bytes);
}

Finding finding_of(const Context& c, std::vector<Row> layers, bool few) {
  const Peak peak(c);
  Finding finding;
  finding.message =
      fmt::format("{}: INT8 on CUDA cores (dp4a), not on Tensor Cores", listed(c, layers));
  const auto channels = input_channels(c, layers[0]);
  if (few) finding.message += fmt::format("; {} input channels are too few for them", *channels);
  finding.evidence = {{"tactic", c.tactic(layers[0])}, {"channels", channels}};
  finding.confidence = Confidence::high;
  for (const Row row : layers) {
    // A stem can leave INT8 for FP16; the others can have the INT8 Tensor Cores.
    add_known(finding.recoverable_ms,
              few ? peak.saving_ms(row, Datatype::fp16, traffic_in_fp16(c, row))
                  : peak.saving_ms(row, Datatype::int8));
  }
  if (few)
    finding.mitigation = "leave this layer in FP16: Tensor Cores take its few channels there";
  finding.layers = std::move(layers);
  return finding;
}

std::vector<Finding> check(const Context& c) {
  const auto sm = c.device.compute_capability;
  if (sm && *sm < first_with_int8_tensor_cores) return {};
  const auto least =
      static_cast<std::int64_t>(c.thresholds.get("dp4a-kernel", "min_tensor_core_channels"));
  const auto rule = c.tactics[tactics::tensor_core_rule];
  std::vector<Row> few, many;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!c.is(row, compute) || !contains(rule[row], "dp4a") || is_depthwise(c, row)) continue;
    const auto channels = input_channels(c, row);
    (channels && *channels < least ? few : many).push_back(row);
  }
  std::vector<Finding> findings;
  if (!few.empty()) findings.push_back(finding_of(c, std::move(few), true));
  if (!many.empty()) findings.push_back(finding_of(c, std::move(many), false));
  return findings;
}

}  // namespace dp4a_kernel_rule

constexpr Rule dp4a_kernel = {
    .id = "dp4a-kernel",
    .code = "A05",
    .group = Group::precision,
    .severity = {},
    .summary = "an INT8 convolution runs a dp4a kernel",
    .why = "dp4a multiplies INT8 on CUDA cores, at a fraction of the INT8 Tensor Cores' rate",
    .mitigation =
        "make the channels multiples of 16, better 32; leave a stem of few channels in FP16",
    .source = "TensorRT documentation, optimizing performance: optimizing for Tensor Cores",
    .needs = {},
    .check = dp4a_kernel_rule::check,
};

}  // namespace trex::lint

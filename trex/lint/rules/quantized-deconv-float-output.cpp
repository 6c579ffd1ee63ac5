// Reports transposed convolutions with quantized input and floating-point output.
//
// TensorRT's quantized kernels for this mixed form are slower than its FP16 ones. One finding for
// the engine. Not reported: deconvolutions that write an engine output.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/lint/precision_facts.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace {

std::vector<Finding> check(const Context& c) {
  std::vector<Row> layers;
  std::optional<double> recoverable_ms;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!c.is(row, deconvolution) || !widens_quantized(c, row)) continue;
    layers.push_back(row);
    add_known(recoverable_ms, extra_bytes_ms(c, c.first_output(row)));
  }
  if (layers.empty()) return {};
  Finding finding;
  finding.message = fmt::format("{} with quantized input and floating-point output: {}",
                                counted(layers.size(), "deconvolution"), listed(c, layers));
  finding.evidence = {{"layers", static_cast<std::int64_t>(layers.size()), Unit::count}};
  finding.recoverable_ms = recoverable_ms;  // of writing one byte a value
  finding.layers = std::move(layers);
  return {std::move(finding)};
}

}  // namespace

constexpr Rule quantized_deconv_float_output = {
    .id = "quantized-deconv-float-output",
    .code = "B09",
    .group = Group::quantization,
    .severity = {},
    .summary = "a quantized transposed convolution writes floating point",
    .why = "it was measured slower than the FP16 kernel, and it writes 2 to 4 times the bytes",
    .mitigation = "put a Quantize behind it and remove identity nodes between, or leave it in FP16",
    .source = "TensorRT issue 1699",
    .needs = {},
    .check = check,
};

}  // namespace trex::lint

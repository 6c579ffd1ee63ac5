// Reports transposed convolutions with quantized input and floating-point output.
//
// TensorRT's quantized kernels for this mixed form are slower than its FP16 ones. One finding for
// the engine. Not reported: deconvolutions that write an engine output.

// SPDX-License-Identifier: Apache-2.0
#include "trex/lint/rules.hpp"
#include "trex/lint/rules/float_output.hpp"

namespace trex::lint {
namespace quantized_deconv_float_output_rule {

bool is_deconvolution(const Context& c, Row row) { return c.is(row, deconvolution); }

std::vector<Finding> check(const Context& c) {
  return float_outputs(c, is_deconvolution, "deconvolution",
                       "with quantized input and floating-point output");
}

}  // namespace quantized_deconv_float_output_rule

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
    .check = quantized_deconv_float_output_rule::check,
};

}  // namespace trex::lint

// Reports a Scale behind a convolution: a batch normalization or a bias that was not folded.
//
// With constant factors a Scale folds into the convolution's weights when the engine is built.
// Not reported: a Scale behind something else, and one behind a convolution that is read elsewhere
// too.

// SPDX-License-Identifier: Apache-2.0
#include "trex/base/text.hpp"
#include "trex/lint/ops.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/rules/behind_convolution.hpp"

namespace trex::lint {
namespace convolution_scale_not_fused_rule {

bool fires(const Context& c, Row layer) {
  return equals_ignoring_case(c.type(layer), "Scale") && !c.hidden(layer) &&
         sole_producer(c, layer, convolution | deconvolution | gemm) != no_row;
}

std::vector<Finding> check(const Context& c) {
  return behind_convolutions(c, fires, "Scale", "folded into the weights", Confidence::medium);
}

}  // namespace convolution_scale_not_fused_rule

constexpr Rule convolution_scale_not_fused = {
    .id = "convolution-scale-not-fused",
    .code = "D03",
    .group = Group::fusion,
    .severity = {},
    .summary = "a Scale is not folded into the convolution before it",
    .why = "alone it is a pass over the tensor; folded into the weights it costs nothing",
    .mitigation =
        "fold batch normalizations in the model before the export (constant folding), and make the "
        "factors constants",
    .source = "TensorRT documentation, fusion catalog: convolution and Scale",
    .needs = {},
    .check = convolution_scale_not_fused_rule::check,
};

}  // namespace trex::lint

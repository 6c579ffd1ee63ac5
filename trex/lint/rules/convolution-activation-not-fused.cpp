// Reports an activation that runs as a layer of its own behind the convolution it belongs to.
//
// A convolution applies ReLU, Clip and, in FP16 and INT8, GELU as it writes its output; alone the
// activation reads and writes the whole tensor once more. ReLU6 comes under many names: Clip in
// ONNX, clamp and hardtanh in PyTorch, Max and Min in Myelin's kernels.
// Not reported: activations that no convolution kernel applies (activation-not-fused has GELU and
// SiLU written out), a convolution that something else reads too, and layers with a second tensor.

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "trex/base/text.hpp"
#include "trex/lint/ops.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/rules/behind_convolution.hpp"
#include "trex/model/source_ops.hpp"

namespace trex::lint {
namespace convolution_activation_not_fused_rule {

// A generated kernel of nothing but Max, Min and casts; a node called clamp or hardtanh.
bool clamps(const Context& c, Row layer) {
  if (!c.is(layer, kernel)) return has_operation_starting(c, layer, {"clamp", "hardtanh"});
  if (!contains(c.name(layer), "Max")) return false;  // most are told so
  const std::vector<std::string> operations = kernel_operations(c.name(layer));
  const auto is = [](std::string_view word) {
    return [word](const std::string& operation) { return operation == word; };
  };
  return std::all_of(
             operations.begin(), operations.end(),
             [](const std::string& op) { return op == "Max" || op == "Min" || op == "Cast"; }) &&
         std::any_of(operations.begin(), operations.end(), is("Max"));
}

bool fires(const Context& c, Row layer) {
  if (!is_elementwise(c, layer) || full_input_count(c, layer) != 1) return false;
  const Row producer = sole_producer(c, layer, convolution | deconvolution);
  if (producer == no_row || c.output_type(producer) != c.output_type(layer)) return false;
  return (clamps(c, layer) ||
          has_operation(c, layer, {"Relu", "Clip", "LeakyRelu", "PRelu", "Relu6"})) &&
         !has_operation(c, layer, {"Sigmoid", "Erf", "Tanh", "Mul", "Div"});
}

std::vector<Finding> check(const Context& c) {
  return behind_convolutions(c, fires, "activation", "fused", Confidence::high);
}

}  // namespace convolution_activation_not_fused_rule

constexpr Rule convolution_activation_not_fused = {
    .id = "convolution-activation-not-fused",
    .code = "D01",
    .group = Group::fusion,
    .severity = {},
    .summary = "an activation is not fused into its convolution",
    .why = "alone it is a pass over the tensor and a launch; in the convolution it is free",
    .mitigation =
        "give both one precision, let nothing else read the convolution, and use ReLU, Clip or "
        "GELU as TensorRT knows them",
    .source = "TensorRT documentation, fusion catalog: convolution and activation",
    .needs = {},
    .check = convolution_activation_not_fused_rule::check,
};

}  // namespace trex::lint

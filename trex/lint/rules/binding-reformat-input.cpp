// Reports Reformats between an engine input and the layer that reads it.
//
// A binding is FP32 in row major order unless the build was told otherwise, while the kernels next
// to it read FP16 or INT8 in blocks of channels: the engine converts the whole tensor in a pass of
// its own. Not reported: inputs of integers and booleans (ids, lengths, masks), whose type is the
// model's; an image before the first convolution that takes much time (stem-conversion).

// SPDX-License-Identifier: Apache-2.0
#include "trex/lint/rules.hpp"
#include "trex/lint/rules/binding_reformats.hpp"

namespace trex::lint {
namespace binding_reformat_input_rule {

std::vector<Finding> check(const Context& c) { return binding_reformats(c, true); }

}  // namespace binding_reformat_input_rule

constexpr Rule binding_reformat_input = {
    .id = "binding-reformat-input",
    .code = "C04",
    .group = Group::movement,
    .severity = {},
    .summary = "an engine input is converted by a Reformat",
    .why =
        "TensorRT assumes FP32 row major tensors at bindings; the conversion is a pass over the "
        "whole tensor, in the critical path of every inference",
    .mitigation =
        "build with --inputIOFormats (fp16:chw, fp16:hwc8, int8:chw32) and feed that format",
    .source = "TensorRT issues 2136 and 2921",
    .needs = {},
    .check = binding_reformat_input_rule::check,
};

}  // namespace trex::lint

// Reports Reformats between an engine output and the layer that writes it.
//
// A binding is FP32 in row major order unless the build was told otherwise, while the kernels next
// to it write FP16 or INT8 in blocks of channels: the engine converts the whole tensor in a pass of
// its own. Not reported: outputs of integers and booleans (ids, lengths, masks), whose type is the
// model's.

// SPDX-License-Identifier: Apache-2.0
#include "trex/lint/rules.hpp"
#include "trex/lint/rules/binding_reformats.hpp"

namespace trex::lint {
namespace binding_reformat_output_rule {

std::vector<Finding> check(const Context& c) { return binding_reformats(c, false); }

}  // namespace binding_reformat_output_rule

constexpr Rule binding_reformat_output = {
    .id = "binding-reformat-output",
    .code = "C05",
    .group = Group::movement,
    .severity = {},
    .summary = "an engine output is converted by a Reformat",
    .why =
        "TensorRT assumes FP32 row major tensors at bindings; the conversion is a pass over the "
        "whole tensor, in the critical path of every inference",
    .mitigation =
        "build with --outputIOFormats (fp16:chw, fp16:hwc8, int8:chw32) and take that format",
    .source = "TensorRT issue 2136",
    .needs = {},
    .check = binding_reformat_output_rule::check,
};

}  // namespace trex::lint

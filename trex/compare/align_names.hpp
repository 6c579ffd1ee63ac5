// What the name of a source op or a layer says for finding its counterpart: module path, operation,
// and how far an equal name can be trusted.
//
// Two exporters agree on little: "/layer1/layer1.0/conv1/Conv" of ONNX is "/layer1/0/conv1/
// convolution_1" of Torch-TensorRT. What they share is the path of modules, once repeated prefixes
// and separators are taken out, and, in other spellings, the operation.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace trex::compare {

// How much two equal names mean.
enum class NameTrust : std::uint8_t {
  specific,   // "/layer1/conv1/Conv", "features.0.weight": whoever has it means the same node
  numbered,   // "Conv_12", "(Unnamed Layer* 14) [Shuffle]": counted by an exporter or a builder
  generated,  // "__myl_MulAdd_myl2_13": made from what the kernel does and where it stands
};

// Of a source op.
NameTrust op_trust(std::string_view op);

// The operation, in one spelling for all exporters: "conv", "gemm", "clip" ... "" for weights,
// constants and what says nothing. `buffer` holds the result.
std::string_view operation_word(std::string_view op, std::string& buffer);

// The two halves of it: what the op says, in lower case and without numbers; and its one spelling.
std::string_view raw_operation(std::string_view op, std::string& buffer);
std::string_view spelt_operation(std::string_view raw);

// The same for the operation names of Myelin's kernels: "Max" is a clip, "Transpose" moves.
std::string_view kernel_word(std::string_view operation, std::string& buffer);

// A word of the operators' own vocabulary (ONNX, PyTorch, Myelin): a name that is none of these may
// be anybody's invention, and differing from it means nothing.
bool is_operation(std::string_view word);

// The module path in one spelling, with the operation: "layer1/0/conv1|conv". "" for an op without
// a path.
std::string_view canonical_op(std::string_view op, std::string& buffer);

// How much of a layer's work an operation usually is: convolutions and GEMMs outweigh what is
// fused into them, and what only moves data weighs least.
int operation_weight(std::string_view word);

}  // namespace trex::compare

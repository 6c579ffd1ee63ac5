// Which ONNX or framework nodes a layer came from: from its Metadata, else from its name.
//
// Metadata: "[ONNX Layer: /a/Conv]<0x1E>[ONNX Layer: /a/Relu]" (0x1E, 0x1F or "][" between).
// Names: "A + B", "A || B", "PWN(A, B)", "{ForeignNode[a...b]}", "Reformatting CopyNode for Input
// Tensor 0 to A", "A input reformatter 0", Torch-TensorRT's "[CONVOLUTION]-[aten_ops.convolution.
// default]-[/features/0/convolution]", "A copy", " [profile 1]". Kernels "__myl_MulAddSigm_myl0_12"
// name no node, but a list of operations.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace trex {

enum class SourceKind : std::uint8_t { none, metadata, name };  // where the ops were read from

struct SourceOps {
  SourceKind kind = SourceKind::none;
  std::vector<std::string_view> ops;  // distinct, in order of appearance; views of the arguments
};
SourceOps parse_source_ops(std::string_view name, std::string_view metadata);
// As above, into the memory of an earlier result.
void parse_source_ops(std::string_view name, std::string_view metadata, SourceOps& result);

// "__myl_TranConcAddMean_myl2_0" -> "Transpose", "Concat", "Add", "Mean": the operations of a
// Myelin kernel, abbreviations (3 or 4 letters) spelt out where known. Empty for other names.
std::vector<std::string> kernel_operations(std::string_view layer_name);

// The scope of a source op: "/model/layers.3/self_attn/MatMul" -> "/model/layers.3/self_attn" cut
// to `depth` parts (0: all but the last); "" when it has none.
std::string_view source_scope(std::string_view op, int depth);

}  // namespace trex

// An Engine from a few lines of text, so that a test shows its whole engine.
//
// A layer a line, tensors with format and dimensions, the time at the end:
//
//   conv1 Convolution x:Half[1x3x224x224] -> y:fp16:chw2[1x64x112x112] @0.5
//   "a + b" PointWise y:Int8 z:Int8 -> w:Int8[1x64] tactic=ampere_h884cudnn meta="[ONNX Layer: a]"
//   bindings x w
//
// After name and type come, in any order: tensors (inputs before "->", outputs after it), "@MS" and
// KEY=VALUE: subtype, tactic, meta, origin, activation, stream, constant=c:Half[64],
// weights=Half*864, bias=Float*32 (any other ...=TYPE*COUNT is a weights entry under that key),
// kernel=3x3, stride=2x2, dilation, pre, post, maps=64, groups=1. Quotes hold spaces together.
// Without [dims] a tensor's dimensions are not known; "[]" is a scalar. A line that begins with "#"
// is a comment. The type is ParameterType too, but for types that have none in real files (kgen,
// gemm, NoOp ...).

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "trex/model/engine.hpp"

namespace trex {

// Throws std::invalid_argument with the line when it cannot be read.
Engine engine_text(std::string_view text);

}  // namespace trex

// The number types TensorRT computes and stores in: one table with name, bits and spellings.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace trex {

enum class Datatype : std::uint8_t {
  unknown,
  fp64,
  fp32,
  tf32,
  fp16,
  bf16,
  fp8,
  fp4,
  int8,
  int4,
  uint8,
  int32,
  int64,
  boolean,
};

// "FP64", "FP32", "TF32", "FP16", "BF16", "FP8", "FP4", "INT8", "INT4", "UINT8", "INT32", "INT64",
// "BOOL"; "" for unknown. These are the values of the precision columns.
std::string_view datatype_name(Datatype type);
std::optional<int> datatype_bits(Datatype type);  // TF32 is stored in 32; nothing for unknown
// Any spelling of TensorRT, ONNX or TREx: "Float", "FP32", "kFLOAT", "Half", "BFloat16", "FP8",
// "E4M3", "FP4E2M1", "Int8", "INT8", "Bool", "Int64" ... in any case.
Datatype parse_datatype(std::string_view word);
bool is_floating_point(Datatype type);

}  // namespace trex

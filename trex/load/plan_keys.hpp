// The keys of a plan graph: every spelling that a TensorRT or a tool around it writes, as data.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace trex {

enum class PlanKey : std::uint8_t {
  unknown,
  other,  // known, but kept only in the layer's own text
  // the document
  layers,
  bindings,
  io_tensors,
  profiling_verbosity,
  // a layer, a tensor, a binding
  name,
  // a layer
  layer_type,
  inputs,
  outputs,
  constants,
  parameter_type,
  tactic_name,
  tactic_value,
  metadata,
  origin,
  activation,
  stream_id,
  // a convolution
  kernel,
  stride,
  dilation,
  pre_padding,
  post_padding,
  out_maps,
  groups,
  has_residual,
  has_sparse_weights,
  has_dynamic_filter,
  // a tensor
  dimensions,
  format_datatype,
  format,
  datatype,
  location,
  // weights
  type,
  count,
  // a binding
  io_mode,
  is_shape_inference,
  profile_info,
  min_shape,
  opt_shape,
  max_shape,
};

struct PlanKeyMatch {
  PlanKey key = PlanKey::unknown;
  std::uint8_t row = 0;       // in the table: two spellings of one key have two rows
  std::string_view spelling;  // as the table has it
  bool exact = true;          // false: upper and lower case, spaces or signs differ
};
inline constexpr int max_plan_key_rows = 128;

// By exact spelling, else ignoring case and everything but letters and digits.
PlanKeyMatch find_plan_key(std::string_view key);

}  // namespace trex

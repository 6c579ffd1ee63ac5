// The keys of a plan graph: every spelling that a TensorRT or a tool around it writes, as data.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
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
// The table itself: row r is what find_plan_key() gives for its spelling.
extern const PlanKeyMatch* const plan_key_rows;

// By exact spelling, else ignoring case and everything but letters and digits.
PlanKeyMatch find_plan_key(std::string_view key);

template <class Word>
bool same_word(const char* a, const char* b) {
  Word x, y;
  std::memcpy(&x, a, sizeof x);
  std::memcpy(&y, b, sizeof y);
  return x == y;
}

// std::memcmp without the call, which for some fifty short keys a layer would cost more than they.
inline bool same_bytes(const char* a, const char* b, std::size_t size) {
  if (size < 4) {
    for (std::size_t i = 0; i < size; ++i) {
      if (a[i] != b[i]) return false;
    }
    return true;
  }
  // The last words overlap.
  if (size < 8) {
    return same_word<std::uint32_t>(a, b) && same_word<std::uint32_t>(a + size - 4, b + size - 4);
  }
  for (std::size_t i = 0; i + 8 < size; i += 8) {
    if (!same_word<std::uint64_t>(a + i, b + i)) return false;
  }
  return same_word<std::uint64_t>(a + size - 8, b + size - 8);
}

}  // namespace trex

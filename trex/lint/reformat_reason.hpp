// Why is this Reformat there, and what would remove it?
//
// TensorRT inserts a Reformat where two neighbours disagree on datatype or layout, where a Q/DQ or
// a Cast found no layer to fuse into, and where a tensor is copied into its place in a larger one.
// The reason is read from the formats on both sides, the neighbours and the Origin; where a file
// gives none of these (formats of dynamic shapes), from the layer's name.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "trex/lint/context.hpp"

namespace trex::lint {

enum class ReformatCause : std::uint8_t {
  elided,          // a NoOp: both formats are the same memory, nothing runs
  quantize,        // float -> INT8, FP8, INT4 ...
  dequantize,      // the way back
  requantize,      // between two quantized types, or to another scale
  concat,          // copies a tensor into its part of a concatenation
  slice,           // copies a part out of a tensor
  cast,            // a Cast of the model
  input_binding,   // an engine input comes in another format than its reader wants
  output_binding,  // an engine output must leave in another format than its writer gives
  plugin,          // a plugin next to it supports too few formats
  precision,       // two neighbours compute in different float types
  layout,          // a kernel next to it reads or writes one layout only
  copy,            // same format on both sides: the tensor moves to another place
  unknown,         // the file does not say
};
// "binding format", "Q/DQ", "kernel constraint", ...
std::string_view cause_title(ReformatCause cause);

struct ReformatReason {
  ReformatCause cause = ReformatCause::unknown;
  Row input = no_row;          // row of engine.tensors; no_row when the file gives none
  Row output = no_row;         // the same
  bool reads_input = false;    // reads an engine input
  bool writes_output = false;  // writes an engine output
  Row producer = no_row;       // layer that writes what it reads; NoOps are looked through
  Row consumer = no_row;       // first layer that reads what it writes
  std::size_t producer_count = 0, consumer_count = 0;
  Row plugin = no_row;  // the neighbour that is one
  // A convolution that adds a float residual: because of it the tensor is float here.
  Row residual = no_row;
  bool in_model = false;              // a Quantize or Dequantize that the model itself has
  std::optional<std::int64_t> bytes;  // read and written together
};

// Of any layer that is a Reformat (kind `reformat`), hidden ones too; constant time.
ReformatReason reformat_reason(const Context& c, Row layer);
// One line: "'maxpool' writes FP32 NCHW, 'conv2' reads INT8 NC/32HW32: no layer could take the
// Quantize over".
std::string reason_text(const Context& c, Row layer, const ReformatReason& reason);
// What would remove it, one line.
std::string remedy_text(const Context& c, const ReformatReason& reason);
// trtexec's words for a binding's format ("fp16:hwc8"); "" where users cannot ask for it.
std::string io_format(const Format& format);
// "FP32 NCHW"; "" when unknown.
std::string from_text(const Context& c, const ReformatReason& reason);
std::string to_text(const Context& c, const ReformatReason& reason);

}  // namespace trex::lint

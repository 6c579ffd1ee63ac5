// Makes an Engine from raw facts, one layer at a time, whatever file they came from.
//
// The loader, the tests and other producers push what is written; finish() derives what follows
// from it: formats, bytes, precision, weights, source ops, regions, bindings' modes.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "trex/model/engine.hpp"

namespace trex {

struct RawTensor {
  std::string_view name;
  std::vector<std::int64_t> dims;
  bool dims_known = true;
  std::string_view format;    // "Format/Datatype" or "Format"
  std::string_view datatype;  // "Datatype" or "DataType" of 11.x
  std::string_view location;
};

struct RawWeights {
  std::string_view key;
  std::string_view type;
  std::int64_t count = 0;
};

// Views need to live only until add_layer() returns.
struct RawLayer {
  std::string_view name, layer_type, parameter_type, tactic, tactic_value, metadata, origin,
      activation;
  bool has_tactic = false, has_metadata = false;
  std::int64_t index = 0;  // row in the file
  std::int64_t stream = null_integer;
  int opt_profile = 0;
  std::vector<RawTensor> inputs, outputs, constants;
  std::vector<RawWeights> weights;
  bool has_convolution = false;
  ConvolutionAttributes convolution;  // .layer is set by the builder
  std::int64_t byte_offset = null_integer, byte_length = null_integer;

  void clear();  // keeps the vectors' memory
};

struct RawBinding {
  std::string_view name;
  std::string_view mode;  // "Input", "Output" or empty (8.2 to 10.x do not say)
  std::string_view datatype, format, location;
  std::vector<std::int64_t> dims;
  bool dims_known = false;
  bool shape_inference = false;
  int opt_profile = 0;
  std::vector<std::int64_t> min_dims, opt_dims, max_dims;
};

class EngineBuilder {
 public:
  EngineBuilder();
  ~EngineBuilder();
  void reserve(std::size_t layers, std::size_t tensors);
  void add_layer(const RawLayer& layer);
  void add_binding(const RawBinding& binding);
  // Consumes the builder. Times are unknown until the profile is joined.
  Engine finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace trex

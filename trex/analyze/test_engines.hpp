// Small engines for the tests of this folder: a layer in one expression.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "trex/model/engine_builder.hpp"

namespace trex::test {

using Shape = std::vector<std::int64_t>;

inline RawTensor tensor_of(std::string_view name, Shape dims,
                           std::string_view format = "Row major linear FP16 format") {
  RawTensor tensor;
  tensor.name = name;
  tensor.dims = std::move(dims);
  tensor.format = format;
  return tensor;
}

inline RawLayer layer_of(std::string_view name, std::string_view layer_type,
                         std::string_view parameter_type, std::vector<RawTensor> inputs,
                         std::vector<RawTensor> outputs) {
  RawLayer layer;
  layer.name = name;
  layer.layer_type = layer_type;
  layer.parameter_type = parameter_type;
  layer.inputs = std::move(inputs);
  layer.outputs = std::move(outputs);
  return layer;
}

inline SmallDims small(std::initializer_list<std::int32_t> values) {
  SmallDims dims;
  for (const std::int32_t value : values) dims.values[dims.rank++] = value;
  return dims;
}

inline Engine engine_of(std::vector<RawLayer> layers, std::vector<RawBinding> bindings = {}) {
  EngineBuilder builder;
  std::int64_t index = 0;
  for (RawLayer& layer : layers) {
    layer.index = index++;
    builder.add_layer(layer);
  }
  for (const RawBinding& binding : bindings) builder.add_binding(binding);
  return builder.finish();
}

inline RawBinding binding_of(std::string_view name) {
  RawBinding binding;
  binding.name = name;
  return binding;
}

}  // namespace trex::test

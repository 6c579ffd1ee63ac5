// The arithmetic of one layer, as the rule of its kind counts it: the parts of the work table.
//
// Each rule either counts exactly or says why it cannot: what would be a guess is unknown.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "trex/model/engine.hpp"

namespace trex {

struct LayerWork {
  std::string_view kind;  // "convolution" ...; "" for a layer that does no countable work
  std::int64_t macs = null_integer;
  std::int64_t m = null_integer, n = null_integer, k = null_integer;
  std::int64_t gemm_count = null_integer;
  std::int64_t groups = null_integer;
  std::string_view reason;  // how it was counted, or why it is unknown: a text of the program's own
  // Weights that the layer must read and the file does not list: 0 where all it reads is listed.
  std::int64_t unlisted_weights = null_integer;
  std::string detail = {};  // stands in for `reason` where that needs figures
};

inline LayerWork unknown_work(std::string_view kind, std::string_view reason) {
  LayerWork result;
  result.kind = kind;
  result.reason = reason;
  return result;
}

// The columns that the rules look at, found once for all layers.
struct WorkSource {
  explicit WorkSource(const Engine& e)
      : engine(e),
        name(e.layers[layer::name]),
        type(e.layers[layer::type]),
        subtype(e.layers[layer::subtype]),
        tactic(e.layers[layer::tactic]),
        weights_count(e.layers[layer::weights_count]),
        dims(e.tensors[tensor::dims]) {}

  const Engine& engine;
  View<std::string_view> name, type, subtype, tactic;
  View<std::int64_t> weights_count;
  View<Integers> dims;
};

// True where every dimension is stated and none is dynamic.
bool has_static_dims(const WorkSource& source, Row tensor);

// The layer has ConvolutionAttributes, or is Myelin's "correlation".
LayerWork convolution_work(const WorkSource& source, Row layer);
LayerWork gemm_work(const WorkSource& source, Row layer);
LayerWork attention_work(const WorkSource& source, Row layer);

}  // namespace trex

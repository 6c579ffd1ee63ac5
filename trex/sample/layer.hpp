// What a modelled engine is made of, before any generation of TensorRT's JSON is chosen.
//
// A compiler (ours is small: see compile.hpp and myelin.hpp) makes Layers; the cost model gives
// each its time; the writers put them in the words of 8.6, 10.x or 11.x.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "trex/model/format.hpp"

namespace trex::sample {

using Dims = std::vector<std::int64_t>;

enum class Generation : std::uint8_t { trt8, trt10, trt11 };

struct Tensor {
  std::string name;
  Dims dims;  // -1: not known at build time
  Format format;
};

struct Convolution {
  std::int64_t kernel = 1, stride = 1, padding = 0, out_channels = 0;
  Datatype weights_type = Datatype::fp32, bias_type = Datatype::fp32;
  std::int64_t weights_count = 0;
  bool relu = false, residual = false;
  bool says_relu = true;  // HasReLU is missing from CaskGemmConvolution
};

struct Pooling {
  bool average = false;
  std::int64_t window = 1, stride = 1, padding = 0;
};

// What the cost model needs to know and no file says.
struct Work {
  double math_us = 0;    // of the chosen kernel; 0 for a layer that only moves bytes
  double bytes = 0;      // read and written once each, weights included
  bool launches = true;  // false: nothing runs on the GPU (NoOp)
};

struct Layer {
  std::string name;
  std::string type;            // LayerType
  std::string parameter_type;  // "" for layers without (NoOp, Myelin's)
  std::vector<Tensor> inputs, outputs, constants;
  std::optional<Convolution> convolution;
  std::optional<Pooling> pooling;
  std::string origin;  // of a Reformat
  std::string tactic;  // TacticName
  std::uint64_t tactic_value = 0;
  bool myelin = false;  // one of the kernels Myelin makes: kgen, gemm, signal ...
  // ONNX nodes: those of one group were merged before Myelin saw them (0x1E between), the groups
  // after (0x1F between).
  std::vector<std::vector<std::string>> sources;
  int stream = 0;
  int event = -1;  // what a `signal` records and a `wait` waits for
  Work work;
  double time_us = 0;  // set by the cost model
};

struct Binding {
  std::string name;
  bool is_input = true;
  Datatype type = Datatype::fp32;
  Dims dims;  // of the run; -1 when there was none
  struct Range {
    Dims min, opt, max;
  };
  std::vector<Range> ranges;  // one an optimization profile; empty: static
};

// The modelled engine.
struct Plan {
  std::string name;     // "resnet18.qat"
  std::string summary;  // one line for people
  Generation generation = Generation::trt8;
  std::string_view gpu;                  // a name of the GPU table
  std::string onnx;                      // "resnet18.qat.onnx"
  std::vector<std::string> build_flags;  // of the trtexec that would have built it
  std::string precision;                 // "Precision" of trtexec's Build Options
  std::vector<Binding> bindings;
  std::vector<Layer> layers;  // of the optimization profile that was run
  // Layers of a second optimization profile, whose shapes were not set.
  std::vector<Layer> other_profile;
  bool was_run = true;  // false: --skipInference, so no shapes, no times
};

// TensorRT's sentence for a format ("Thirty-two wide channel vectorized row major Int8 format"),
// or, for a tensor of Myelin's, the short word ("Half").
std::string format_sentence(const Format& format, Generation generation);
std::string_view datatype_word(Datatype type);
Format make_format(Datatype type, LayoutFamily family = LayoutFamily::linear, int width = 1);
bool same_format(const Format& a, const Format& b);

// Bytes of a tensor with its padding; 0 when a dimension is not known.
double bytes_of(const Tensor& tensor);

}  // namespace trex::sample

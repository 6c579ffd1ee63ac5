// Writes the layers that TensorRT's Myelin compiler makes of a transformer: generated kernels,
// matrix multiplications, fused attention, and the events between streams.
//
// The caller says what is fused; the builder names kernels and tensors as Myelin does, picks the
// matrix kernels and counts the bytes. A dimension of -1 (not known at build time) is carried
// along.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "trex/model/gpu.hpp"
#include "trex/sample/layer.hpp"

namespace trex::sample {

using Sources = std::vector<std::vector<std::string>>;

// Products and sums that stay unknown where a part is.
std::int64_t times(std::int64_t a, std::int64_t b);
std::int64_t plus(std::int64_t a, std::int64_t b);

class MyelinBuilder {
 public:
  // `region` is the N of the "_mylN" in every name; `suffix` (" [profile 1]") ends the names
  // of the layers of a further optimization profile.
  MyelinBuilder(const GpuSpec& gpu, std::string region, std::string suffix = "")
      : gpu_(gpu), region_(std::move(region)), suffix_(std::move(suffix)) {}

  // A tensor of Myelin's with a name that no other has.
  Tensor scratch(Dims dims, Datatype type);
  static Tensor named(std::string name, Dims dims, Datatype type);

  // A generated kernel: "MulAddMean" -> "__myl_MulAddMean_myl0_7".
  void kernel(std::string_view operations, std::vector<Tensor> inputs, std::vector<Tensor> outputs,
              Sources sources, int stream = 0);
  // out = a x weights, weights of `type`; `node` names it: "/blocks.0/attn/proj/MatMul".
  Tensor gemm(const std::string& node, const Tensor& a, Datatype type, Dims out, Datatype out_type,
              Sources sources);
  // Fused attention over q, k, v, each [batch x heads, length, width].
  Tensor attention(const Tensor& q, const Tensor& k, const Tensor& v, Tensor out, Sources sources);
  void signal(int event, int stream);
  void wait(int event, int stream);
  // A layer that is not Myelin's, or that has its own name.
  void push(Layer layer);

  std::vector<Layer> take() { return std::move(layers_); }
  int next_event() { return events_++; }

 private:
  Layer begin(std::string stem, std::string type);
  void synchronize(std::string type, int event, int stream);

  const GpuSpec& gpu_;
  std::string region_, suffix_;
  int index_ = 0, tensors_ = 0, events_ = 0;
  std::vector<Layer> layers_;
};

}  // namespace trex::sample

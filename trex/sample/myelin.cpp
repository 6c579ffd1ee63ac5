// Layers as Myelin names them; what each costs is counted as it is made.

// SPDX-License-Identifier: Apache-2.0
#include "trex/sample/myelin.hpp"

#include <fmt/format.h>

#include "trex/base/text.hpp"
#include "trex/sample/kernels.hpp"

namespace trex::sample {
namespace {

std::int64_t volume(const Dims& dims, std::size_t first, std::size_t last) {
  std::int64_t result = 1;
  for (std::size_t i = first; i < last; ++i) result = times(result, dims[i]);
  return result;
}

bool is_known(const Gemm& gemm) { return gemm.m >= 0 && gemm.n >= 0 && gemm.batch >= 0; }

}  // namespace

std::int64_t times(std::int64_t a, std::int64_t b) { return a < 0 || b < 0 ? -1 : a * b; }
std::int64_t plus(std::int64_t a, std::int64_t b) { return a < 0 || b < 0 ? -1 : a + b; }

Tensor MyelinBuilder::named(std::string name, Dims dims, Datatype type) {
  return {std::move(name), std::move(dims), make_format(type, LayoutFamily::unknown)};
}

Tensor MyelinBuilder::scratch(Dims dims, Datatype type) {
  return named(fmt::format("__mye{}_myl{}{}", 1000 + 3 * tensors_++, region_, suffix_),
               std::move(dims), type);
}

Layer MyelinBuilder::begin(std::string stem, std::string type) {
  Layer layer;
  layer.name = fmt::format("{}_myl{}_{}{}", stem, region_, index_++, suffix_);
  layer.type = std::move(type);
  layer.myelin = true;
  return layer;
}

void MyelinBuilder::kernel(std::string_view operations, std::vector<Tensor> inputs,
                           std::vector<Tensor> outputs, Sources sources, int stream) {
  const std::string stem = fmt::format("__myl_{}", operations);
  Layer layer = begin(stem, "kgen");
  layer.tactic = generated_tactic(stem);
  layer.inputs = std::move(inputs);
  layer.outputs = std::move(outputs);
  layer.sources = std::move(sources);
  layer.stream = stream;
  push(std::move(layer));
}

Tensor MyelinBuilder::gemm(const std::string& node, const Tensor& a, Datatype type, Dims out,
                           Datatype out_type, Sources sources) {
  Layer layer = begin(replace_all(node, ".", "_"), "gemm");
  const Gemm shape{.m = volume(a.dims, 0, a.dims.size() - 1), .n = out.back(), .k = a.dims.back()};
  // A kernel is chosen for the profile's optimum, so an unknown size still has a name.
  const Kernel kernel = gemm_kernel(
      gpu_, {.m = is_known(shape) ? shape.m : 128, .n = shape.n, .k = shape.k}, type, out_type);
  layer.tactic = kernel.name;
  layer.work.math_us = kernel.math_us;
  layer.inputs = {a};
  const Tensor weights = scratch({shape.k, shape.n}, type);
  layer.constants = {named(weights.name + "_dconst", weights.dims, type)};
  if (type == Datatype::fp8) {
    layer.constants.push_back(named(weights.name + "_alpha", {1}, Datatype::fp32));
  }
  const Tensor result = scratch(std::move(out), out_type);
  layer.outputs = {result};
  layer.sources = std::move(sources);
  push(std::move(layer));
  return result;
}

Tensor MyelinBuilder::attention(const Tensor& q, const Tensor& k, const Tensor& v, Tensor out,
                                Sources sources) {
  Layer layer = begin("_gemm_mha_v2", "kgen");
  layer.tactic = generated_tactic("_gemm_mha_v2");
  const std::size_t rank = q.dims.size();
  const Gemm scores{.m = q.dims[rank - 2],
                    .n = k.dims[k.dims.size() - 2],
                    .k = q.dims[rank - 1],
                    .batch = volume(q.dims, 0, rank - 2)};
  if (is_known(scores)) {
    const Gemm values{.m = scores.m, .n = scores.k, .k = scores.n, .batch = scores.batch};
    const Datatype type = q.format.datatype;
    layer.work.math_us = fastest_tile(gpu_, scores, type, true).math_us +
                         fastest_tile(gpu_, values, type, true).math_us;
  }
  layer.inputs = {q, k, v};
  layer.outputs = {out};
  layer.sources = std::move(sources);
  push(std::move(layer));
  return out;
}

void MyelinBuilder::synchronize(std::string type, int event, int stream) {
  Layer layer = begin(fmt::format("{}_event_{}", type, event), type);
  layer.stream = stream;
  layer.event = event;
  layer.work.launches = false;
  push(std::move(layer));
}

void MyelinBuilder::signal(int event, int stream) { synchronize("signal", event, stream); }
void MyelinBuilder::wait(int event, int stream) { synchronize("wait", event, stream); }

void MyelinBuilder::push(Layer layer) {
  if (layer.work.launches) {
    for (const auto* tensors : {&layer.inputs, &layer.outputs, &layer.constants}) {
      for (const Tensor& tensor : *tensors) layer.work.bytes += bytes_of(tensor);
    }
  }
  layers_.push_back(std::move(layer));
}

}  // namespace trex::sample

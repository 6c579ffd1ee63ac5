// Multiply-adds of a convolution or deconvolution, from its attributes and its tensors.
//
//   convolution    batch x output positions x K_out x C / groups x kernel volume
//   deconvolution  batch x input positions x C x K_out / groups x kernel volume
//
// in 1, 2 or 3 spatial dimensions. Dilation spreads the kernel and does not change its volume.
// A ConvActPool states only the pooled output: the convolution's own output size then follows from
// input, kernel, stride, dilation and padding by the stated padding mode, and must pool to the
// stated output. What the file states twice is compared, and a contradiction is unknown work.

// SPDX-License-Identifier: Apache-2.0

#include <fmt/format.h>

#include "trex/analyze/checked.hpp"
#include "trex/analyze/layer_work.hpp"
#include "trex/base/text.hpp"

namespace trex {
namespace {

using I = std::int64_t;
using Dims = std::span<const I>;

constexpr std::string_view forward = "convolution";
constexpr std::string_view backward = "deconvolution";

// TensorRT's dimensions are int32 (int64 from 10 on); larger ones are damage, and with this bound
// no sum below can overflow.
constexpr I largest_size = I{1} << 40;

// The output positions along one axis if the division is rounded as `mode` says; nothing when the
// kernel does not fit.
enum class Rounding : std::uint8_t { down, up, same };

std::optional<I> output_size(I input, I kernel, I dilation, I stride, I padding, Rounding mode) {
  if (stride < 1 || kernel < 1 || dilation < 1 || input > largest_size) return std::nullopt;
  if (mode == Rounding::same) return (input - 1) / stride + 1;
  const I room = input + padding - dilation * (kernel - 1) - 1;
  if (room < 0) return std::nullopt;
  return (mode == Rounding::down ? room : room + stride - 1) / stride + 1;
}

I at_or(const SmallDims& dims, std::size_t i, I otherwise) {
  return i < dims.rank ? dims.values[i] : otherwise;
}

std::optional<I> convolved_size(const ConvolutionAttributes& c, std::size_t axis, I input,
                                Rounding mode) {
  const I padding = at_or(c.pre_padding, axis, 0) + at_or(c.post_padding, axis, 0);
  return output_size(input, c.kernel.values[axis], at_or(c.dilation, axis, 1),
                     at_or(c.stride, axis, 1), padding, mode);
}

// Is the stated output what some padding mode gives? (The mode itself is not among the columns.)
bool output_agrees(const ConvolutionAttributes& c, Dims input, Dims output) {
  if (c.stride.rank == 0) return true;  // nothing to compare with
  for (const Rounding mode : {Rounding::down, Rounding::up, Rounding::same}) {
    bool agrees = true;
    for (std::size_t axis = 0; axis < c.kernel.rank; ++axis) {
      agrees = agrees && convolved_size(c, axis, input[axis + 2], mode) == output[axis + 2];
    }
    if (agrees) return true;
  }
  return false;
}

Rounding rounding_of(const Json& attributes, std::string_view key) {
  const Json* mode = attributes.find(key);
  const std::string text = mode != nullptr && mode->text() != nullptr ? *mode->text() : "";
  if (contains_ignoring_case(text, "SAME")) return Rounding::same;
  if (contains_ignoring_case(text, "ROUND_UP")) return Rounding::up;
  return Rounding::down;
}

std::optional<I> element(const Json& attributes, std::string_view key, std::size_t axis) {
  const Json* list = attributes.find(key);
  if (list == nullptr || list->array() == nullptr || axis >= list->array()->size()) {
    return std::nullopt;
  }
  const I* value = (*list->array())[axis].integer();
  constexpr I limit = INT32_MAX;
  return value != nullptr && *value >= 0 && *value <= limit ? std::optional<I>(*value)
                                                            : std::nullopt;
}

// Does `size` pool to `pooled`? True as well where the file does not state the window.
bool pools_to(const Json& attributes, std::size_t axis, I size, I pooled) {
  const auto window = element(attributes, "PoolingWindowSize", axis);
  const auto stride = element(attributes, "PoolingStride", axis);
  if (!window || !stride) return true;
  const I padding = element(attributes, "PoolingPrePadding", axis).value_or(0) +
                    element(attributes, "PoolingPostPadding", axis).value_or(0);
  const Rounding mode = rounding_of(attributes, "PoolingPaddingMode");
  return output_size(size, *window, 1, *stride, padding, mode) == pooled;
}

// The dimensions that the convolution inside a ConvActPool gives, batch and channels included;
// empty when they do not lead to the stated output.
std::vector<I> before_pooling(const WorkSource& source, Row row, const ConvolutionAttributes& c,
                              Dims input, Dims output) {
  const Json json = attributes(source.engine, row);
  const Rounding mode = rounding_of(json, "ConvPaddingMode");
  std::vector<I> dims(output.begin(), output.end());
  for (std::size_t axis = 0; axis < c.kernel.rank; ++axis) {
    const auto size = convolved_size(c, axis, input[axis + 2], mode);
    if (!size || !pools_to(json, axis, *size, output[axis + 2])) return {};
    dims[axis + 2] = *size;
  }
  return dims;
}

// Why these attributes and shapes cannot be one convolution; empty when they can.
std::string contradiction(const ConvolutionAttributes& c, Dims input, Dims output, I weights) {
  const std::size_t rank = c.kernel.rank + std::size_t{2};
  if (input.size() != rank || output.size() != rank) {
    return fmt::format("a kernel of {} dimensions needs tensors of {}, these have {} and {}",
                       c.kernel.rank, rank, input.size(), output.size());
  }
  for (const std::int32_t size : c.kernel.span()) {
    if (size < 1) return "the kernel has an empty dimension";
  }
  if (c.groups < 1) return "the number of groups is not positive";
  if (input[1] % c.groups != 0 || output[1] % c.groups != 0) {
    return fmt::format("{} and {} channels do not divide into {} groups", input[1], output[1],
                       c.groups);
  }
  if (c.out_maps != null_integer && c.out_maps != output[1]) {
    return fmt::format("{} output maps, but an output of {} channels", c.out_maps, output[1]);
  }
  if (input[0] != output[0]) return "input and output differ in batch size";
  I kernel_volume = 1;
  for (const std::int32_t size : c.kernel.span()) {
    if (__builtin_mul_overflow(kernel_volume, I{size}, &kernel_volume)) return "sizes overflow";
  }
  const auto expected = checked_product({output[1], input[1] / c.groups, kernel_volume});
  if (weights > 0 && weights != expected) {
    return fmt::format("{} weights stated, {} expected of the shapes", weights,
                       expected ? std::to_string(*expected) : "too many");
  }
  return "";
}

LayerWork as_gemm(std::string_view kind, std::optional<I> m, std::optional<I> n, std::optional<I> k,
                  I groups, std::string_view how) {
  if (!m || !n || !k) return unknown_work(kind, "sizes overflow");
  const auto macs = checked_product({*m, *n, *k});
  if (!macs) return unknown_work(kind, "sizes overflow");
  return {kind, *macs, *m, *n, *k, 1, groups, how};
}

std::optional<I> positions(Dims dims) {  // batch and the spatial axes
  const auto spatial = checked_product(dims.subspan(2));
  return spatial ? checked_product({dims[0], *spatial}) : std::nullopt;
}

LayerWork from_attributes(const WorkSource& source, Row row, const ConvolutionAttributes& c,
                          Dims input, Dims output) {
  const std::string_view kind = c.transposed ? backward : forward;
  const I weights = source.weights_count[row].value_or(0);
  if (std::string why = contradiction(c, input, output, weights); !why.empty()) {
    LayerWork work = unknown_work(kind, "");
    work.detail = std::move(why);
    return work;
  }
  I kernel_volume = 1;
  for (const std::int32_t size : c.kernel.span()) kernel_volume *= size;
  const I depth = input[1] / c.groups;
  if (c.transposed) {
    return as_gemm(kind, positions(input), checked_product({output[1], kernel_volume}), depth,
                   c.groups, "input positions x C/groups x K_out x kernel");
  }
  const auto k = checked_product({depth, kernel_volume});
  if (equals_ignoring_case(source.type[row], "ConvActPool")) {
    const std::vector<I> dims = before_pooling(source, row, c, input, output);
    if (dims.empty()) {
      return unknown_work(kind, "the pooled output does not follow from the convolution's sizes");
    }
    return as_gemm(kind, positions(dims), output[1], k, c.groups,
                   "output positions before pooling x C/groups x K_out x kernel");
  }
  if (!output_agrees(c, input, output)) {
    return unknown_work(kind, "the output does not follow from input, kernel, stride and padding");
  }
  return as_gemm(kind, positions(output), output[1], k, c.groups,
                 "output positions x C/groups x K_out x kernel");
}

// Myelin's convolution states no attributes; its weights [K_out, C/groups, R, S] are a tensor.
LayerWork from_weights_tensor(const WorkSource& source, Row row, Dims input, Dims output) {
  const auto inputs = source.engine.inputs(row);
  const auto constants = source.engine.constants(row);
  for (const auto& [first, last] :
       {std::pair(inputs.first + 1, inputs.last), std::pair(constants.first, constants.last)}) {
    for (Row t = first; t < last; ++t) {
      const Dims w = source.dims[t];
      if (!has_static_dims(source, t) || w.size() != input.size() || w.size() < 3) continue;
      if (w[0] != output[1] || w[1] < 1 || input[1] % w[1] != 0) continue;
      if (input[0] != output[0] || input.size() != output.size()) continue;
      LayerWork work = as_gemm(forward, positions(output), output[1], checked_product(w.subspan(1)),
                               input[1] / w[1], "output positions x the weights tensor");
      work.unlisted_weights = 0;
      return work;
    }
  }
  return unknown_work(forward, "no kernel is stated, neither as attributes nor as a tensor");
}

}  // namespace

LayerWork convolution_work(const WorkSource& source, Row row) {
  const ConvolutionAttributes* c = source.engine.convolution(row);
  const std::string_view kind = c != nullptr && c->transposed ? backward : forward;
  const auto inputs = source.engine.inputs(row);
  const auto outputs = source.engine.outputs(row);
  if (inputs.empty() || outputs.empty()) return unknown_work(kind, "it has no input or no output");
  if (!has_static_dims(source, inputs[0]) || !has_static_dims(source, outputs[0])) {
    return unknown_work(kind, "its dimensions are dynamic or not stated");
  }
  const Dims input = source.dims[inputs[0]];
  const Dims output = source.dims[outputs[0]];
  if (input.size() < 3 || output.size() < 3) {
    return unknown_work(kind, "its tensors have fewer than 3 dimensions");
  }
  if (c == nullptr) return from_weights_tensor(source, row, input, output);
  if (c->kernel.rank == 0) return unknown_work(kind, "its kernel is not stated");
  return from_attributes(source, row, *c, input, output);
}

}  // namespace trex

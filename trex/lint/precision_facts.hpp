// What the rules on precision and quantization ask of layers: conversions, residuals, alignment,
// and what a layer could take at another precision.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "trex/lint/context.hpp"

namespace trex::lint {

// INT8, FP8, FP4, INT4: what Quantize makes.
bool is_quantized(Datatype type);
// FP16, BF16.
bool is_half(Datatype type);
// FP32, TF32, FP16, BF16, FP64.
bool is_wide_float(Datatype type);

// A matrix times a vector: bound by memory, so Tensor Cores would not help.
bool is_gemv(std::string_view tactic);
// As many groups as input channels.
bool is_depthwise(const Context& c, Row layer);

// What a layer that does nothing else does to its data's type.
enum class Conversion : std::uint8_t { none, quantize, dequantize, requantize };
// Of Reformat layers, Scale layers and generated kernels whose every operation is a Quantize, a
// Dequantize, a cast or a move.
Conversion conversion(const Context& c, Row layer);

// A layer whose output only leaves the engine.
bool ends_engine(const Context& c, Row layer);

// A data input of a convolution that is added to its result: any after the first, of a convolution
// without a dynamic filter. no_row when it has none, or when it is quantized too.
Row float_operand(const Context& c, Row layer);

// Convolutions and additions that read, as a float residual, what `layer` writes: directly, or
// through layers without weights and conversions between floats. Empty when none does. Looks at no
// more than some dozens of layers.
std::vector<Row> residual_readers(const Context& c, Row layer);

// Compute capability x 10 of the GPU; without a device, the newest that a kernel was written for:
// the GPU is at least that. Nothing when neither is known.
std::optional<int> gpu_sm(const Context& c);
// 75 for "sm75" and "turing"; nothing for "".
std::optional<int> sm_of(std::string_view architecture);

// Least time of a layer at another precision, and so the time that it would save.
class Peak {
 public:
  explicit Peak(const Context& context);
  // `bytes_factor`: the traffic's size against now; `flops_factor`: the arithmetic's. Nothing when
  // the time, the device or the work are unknown. Never below 0.
  std::optional<double> saving_ms(Row layer, Datatype type, double bytes_factor = 1,
                                  double flops_factor = 1) const;
  std::optional<std::int64_t> m(Row layer) const { return m_[layer]; }
  std::optional<std::int64_t> n(Row layer) const { return n_[layer]; }
  std::optional<std::int64_t> k(Row layer) const { return k_[layer]; }

 private:
  const Context& c_;
  View<std::int64_t> flops_, bytes_, m_, n_, k_;
};

// Time to move what a tensor of wider numbers has over one byte a value; unknown as its size is.
std::optional<double> extra_bytes_ms(const Context& c, Row tensor);

// Whether a layer reads quantized data and writes wide floats, inside the engine.
bool widens_quantized(const Context& c, Row layer);

// Sum of what is known; nothing when nothing is.
void add_known(std::optional<double>& sum, std::optional<double> value);
std::optional<double> time_of_layers(const Context& c, const std::vector<Row>& layers);

// "'a', 'b' and 3 more".
std::string listed(const Context& c, const std::vector<Row>& layers);

// Rows by a text, in the order of first appearance.
class Groups {
 public:
  struct Group {
    std::string_view key;  // of the engine's texts
    std::vector<Row> layers;
  };
  void add(std::string_view key, Row layer);
  const std::vector<Group>& all() const { return groups_; }

 private:
  std::vector<Group> groups_;
  std::unordered_map<std::string_view, std::size_t> places_;
};

}  // namespace trex::lint

// The questions that several rules on precision and quantization share.

// SPDX-License-Identifier: Apache-2.0
#include "trex/lint/precision_facts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "trex/base/text.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace {

// A message names so many layers; all are in the finding's list.
constexpr std::size_t most_named = 3;
// A residual branch is a few layers long; what lies further away is another block.
constexpr std::size_t most_walked = 24;

bool converts_only(std::span<const std::string_view> operations) {
  return all_are_of(operations, {"Quantize", "Dequantize", "Cast", "Reshape", "Transpose", "Move"});
}

// Reads what `from` writes as a float residual, if it is a convolution or an addition.
bool reads_as_residual(const Context& c, Row reader, Row from) {
  const bool adds = c.is(reader, pointwise) && c.engine.inputs(reader).size() > 1;
  if (!adds && !c.is(reader, convolution)) return false;
  if (c.is(reader, convolution) && float_operand(c, reader) == no_row) return false;
  const Row first = c.data_input(reader);
  for (const Row input : c.engine.inputs(reader)) {
    if (!adds && input == first) continue;
    if (!is_wide_float(c.format(input).datatype)) continue;
    const std::vector<Row> writers = c.writers_of(input);
    if (std::find(writers.begin(), writers.end(), from) != writers.end()) return true;
  }
  return false;
}

// Passes a float on without weights of its own.
bool passes_float_on(const Context& c, Row layer) {
  if (c.is(layer, compute)) return false;
  if (!c.is(layer, static_cast<Kind>(mover | pointwise)) &&
      !is_one_of(c.type(layer), {"Pooling", "Resize"})) {
    return false;
  }
  const Row output = c.first_output(layer);
  return output != no_row && is_wide_float(c.format(output).datatype);
}

}  // namespace

bool is_quantized(Datatype type) {
  return type == Datatype::int8 || type == Datatype::fp8 || type == Datatype::fp4 ||
         type == Datatype::int4;
}

bool is_half(Datatype type) { return type == Datatype::fp16 || type == Datatype::bf16; }

bool is_wide_float(Datatype type) {
  return is_half(type) || type == Datatype::fp32 || type == Datatype::tf32 ||
         type == Datatype::fp64;
}

bool is_gemv(std::string_view tactic) { return contains_ignoring_case(tactic, "gemv"); }

bool is_depthwise(const Context& c, Row layer) {
  const ConvolutionAttributes* attributes = c.engine.convolution(layer);
  if (attributes == nullptr || attributes->groups <= 1) return false;
  const Row input = c.data_input(layer);
  const auto channels = input == no_row ? std::nullopt : c.channels(input);
  return attributes->groups == attributes->out_maps || attributes->groups == channels;
}

Conversion conversion(const Context& c, Row layer) {
  if (c.is(layer, compute) || c.hidden(layer)) return Conversion::none;
  const bool may =
      c.is(layer, reformat) || equals_ignoring_case(c.type(layer), "Scale") || c.is(layer, kernel);
  if (!may) return Conversion::none;
  const Row input = c.data_input(layer);
  const Row output = c.first_output(layer);
  if (input == no_row || output == no_row) return Conversion::none;
  const Datatype from = c.format(input).datatype, to = c.format(output).datatype;
  Conversion result = Conversion::none;
  if (is_wide_float(from) && is_quantized(to)) result = Conversion::quantize;
  if (is_quantized(from) && is_wide_float(to)) result = Conversion::dequantize;
  if (is_quantized(from) && is_quantized(to)) result = Conversion::requantize;
  if (result == Conversion::none) return result;
  return c.is(layer, kernel) && !converts_only(c.operations(layer)) ? Conversion::none : result;
}

bool ends_engine(const Context& c, Row layer) { return c.successors(layer).empty(); }

Row float_operand(const Context& c, Row layer) {
  if (!c.is(layer, convolution) || c.engine.inputs(layer).size() < 2) return no_row;
  const ConvolutionAttributes* attributes = c.engine.convolution(layer);
  if (attributes != nullptr && attributes->has_dynamic_filter) return no_row;
  const Row first = c.data_input(layer);
  for (const Row input : c.engine.inputs(layer)) {
    if (input != first && is_wide_float(c.format(input).datatype)) return input;
  }
  return no_row;
}

std::vector<Row> residual_readers(const Context& c, Row layer) {
  std::vector<Row> walked{layer}, found;
  for (std::size_t i = 0; i < walked.size(); ++i) {
    for (const Row next : c.successors(walked[i])) {
      if (walked.size() + found.size() >= most_walked) return found;
      if (reads_as_residual(c, next, walked[i])) {
        if (std::find(found.begin(), found.end(), next) == found.end()) found.push_back(next);
      } else if (passes_float_on(c, next) &&
                 std::find(walked.begin(), walked.end(), next) == walked.end()) {
        walked.push_back(next);
      }
    }
  }
  return found;
}

std::optional<int> sm_of(std::string_view architecture) {
  if (starts_with(architecture, "sm")) {
    const auto number =
        parse_integer(architecture.substr(2, architecture.find_first_not_of("0123456789", 2) - 2));
    return number && *number > 0 && *number < 1000 ? std::optional<int>(static_cast<int>(*number))
                                                   : std::nullopt;
  }
  constexpr std::pair<std::string_view, int> names[] = {
      {"maxwell", 50}, {"pascal", 60}, {"volta", 70},  {"turing", 75},
      {"ampere", 80},  {"ada", 89},    {"hopper", 90}, {"blackwell", 100}};
  for (const auto& name : names) {
    if (equals_ignoring_case(architecture, name.first)) return name.second;
  }
  return std::nullopt;
}

std::optional<int> gpu_sm(const Context& c) {
  if (c.device.compute_capability) return c.device.compute_capability;
  const auto architecture = c.tactics[tactics::architecture];
  std::optional<int> newest;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    const auto sm = sm_of(architecture[row]);
    if (sm && (!newest || *sm > *newest)) newest = sm;
  }
  return newest;
}

Peak::Peak(const Context& context)
    : c_(context),
      flops_(context.work[work::flops]),
      bytes_(context.work[work::bytes_moved]),
      m_(context.work[work::m]),
      n_(context.work[work::n]),
      k_(context.work[work::k]) {}

std::optional<double> Peak::saving_ms(Row layer, Datatype type, double bytes_factor,
                                      double flops_factor) const {
  const auto time_ms = c_.time_ms(layer);
  const auto flops = flops_[layer], bytes = bytes_[layer];
  const auto peak = c_.device.peak_tflops(type);
  if (!time_ms || !flops || !bytes || !peak || *peak <= 0) return std::nullopt;
  const auto move_ms = c_.move_ms(*bytes);
  if (!move_ms) return std::nullopt;
  const double compute_ms = static_cast<double>(*flops) * flops_factor / *peak * 1e-9;
  return std::max(0.0, *time_ms - std::max(compute_ms, *move_ms * bytes_factor));
}

std::optional<double> extra_bytes_ms(const Context& c, Row tensor) {
  if (tensor == no_row) return std::nullopt;
  const auto bytes = c.bytes(tensor);
  const auto bits = datatype_bits(c.format(tensor).datatype);
  if (!bytes || !bits || *bits <= 8) return std::nullopt;
  return c.move_ms(*bytes - *bytes * 8 / *bits);
}

bool widens_quantized(const Context& c, Row layer) {
  if (ends_engine(c, layer)) return false;
  const Row input = c.data_input(layer), output = c.first_output(layer);
  return input != no_row && output != no_row && is_quantized(c.format(input).datatype) &&
         is_wide_float(c.format(output).datatype);
}

void add_known(std::optional<double>& sum, std::optional<double> value) {
  if (value) sum = sum.value_or(0) + *value;
}

std::optional<double> time_of_layers(const Context& c, const std::vector<Row>& layers) {
  std::optional<double> sum;
  for (const Row row : layers) add_known(sum, c.time_ms(row));
  if (sum && !std::isfinite(*sum)) sum.reset();
  return sum;
}

std::string listed(const Context& c, const std::vector<Row>& layers) {
  std::string text;
  for (std::size_t i = 0; i < layers.size() && i < most_named; ++i) {
    const bool last = i + 1 == layers.size();
    if (i > 0) text += last ? " and " : ", ";
    text += quoted(c.name(layers[i]));
  }
  if (layers.size() > most_named) text += fmt::format(" and {} more", layers.size() - most_named);
  return text;
}

void Groups::add(std::string_view key, Row layer) {
  const auto place = places_.emplace(key, groups_.size());
  if (place.second) groups_.push_back({key, {}});
  groups_[place.first->second].layers.push_back(layer);
}

}  // namespace trex::lint

// The order of the questions matters: what the model asked for (Q/DQ, concat, slice, cast) comes
// before what the neighbours want, and a binding before a kernel.

// SPDX-License-Identifier: Apache-2.0
#include "trex/lint/reformat_reason.hpp"

#include <algorithm>

#include "trex/base/text.hpp"

namespace trex::lint {
namespace {

// A tensor may have any number of readers; enough of them tell the story.
constexpr std::size_t most_looked_through = 8;

std::span<const Row> some(std::span<const Row> rows) {
  return rows.first(std::min(rows.size(), most_looked_through));
}

bool is_quantized(Datatype type) {
  return type == Datatype::int8 || type == Datatype::fp8 || type == Datatype::int4 ||
         type == Datatype::fp4;
}

bool is_plugin(const Context& c, Row layer) {
  return layer != no_row && (contains_ignoring_case(c.type(layer), "Plugin") ||
                             contains_ignoring_case(c.subtype(layer), "Plugin"));
}

const Generation* generation_of(const Context& c, Row tensor) {
  const std::uint32_t g = c.dependencies.generation_of[tensor];
  return g == UINT32_MAX ? nullptr : &c.dependencies.generations[g];
}

// An engine input, also behind NoOps. Where the file lists no bindings, what nobody writes is one.
bool reads_engine_input(const Context& c, Row input) {
  const Generation* g = generation_of(c, input);
  if (g == nullptr) return c.is_binding(input);
  if (!g->writers.empty() || !g->back_writers.empty()) return false;
  return c.engine.bindings.row_count() == 0 || c.engine.regions[region::binding].is_true(g->region);
}

bool writes_engine_output(const Context& c, Row layer, Row output) {
  if (c.is_binding(output)) return true;
  const Generation* g = generation_of(c, output);
  if (g == nullptr) return false;
  if (c.engine.regions[region::binding].is_true(g->region)) return true;
  return c.engine.bindings.row_count() == 0 && g->readers.empty() && c.successors(layer).empty();
}

// A convolution that adds its second input, a float, to what it computed.
bool adds_float_residual(const Context& c, Row layer) {
  if (layer == no_row || !c.is(layer, convolution)) return false;
  const auto inputs = c.engine.inputs(layer);
  if (inputs.size() < 2 || c.engine.outputs(layer).empty()) return false;
  return is_quantized(c.format(inputs[0]).datatype) &&
         is_floating_point(c.format(inputs[1]).datatype) &&
         !is_quantized(c.format(inputs[1]).datatype) &&
         !is_quantized(c.format(c.engine.outputs(layer)[0]).datatype);
}

bool writes_residual_of(const Context& c, Row writer, Row reader) {
  if (!adds_float_residual(c, reader)) return false;
  const Generation* g = generation_of(c, c.engine.inputs(reader)[1]);
  if (g == nullptr) return false;
  const auto layer = c.engine.tensors[tensor::layer];
  const auto writers = some(g->writers);
  return std::any_of(writers.begin(), writers.end(),
                     [&](Row t) { return static_cast<Row>(*layer[t]) == writer; });
}

// The convolution whose float residual operand comes from this layer, past one Reformat.
Row residual_reader(const Context& c, Row layer) {
  for (const Row reader : some(c.successors(layer))) {
    if (writes_residual_of(c, layer, reader)) return reader;
    if (!c.is(reader, reformat)) continue;
    for (const Row next : some(c.successors(reader))) {
      if (writes_residual_of(c, reader, next)) return next;
    }
  }
  return no_row;
}

// Why the tensor is float here: its writer adds a float, or a residual branch reads it as float.
Row float_residual(const Context& c, Row layer, Row producer) {
  for (const Row reader : some(c.successors(layer))) {
    if (writes_residual_of(c, layer, reader)) return reader;
  }
  if (producer == no_row) return no_row;
  if (adds_float_residual(c, producer)) return producer;
  return residual_reader(c, producer);
}

// "Reformatting CopyNode for Input Tensor 0 to L" and, in 7.x, "L input reformatter 0": made where
// L and its neighbour disagree. Formats that the file does not give leave that much.
bool is_named_as_conversion(std::string_view name) {
  return starts_with(name, "Reformatting CopyNode") || contains(name, " reformatter ");
}

// A Quantize or Dequantize of the model, not one that an INT8 kernel chosen by calibration needs.
bool is_of_model(const Context& c, Row layer) {
  return equals_ignoring_case(c.engine.layers[layer::origin][layer], "QDQ") ||
         (!is_named_as_conversion(c.name(layer)) && contains(c.name(layer), "uantizeLinear"));
}

ReformatCause cause_of_types(Datatype from, Datatype to, std::string_view origin) {
  const bool qdq = equals_ignoring_case(origin, "QDQ");
  if (is_quantized(from) && is_quantized(to) && (qdq || from != to)) {
    return ReformatCause::requantize;
  }
  if (is_quantized(to) && !is_quantized(from) && (qdq || from != Datatype::unknown)) {
    return ReformatCause::quantize;
  }
  if (is_quantized(from) && !is_quantized(to) && (qdq || to != Datatype::unknown)) {
    return ReformatCause::dequantize;
  }
  return qdq ? ReformatCause::requantize : ReformatCause::unknown;
}

// What the model asked for, by the Origin (10.x and later, some 8.x) and the layer's name.
ReformatCause cause_of_origin(const Context& c, Row layer, Datatype from, Datatype to) {
  const std::string_view origin = c.engine.layers[layer::origin][layer];
  const ReformatCause by_types = cause_of_types(from, to, origin);
  if (by_types != ReformatCause::unknown) return by_types;
  if (equals_ignoring_case(origin, "CONCAT")) return ReformatCause::concat;
  if (equals_ignoring_case(origin, "SLICE")) return ReformatCause::slice;
  const bool changes = from != to && from != Datatype::unknown && to != Datatype::unknown;
  // A Cast that changes no type was given another layout to make instead: not a cast any more.
  if (equals_ignoring_case(origin, "CAST") && changes) return ReformatCause::cast;
  if (equals_ignoring_case(c.type(layer), "MyelinReformat") && changes) return ReformatCause::cast;
  return ReformatCause::unknown;
}

ReformatCause cause_of_formats(const Format& from, const Format& to) {
  const bool types = from.datatype != Datatype::unknown && to.datatype != Datatype::unknown;
  if (types && from.datatype != to.datatype) {
    // A kernel's float type is a choice; between integers and floats only a cast leads.
    return is_floating_point(from.datatype) && is_floating_point(to.datatype)
               ? ReformatCause::precision
               : ReformatCause::cast;
  }
  const bool layouts = !from.layout.empty() && !to.layout.empty();
  if (!layouts) return ReformatCause::unknown;
  return from.layout != to.layout || from.vector_width != to.vector_width ? ReformatCause::layout
                                                                          : ReformatCause::copy;
}

bool is_about_types(ReformatCause cause) {
  return cause == ReformatCause::quantize || cause == ReformatCause::dequantize ||
         cause == ReformatCause::requantize || cause == ReformatCause::precision;
}

ReformatCause cause_of(const Context& c, Row layer, const ReformatReason& r) {
  if (c.hidden(layer)) return ReformatCause::elided;
  static const Format nothing;
  const Format& from = r.input == no_row ? nothing : c.format(r.input);
  const Format& to = r.output == no_row ? nothing : c.format(r.output);
  const ReformatCause asked = cause_of_origin(c, layer, from.datatype, to.datatype);
  if (asked != ReformatCause::unknown) return asked;
  if (ends_with(c.name(layer), " copy")) return ReformatCause::concat;
  if (r.reads_input) return ReformatCause::input_binding;
  if (r.writes_output) return ReformatCause::output_binding;
  if (r.plugin != no_row) return ReformatCause::plugin;
  const ReformatCause by_formats = cause_of_formats(from, to);
  if (by_formats == ReformatCause::unknown && is_named_as_conversion(c.name(layer))) {
    return ReformatCause::layout;
  }
  return by_formats;
}

}  // namespace

ReformatReason reformat_reason(const Context& c, Row layer) {
  ReformatReason r;
  r.input = c.data_input(layer);
  r.output = c.first_output(layer);
  r.reads_input = r.input != no_row && reads_engine_input(c, r.input);
  r.writes_output = r.output != no_row && writes_engine_output(c, layer, r.output);
  const auto producers = c.predecessors(layer);
  const auto consumers = c.successors(layer);
  r.producer_count = producers.size();
  r.consumer_count = consumers.size();
  if (!producers.empty()) r.producer = producers.front();
  if (!consumers.empty()) r.consumer = consumers.front();
  for (const Row neighbour : {r.producer, r.consumer}) {
    if (r.plugin == no_row && is_plugin(c, neighbour)) r.plugin = neighbour;
  }
  r.residual = float_residual(c, layer, r.producer);
  r.in_model = is_of_model(c, layer);
  std::int64_t sum = 0;
  if (r.input != no_row && r.output != no_row && c.bytes(r.input) && c.bytes(r.output) &&
      !__builtin_add_overflow(*c.bytes(r.input), *c.bytes(r.output), &sum)) {
    r.bytes = sum;
  }
  r.cause = cause_of(c, layer, r);
  // A float residual explains a type, never a layout or a copy.
  if (!is_about_types(r.cause)) r.residual = no_row;
  return r;
}

}  // namespace trex::lint

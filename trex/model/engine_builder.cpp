// Layer by layer: texts are interned, formats and tactics parsed once, and everything that follows
// from one layer alone (precision, bytes, source ops) is settled as it comes in.

// SPDX-License-Identifier: Apache-2.0
#include "trex/model/engine_builder.hpp"

#include <algorithm>
#include <utility>

#include "trex/base/text.hpp"
#include "trex/model/engine_builder_state.hpp"

namespace trex {
namespace {

bool is_hidden(std::string_view type, std::string_view layer_type) {
  for (const std::string_view word : {"NoOp", "Constant", "shape_call", "signal", "wait"}) {
    if (equals_ignoring_case(type, word) || equals_ignoring_case(layer_type, word)) return true;
  }
  return false;
}

std::string_view type_of(const RawLayer& raw) {
  if (raw.parameter_type.empty()) return raw.layer_type;
  const bool transposed = contains_ignoring_case(raw.layer_type, "deconvolution") ||
                          (raw.has_convolution && raw.convolution.transposed);
  if (transposed && equals_ignoring_case(raw.parameter_type, "Convolution")) {
    return "Deconvolution";
  }
  return raw.parameter_type;
}

}  // namespace

void RawLayer::clear() {
  std::vector<RawTensor> old_inputs = std::move(inputs), old_outputs = std::move(outputs),
                         old_constants = std::move(constants);
  std::vector<RawWeights> old_weights = std::move(weights);
  *this = RawLayer{};
  old_inputs.clear();
  old_outputs.clear();
  old_constants.clear();
  old_weights.clear();
  inputs = std::move(old_inputs);
  outputs = std::move(old_outputs);
  constants = std::move(old_constants);
  weights = std::move(old_weights);
}

std::uint32_t EngineBuilder::State::format_id(std::string_view format, std::string_view datatype) {
  const StringId format_text = recent_formats.intern(pool(), format);
  const StringId type = recent_datatypes.intern(pool(), datatype);
  const std::uint64_t key = std::uint64_t{format_text} << 32 | type;
  if (key == last_format_key) return last_format;
  const auto id = static_cast<std::uint32_t>(engine.formats.size());
  const auto [place, is_new] = format_ids.try_emplace(key, id);
  if (is_new) {
    Format parsed = parse_format(format, datatype);
    format_texts.push_back({text_or_null(parsed.short_name()), type_text(parsed.datatype)});
    engine.formats.push_back(std::move(parsed));
  }
  last_format_key = key;
  return last_format = place->second;
}

const Tactic* EngineBuilder::State::tactic(StringId id, std::string_view name) {
  // Generated kernels have a hash each and say nothing of types: not worth keeping.
  if (id == null_string || starts_with(name, "__my")) return nullptr;
  const auto [place, is_new] = tactic_of.try_emplace(id, nullptr);
  if (is_new) {
    tactics.push_back(parse_tactic(name));
    place->second = &tactics.back();
  }
  return place->second;
}

Row EngineBuilder::State::region(StringId name) {
  Row& row = slot(region_of_name, name);
  if (row == no_row) row = regions.add(name);
  return row;
}

void EngineBuilder::State::add_tensor(const RawTensor& raw, StringId role, std::size_t port) {
  const std::uint32_t format = format_id(raw.format, raw.datatype);
  const Format& parsed = engine.formats[format];
  TensorBytes size;
  if (raw.dims_known) size = tensor_bytes(raw.dims, parsed);
  if (size.overflow) note_overflow(raw.name);

  const StringId name =
      pool().intern_sought(sought_tensors[tensors.size() - engine.first_input.back()]);
  const bool constant = role == role_constant;
  tensors.layer.push_back(static_cast<std::int64_t>(layers.index.size()));
  tensors.port.push_back(static_cast<std::int64_t>(port));
  tensors.region.push_back(constant ? null_integer : std::int64_t{region(name)});
  tensors.format_id.push_back(format);
  tensors.bytes.push_back(size.bytes.value_or(null_integer));
  tensors.role.push_back(role);
  tensors.name.push_back(name);
  tensors.format.push_back(format_texts[format].short_name);
  tensors.datatype.push_back(format_texts[format].datatype);
  tensors.location.push_back(raw.location.empty() ? null_string
                                                  : recent_locations.intern(pool(), raw.location));
  tensors.lower_bound.push_back(!size.bytes ? null_boolean : size.lower_bound);
  if (raw.dims_known) {
    tensors.dims.push(raw.dims);
  } else {
    tensors.dims.push_null();
  }
  if (!constant) see_region(static_cast<Row>(tensors.size() - 1), role == role_output);
}

void EngineBuilder::State::see_region(Row row, bool writes) {
  const auto r = static_cast<std::size_t>(tensors.region[row]);
  const Row layer = static_cast<Row>(layers.index.size());
  Row& last = writes ? regions.last_writer[r] : regions.last_reader[r];
  if (last != layer) ++(writes ? regions.writer_count[r] : regions.reader_count[r]);
  last = layer;
  // null_integer is the smallest number, so unknown loses to anything known.
  regions.bytes[r] = std::max(regions.bytes[r], tensors.bytes[row]);
  Row& widest = writes ? regions.widest_write[r] : regions.widest_read[r];
  if (widest == no_row || tensors.bytes[row] > tensors.bytes[widest]) widest = row;
}

const EngineBuilder::State::TypeFacts& EngineBuilder::State::facts_of_type(const RawLayer& raw) {
  const StringId layer_type = recent_subtypes.intern(pool(), raw.layer_type);
  const StringId parameter_type = recent_types.intern(pool(), raw.parameter_type);
  const bool transposed = raw.has_convolution && raw.convolution.transposed;
  const std::uint64_t key =  // an id has no more than 31 bits: that many texts fit no memory
      std::uint64_t{layer_type} << 33 | std::uint64_t{parameter_type} << 1 | (transposed ? 1 : 0);
  const auto [place, is_new] = type_facts.try_emplace(key);
  TypeFacts& facts = place->second;
  if (!is_new) return facts;
  const std::string_view type = type_of(raw);
  facts.type = text_or_null(type);
  facts.subtype = raw.layer_type.empty() ? null_string : layer_type;
  facts.hidden = is_hidden(type, raw.layer_type);
  facts.no_math = has_no_math(type) || has_no_math(raw.layer_type);
  facts.on_dla = equals_ignoring_case(raw.layer_type.substr(0, 3), "DLA");
  return facts;
}

void EngineBuilder::State::add_precision(const RawLayer& raw, bool no_math, StringId tactic_text) {
  const auto facts_of = [&](const std::vector<RawTensor>& raws, std::size_t first,
                            std::vector<PrecisionTensor>& facts) {
    facts.clear();
    for (std::size_t i = 0; i < raws.size(); ++i) {
      const auto format = static_cast<std::size_t>(tensors.format_id[first + i]);
      facts.push_back(
          {engine.formats[format].datatype, equals_ignoring_case(raws[i].location, "Host")});
    }
  };
  facts_of(raw.inputs, engine.first_input.back(), inputs);
  facts_of(raw.outputs, engine.first_output.back(), outputs);
  precision_weights.clear();
  for (std::size_t i = engine.first_weights.back(); i < engine.weights.size(); ++i) {
    const Weights& w = engine.weights[i];
    precision_weights.push_back({w.key, w.type, w.count == 0});
  }
  const Precision precision = precision_of({.no_math = no_math,
                                            .tactic = tactic(tactic_text, raw.tactic),
                                            .weights = precision_weights,
                                            .inputs = inputs,
                                            .outputs = outputs});
  layers.precision.push_back(type_text(precision.type));
  buffer.assign(precision.source);
  if (!precision.detail.empty()) buffer.append(": ").append(precision.detail);
  layers.precision_reason.push_back(buffer.empty() ? null_string
                                                   : recent_reasons.intern(pool(), buffer));
  const std::size_t data = first_data_input(inputs);
  layers.input_precision.push_back(
      type_text(data < inputs.size() ? inputs[data].type : Datatype::unknown));
  layers.output_precision.push_back(
      type_text(outputs.empty() ? Datatype::unknown : outputs[0].type));
}

void EngineBuilder::State::add_weights(const RawLayer& raw) {
  StringId type = null_string;
  std::int64_t count = null_integer;
  for (const RawWeights& w : raw.weights) {
    const StringId raw_type = recent_weights_types.intern(pool(), w.type);
    const auto [known, is_new] = weights_types.try_emplace(raw_type, Datatype::unknown);
    if (is_new) known->second = parse_datatype(w.type);
    const Weights entry{pool()[recent_keys.intern(pool(), w.key)], known->second, pool()[raw_type],
                        w.count};
    engine.weights.push_back(entry);
    if (!is_kernel_weights(entry.key)) continue;
    if (count == null_integer) {
      count = entry.count < 0 ? null_integer : entry.count;
      type = entry.type == Datatype::unknown ? text_or_null(w.type) : type_text(entry.type);
    } else {
      count = add_bytes(count, entry.count);
    }
  }
  layers.weights_type.push_back(type);
  layers.weights_count.push_back(count);
}

void EngineBuilder::State::add_bytes_of(const RawLayer& raw, std::size_t first) {
  const std::span<const std::int64_t> bytes(tensors.bytes);
  const std::size_t input_end = first + raw.inputs.size();
  const std::size_t output_end = input_end + raw.outputs.size();
  const auto distinct = [&](std::size_t begin, std::size_t end) {
    named.clear();
    for (std::size_t i = begin; i < end; ++i) {
      const auto region = static_cast<std::size_t>(tensors.region[i]);
      named.push_back({tensors.name[i], bytes[i], regions.bytes[region]});
    }
    return distinct_bytes(named);
  };
  const bool detailed = !raw.layer_type.empty() || !raw.parameter_type.empty();
  const std::int64_t io =
      detailed ? add_bytes(distinct(first, input_end), distinct(input_end, output_end))
               : null_integer;
  const std::span<const Weights> entries(engine.weights);
  const std::int64_t weights =
      detailed ? layer_weights_bytes({.entries = entries.subspan(engine.first_weights.back()),
                                      .constant_bytes = bytes.subspan(output_end),
                                      .layer_type = raw.layer_type,
                                      .parameter_type = raw.parameter_type})
               : null_integer;
  layers.io_bytes.push_back(io);
  layers.weights_bytes.push_back(weights);
  layers.footprint_bytes.push_back(add_bytes(io, weights));
}

void EngineBuilder::State::add_source_ops(const RawLayer& raw) {
  parse_source_ops(raw.name, raw.metadata, parsed_ops);
  ops.clear();
  sought_ops.clear();
  for (const std::string_view op : parsed_ops.ops) sought_ops.push_back(pool().seek(op));
  for (const StringPool::Sought& op : sought_ops) {
    const StringId id = pool().intern_sought(op);
    Row& row = slot(op_of_name, id);
    if (row == no_row) {
      row = static_cast<Row>(op_names.size());
      op_names.push_back(id);
      op_layer_counts.push_back(0);
    }
    ++op_layer_counts[row];
    ops.push_back(id);
  }
  layers.source_ops.push(ops);
}

void EngineBuilder::State::add_texts(const RawLayer& raw, const TypeFacts& type) {
  layers.index.push_back(raw.index);
  layers.name.push_back(pool().intern_sought(sought_name));
  layers.type.push_back(type.type);
  layers.subtype.push_back(type.subtype);
  layers.tactic_value.push_back(text_or_null(sought_tactic_value));
  layers.metadata.push_back(raw.has_metadata ? pool().intern_sought(sought_metadata) : null_string);
  layers.origin.push_back(raw.origin.empty() ? null_string
                                             : recent_origins.intern(pool(), raw.origin));
  layers.activation.push_back(
      raw.activation.empty() ? null_string : recent_activations.intern(pool(), raw.activation));
  layers.stream.push_back(raw.stream);
  layers.device.push_back(type.type == null_string ? null_string : (type.on_dla ? dla : gpu));
  layers.opt_profile.push_back(raw.opt_profile);
  layers.hidden.push_back(type.hidden);
  layers.byte_offset.push_back(raw.byte_offset);
  layers.byte_length.push_back(raw.byte_length);
}

EngineBuilder::EngineBuilder() : state_(std::make_unique<State>()) {}
EngineBuilder::~EngineBuilder() = default;

void EngineBuilder::reserve(std::size_t layers, std::size_t tensors) {
  State& s = *state_;
  // Two tensors of three are named anew. A layer has a name, a tactic, its value, metadata and two
  // source ops, of which most are its own.
  const std::size_t names = tensors * 2 / 3;
  const std::size_t texts = 5 * layers + names;
  s.layers.reserve(layers);
  s.tensors.reserve(tensors);
  s.regions.reserve(names);
  for (auto* offsets : {&s.engine.first_input, &s.engine.first_output, &s.engine.first_constant,
                        &s.engine.first_weights}) {
    offsets->reserve(layers + 1);
  }
  s.engine.convolution_of.reserve(layers);
  s.engine.convolutions.reserve(layers / 2);
  s.engine.weights.reserve(layers);
  s.region_of_name.reserve(texts);
  s.op_of_name.reserve(texts);
  s.pool().reserve(texts);
}

// Each look-up is a wait for memory, but begun together they are one.
void EngineBuilder::State::seek_texts(const RawLayer& raw) {
  sought_tensors.clear();
  for (const std::vector<RawTensor>* list : {&raw.inputs, &raw.outputs, &raw.constants}) {
    for (const RawTensor& tensor : *list) sought_tensors.push_back(pool().seek(tensor.name));
  }
  sought_name = pool().seek(raw.name);
  sought_tactic = pool().seek(raw.tactic);
  sought_tactic_value = pool().seek(raw.tactic_value);
  sought_metadata = pool().seek(raw.metadata);
}

void EngineBuilder::add_layer(const RawLayer& raw) {
  State& s = *state_;
  s.seek_texts(raw);
  const Row row = static_cast<Row>(s.layers.index.size());
  const std::size_t first = s.tensors.size();
  const auto offset = [&] { return static_cast<std::uint32_t>(s.tensors.size()); };
  s.engine.first_input.push_back(offset());
  for (std::size_t i = 0; i < raw.inputs.size(); ++i) s.add_tensor(raw.inputs[i], s.role_input, i);
  s.engine.first_output.push_back(offset());
  for (std::size_t i = 0; i < raw.outputs.size(); ++i) {
    s.add_tensor(raw.outputs[i], s.role_output, i);
  }
  s.engine.first_constant.push_back(offset());
  for (std::size_t i = 0; i < raw.constants.size(); ++i) {
    s.add_tensor(raw.constants[i], s.role_constant, i);
  }
  s.engine.first_weights.push_back(static_cast<std::uint32_t>(s.engine.weights.size()));
  s.add_weights(raw);

  const State::TypeFacts& type = s.facts_of_type(raw);
  const StringId tactic = s.text_or_null(s.sought_tactic);
  s.layers.tactic.push_back(tactic);
  s.add_precision(raw, type.no_math, tactic);
  s.add_bytes_of(raw, first);
  s.add_source_ops(raw);
  s.add_texts(raw, type);

  s.engine.convolution_of.push_back(no_row);
  if (raw.has_convolution) {
    s.engine.convolution_of.back() = static_cast<Row>(s.engine.convolutions.size());
    s.engine.convolutions.push_back(raw.convolution);
    s.engine.convolutions.back().layer = row;
    if (type.type == s.deconvolution) s.engine.convolutions.back().transposed = true;
  }
}

void EngineBuilder::add_binding(const RawBinding& raw) { state_->add_binding(raw); }

Engine EngineBuilder::finish() {
  State& s = *state_;
  const auto tensor_count = static_cast<std::uint32_t>(s.tensors.size());
  for (auto* offsets : {&s.engine.first_input, &s.engine.first_output, &s.engine.first_constant}) {
    offsets->push_back(tensor_count);
  }
  s.engine.first_weights.push_back(static_cast<std::uint32_t>(s.engine.weights.size()));
  s.finish_bindings();
  s.note_formats();

  const std::shared_ptr<StringPool> strings = s.engine.strings;
  s.engine.file_layer_count = static_cast<std::int64_t>(s.layers.index.size());
  s.engine.layers = std::move(s.layers).table(strings);
  s.engine.tensors = std::move(s.tensors).table(strings);
  s.engine.regions = std::move(s.regions).table(strings);
  s.engine.bindings = std::move(s.bindings).table(strings);
  s.engine.source_ops = Table(strings);
  s.engine.source_ops.add(source_op::name, std::move(s.op_names))
      .add(source_op::layer_count, std::move(s.op_layer_counts));
  Engine result = std::move(s.engine);
  state_.reset();
  return result;
}

}  // namespace trex

// The analyses are made once here; every rule reads them.

// SPDX-License-Identifier: Apache-2.0
#include "trex/lint/context.hpp"

#include <algorithm>
#include <unordered_map>

#include "trex/analyze/precision_ids.hpp"
#include "trex/model/precision.hpp"

namespace trex::lint {
namespace {

// A file may name one tensor in every layer; rules that ask for each layer's neighbours stay
// linear.
constexpr std::size_t most_neighbours = 64, most_looked_at = 256;

std::vector<Row> layers_of(const View<std::int64_t>& layer, const std::vector<Row>& tensors) {
  std::vector<Row> rows;
  for (const Row t : std::span(tensors).first(std::min(tensors.size(), most_looked_at))) {
    if (rows.size() == most_neighbours) break;
    const auto row = static_cast<Row>(*layer[t]);
    if (rows.empty() || rows.back() != row) rows.push_back(row);
  }
  return rows;
}

std::vector<Datatype> datatypes_of(const Engine& engine, const Key<std::string_view>& column) {
  const auto text = engine.layers[column];
  const PrecisionIds types(*engine.strings);
  std::vector<Datatype> result(engine.layer_count());
  for (Row row = 0; row < result.size(); ++row) result[row] = types[text.id(row)];
  return result;
}

std::vector<Row> data_inputs_of(const Engine& engine) {
  const auto location = engine.tensors[tensor::location];
  const auto format = engine.tensors[tensor::format_id];
  std::vector<Row> result(engine.layer_count(), no_row);
  std::vector<PrecisionTensor> inputs;
  for (Row row = 0; row < result.size(); ++row) {
    inputs.clear();
    for (const Row t : engine.inputs(row)) {
      const auto& type = engine.formats[static_cast<std::size_t>(format.values()[t])].datatype;
      inputs.push_back({type, location[t] == "Host"});
    }
    const std::size_t i = first_data_input(inputs);
    if (i < inputs.size()) result[row] = engine.inputs(row)[i];
  }
  return result;
}

}  // namespace

Context::Context(const Engine& e, const Thresholds& t)
    : engine(e),
      thresholds(t),
      device(device_of(e)),
      work(work_table(e)),
      tactics(tactics_table(e)),
      roofline(roofline_table(e, work, device)),
      dependencies(trex::dependencies(e, true)),
      memory(activation_memory(e, dependencies)),
      latency(end_to_end(e)),
      totals(trex::totals(e, memory)),
      engine_ms(totals.layer_time_ms),
      names_(e.layers[layer::name]),
      types_(e.layers[layer::type]),
      subtypes_(e.layers[layer::subtype]),
      tactic_names_(e.layers[layer::tactic]),
      tensor_names_(e.tensors[tensor::name]),
      tensor_cores_(tactics[tactics::tensor_core]),
      times_(e.layers[layer::time_ms]),
      shares_(e.layers[layer::share]),
      recoverable_(roofline[roofline::recoverable_ms]),
      efficiencies_(roofline[roofline::efficiency]),
      hidden_(e.layers[layer::hidden]),
      dims_(e.tensors[tensor::dims]),
      tensor_bytes_(e.tensors[tensor::bytes]),
      precisions_(datatypes_of(e, layer::precision)),
      input_types_(datatypes_of(e, layer::input_precision)),
      output_types_(datatypes_of(e, layer::output_precision)),
      data_inputs_(data_inputs_of(e)),
      regions_(e.tensors[tensor::region]),
      format_ids_(e.tensors[tensor::format_id]),
      layer_of_tensor_(e.tensors[tensor::layer]) {
  least_kernel_ms_ = t.get("all-rules", "least_kernel_ms");
  for (Row row = 0; row < e.layer_count(); ++row) {
    if (times_[row] && *times_[row] > 0)
      least_kernel_ms_ = std::min(least_kernel_ms_, *times_[row]);
  }
  find_kinds();
  const auto binding = e.regions[region::binding];
  binding_region_.resize(e.regions.row_count());
  for (Row row = 0; row < binding_region_.size(); ++row) {
    binding_region_[row] = binding.is_true(row);
  }
}

// The roofline knows no launch: by it a layer of a few microseconds could always win nearly all of
// its time. So nothing is expected below the fastest layer that this profile measured.
std::optional<double> Context::recoverable_by_roofline(Row layer) const {
  const std::optional<double> above = recoverable_[layer];
  if (!above || !times_[layer]) return above;
  return std::min(*above, std::max(0.0, *times_[layer] - least_kernel_ms_));
}

// Layers share their types and tactics with thousands of others, so each is looked at once.
void Context::find_kinds() {
  std::unordered_map<std::uint64_t, std::uint16_t> kinds_of_types;
  std::unordered_map<StringId, bool> attention_tactics;
  const auto work_kind = work[work::kind];
  kinds_.reserve(engine.layer_count());
  for (Row row = 0; row < engine.layer_count(); ++row) {
    const std::uint64_t type_ids = std::uint64_t{types_.id(row)} << 32 | subtypes_.id(row);
    const auto type = kinds_of_types.try_emplace(type_ids, std::uint16_t{0});
    if (type.second) type.first->second = kinds_of_type(types_[row], subtypes_[row]);
    const auto tactic = attention_tactics.try_emplace(tactic_names_.id(row), false);
    if (tactic.second) tactic.first->second = is_attention_tactic(tactic_names_[row]);
    const std::uint16_t of_type = type.first->second;
    if ((of_type & kernel) != 0) {
      kernel_words_.add_kernel(names_[row]);
    } else {
      kernel_words_.add_none();
    }
    kinds_.push_back(kinds_of({.of_type = of_type,
                               .attention_tactic = tactic.first->second,
                               .name = names_[row],
                               .work = work_kind[row],
                               .operations = kernel_words_[row]}));
  }
}

Row Context::first_output(Row layer) const {
  const auto outputs = engine.outputs(layer);
  return outputs.empty() ? no_row : outputs[0];
}

std::vector<Row> Context::writers_of(Row input_tensor) const {
  const std::uint32_t g = dependencies.generation_of[input_tensor];
  if (g == UINT32_MAX) return {};
  return layers_of(layer_of_tensor_, dependencies.generations[g].writers);
}

std::vector<Row> Context::readers_of(Row output_tensor) const {
  const std::uint32_t g = dependencies.generation_of[output_tensor];
  if (g == UINT32_MAX) return {};
  return layers_of(layer_of_tensor_, dependencies.generations[g].readers);
}

bool Context::is_binding(Row tensor) const {
  const std::int64_t r = regions_.values()[tensor];
  return r != null_integer && binding_region_[static_cast<std::size_t>(r)];
}

std::optional<std::int64_t> Context::channels(Row tensor) const {
  const auto d = dims_[tensor];
  if (d.size() < 3 || d[1] < 0) return std::nullopt;
  return d[1];
}

std::optional<double> Context::move_ms(std::int64_t moved_bytes) const {
  if (!device.bandwidth_gbps || *device.bandwidth_gbps <= 0) return std::nullopt;
  return static_cast<double>(moved_bytes) / *device.bandwidth_gbps * 1e-6;  // B / (GB/s) = ns
}

}  // namespace trex::lint

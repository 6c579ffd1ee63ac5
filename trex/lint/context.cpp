// The analyses are made once here; every rule reads them.

// SPDX-License-Identifier: Apache-2.0
#include "trex/lint/context.hpp"

#include <algorithm>

#include "trex/model/precision.hpp"

namespace trex::lint {
namespace {

std::vector<Row> layers_of(const Engine& engine, const std::vector<Row>& tensors) {
  const auto layer = engine.tensors[tensor::layer];
  std::vector<Row> rows;
  for (const Row t : tensors) {
    const auto row = static_cast<Row>(*layer[t]);
    if (rows.empty() || rows.back() != row) rows.push_back(row);
  }
  return rows;
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
      latency(end_to_end(e)),
      totals(trex::totals(e)),
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
      precisions_(e.layers[layer::precision]),
      input_precisions_(e.layers[layer::input_precision]),
      output_precisions_(e.layers[layer::output_precision]),
      regions_(e.tensors[tensor::region]),
      format_ids_(e.tensors[tensor::format_id]) {
  least_kernel_ms_ = t.get("all-rules", "least_kernel_ms");
  for (Row row = 0; row < e.layer_count(); ++row) {
    if (times_[row] && *times_[row] > 0)
      least_kernel_ms_ = std::min(least_kernel_ms_, *times_[row]);
  }
  const auto kind = work[work::kind];
  kinds_.reserve(e.layer_count());
  for (Row row = 0; row < e.layer_count(); ++row) {
    kinds_.push_back(
        kinds_of(types_[row], subtypes_[row], names_[row], tactic_names_[row], kind[row]));
  }
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

Row Context::data_input(Row layer) const {
  const auto location = engine.tensors[tensor::location];
  std::vector<PrecisionTensor> inputs;
  for (const Row t : engine.inputs(layer)) {
    inputs.push_back({format(t).datatype, equals_host(location[t])});
  }
  const std::size_t i = first_data_input(inputs);
  return i < inputs.size() ? engine.inputs(layer)[i] : no_row;
}

bool Context::equals_host(std::string_view location) { return location == "Host"; }

Row Context::first_output(Row layer) const {
  const auto outputs = engine.outputs(layer);
  return outputs.empty() ? no_row : outputs[0];
}

std::vector<Row> Context::writers_of(Row input_tensor) const {
  const std::uint32_t g = dependencies.generation_of[input_tensor];
  if (g == UINT32_MAX) return {};
  return layers_of(engine, dependencies.generations[g].writers);
}

std::vector<Row> Context::readers_of(Row output_tensor) const {
  const std::uint32_t g = dependencies.generation_of[output_tensor];
  if (g == UINT32_MAX) return {};
  return layers_of(engine, dependencies.generations[g].readers);
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

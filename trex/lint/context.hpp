// What every rule may look at: the engine, and the analyses made of it once for all rules.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "trex/analyze/memory.hpp"
#include "trex/analyze/roofline.hpp"
#include "trex/analyze/summary.hpp"
#include "trex/analyze/tactics.hpp"
#include "trex/analyze/work.hpp"
#include "trex/lint/kernel_words.hpp"
#include "trex/lint/kinds.hpp"
#include "trex/lint/thresholds.hpp"
#include "trex/model/engine.hpp"
#include "trex/model/regions.hpp"

namespace trex::lint {

class Context {
 public:
  // Builds the analyses: linear in the engine. The engine must outlive the context.
  Context(const Engine& engine, const Thresholds& thresholds);

  const Engine& engine;
  const Thresholds& thresholds;
  Device device;
  Table work, tactics, roofline;  // a row a layer, in engine.layers' order
  Dependencies dependencies;      // NoOps folded
  ActivationMemory memory;
  EndToEnd latency;
  Totals totals;
  std::optional<double> engine_ms;  // sum of the mean times over all profile rows

  // Columns by row, looked up once. All answer for any row of engine.layers.
  std::string_view name(Row layer) const { return names_[layer]; }
  std::string_view type(Row layer) const { return types_[layer]; }
  std::string_view subtype(Row layer) const { return subtypes_[layer]; }
  std::string_view tactic(Row layer) const { return tactic_names_[layer]; }
  std::optional<double> time_ms(Row layer) const { return times_[layer]; }
  std::optional<double> share(Row layer) const { return shares_[layer]; }  // 0 to 1
  bool hidden(Row layer) const { return hidden_.is_true(layer); }
  Datatype precision(Row layer) const { return precisions_[layer]; }
  // Of the first input that carries data; of the first output.
  Datatype input_type(Row layer) const { return input_types_[layer]; }
  Datatype output_type(Row layer) const { return output_types_[layer]; }
  // "yes", "no" or "" (unknown), as analyze/tactics decided.
  std::string_view tensor_core(Row layer) const { return tensor_cores_[layer]; }

  // What kind of layer: c.is(row, convolution), c.is(row, compute) (any of its four).
  bool is(Row layer, Kind kind) const { return (kinds_[layer] & kind) != 0; }

  // The operations that a generated kernel's name lists; none for other layers.
  std::span<const std::string_view> operations(Row layer) const { return kernel_words_[layer]; }

  // Tensors of the engine by row of engine.tensors.
  const Format& format(Row tensor) const {
    return engine.formats[static_cast<std::size_t>(format_ids_.values()[tensor])];
  }
  std::span<const std::int64_t> dims(Row tensor) const { return dims_[tensor]; }
  std::string_view tensor_name(Row tensor) const { return tensor_names_[tensor]; }
  std::optional<std::int64_t> bytes(Row tensor) const { return tensor_bytes_[tensor]; }
  // First input that carries data (as input_type) and first output; no_row when there is none.
  Row data_input(Row layer) const { return data_inputs_[layer]; }
  Row first_output(Row layer) const;
  // Layers that write what this input reads, or read what this output writes: of its generation,
  // and of very many the first few dozens.
  std::vector<Row> writers_of(Row input_tensor) const;
  std::vector<Row> readers_of(Row output_tensor) const;
  bool is_binding(Row tensor) const;
  std::span<const Row> successors(Row layer) const { return dependencies.successors(layer); }
  std::span<const Row> predecessors(Row layer) const { return dependencies.predecessors(layer); }
  // Channels: dimension 1 of a tensor of rank 3 and up; nothing when dynamic or of lower rank.
  std::optional<std::int64_t> channels(Row tensor) const;
  // Least time of moving `bytes` at the device's bandwidth; nothing when unknown.
  std::optional<double> move_ms(std::int64_t bytes) const;
  // Time above the layer's floor: its roofline, or what the launch of any kernel takes.
  std::optional<double> recoverable_by_roofline(Row layer) const;
  std::optional<double> efficiency(Row layer) const { return efficiencies_[layer]; }

 private:
  void find_kinds();
  View<std::string_view> names_, types_, subtypes_, tactic_names_, tensor_names_, tensor_cores_;
  View<double> times_, shares_, recoverable_, efficiencies_;
  View<bool> hidden_;
  View<Integers> dims_;
  View<std::int64_t> tensor_bytes_;
  double least_kernel_ms_;
  // One entry a layer; rules ask for these again and again.
  std::vector<std::uint16_t> kinds_;
  KernelWords kernel_words_;
  std::vector<Datatype> precisions_, input_types_, output_types_;
  std::vector<Row> data_inputs_;
  View<std::int64_t> regions_, format_ids_, layer_of_tensor_;
  std::vector<bool> binding_region_;
};

}  // namespace trex::lint

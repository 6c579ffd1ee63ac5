// Generations become intervals of steps; a running sum over their ends gives what is live.

// SPDX-License-Identifier: Apache-2.0

#include "trex/analyze/memory.hpp"

#include <algorithm>
#include <vector>

#include "trex/analyze/checked.hpp"
#include "trex/model/regions.hpp"

namespace trex {
namespace {

enum class Use : std::uint8_t { activation, constant, none };

class Activations {
 public:
  explicit Activations(const Engine& engine)
      : engine_(engine),
        layer_of_(engine.tensors[tensor::layer].values()),
        type_(engine.layers[layer::type]),
        is_binding_(engine.regions[region::binding]),
        lists_bindings_(engine.bindings.row_count() > 0) {}

  // Constants that the file lists as inputs have no writer; a Constant layer writes weights.
  Use use_of(const Generation& generation) const {
    const bool written = !generation.writers.empty() || !generation.back_writers.empty();
    if (generation.readers.empty() && !written) return Use::none;
    if (!written) return is_binding(generation) ? Use::activation : Use::constant;
    const bool constant =
        generation.back_writers.empty() &&
        std::all_of(generation.writers.begin(), generation.writers.end(),
                    [&](Row writer) { return type_[layer_at(writer)] == "Constant"; });
    return constant && !is_binding(generation) ? Use::none : Use::activation;
  }

  LiveInterval interval_of(const Generation& generation, bool is_last) const {
    const bool is_binding = this->is_binding(generation);
    Row first = no_row;
    Row last = 0;
    for (const auto* rows : {&generation.writers, &generation.readers, &generation.back_writers,
                             &generation.carried_writers}) {
      for (const Row tensor : *rows) {
        first = std::min(first, layer_at(tensor));
        last = std::max(last, layer_at(tensor));
      }
    }
    const bool written = !generation.writers.empty() || !generation.back_writers.empty();
    if (is_binding && !written) first = 0;
    if (is_binding && written && is_last) last = static_cast<Row>(engine_.layer_count() - 1);
    return {first, last, generation.region, 1};
  }

 private:
  Row layer_at(Row tensor) const { return static_cast<Row>(layer_of_[tensor]); }
  // Where the file names no bindings, what is never written or never read is taken for one.
  bool is_binding(const Generation& generation) const {
    if (lists_bindings_) return is_binding_.is_true(generation.region);
    const bool written = !generation.writers.empty() || !generation.back_writers.empty();
    return written == generation.readers.empty();
  }

  const Engine& engine_;
  std::span<const std::int64_t> layer_of_;
  View<std::string_view> type_;
  View<bool> is_binding_;
  bool lists_bindings_;
};

// A sum that becomes and stays unknown once it does not fit.
class Sum {
 public:
  void add(std::int64_t bytes) {
    any_ = true;
    if (value_) value_ = checked_sum(*value_, bytes);
  }
  std::optional<std::int64_t> value() const { return any_ ? value_ : std::nullopt; }

 private:
  std::optional<std::int64_t> value_ = 0;
  bool any_ = false;
};

std::vector<std::uint8_t> regions_of_unknown_layout(const Engine& engine) {
  std::vector<std::uint8_t> result(engine.regions.row_count(), 0);
  const auto region = engine.tensors[tensor::region];
  const auto lower_bound = engine.tensors[tensor::bytes_lower_bound];
  for (Row t = 0; t < engine.tensors.row_count(); ++t) {
    const auto at = region[t];
    if (at && lower_bound.is_true(t)) result[static_cast<std::size_t>(*at)] = 1;
  }
  return result;
}

// The live intervals, by region and then time, those of one region that meet joined into one.
// Totals and doubts are noted in `memory`.
std::vector<LiveInterval> live_intervals(const Engine& engine, const Dependencies& graph,
                                         ActivationMemory& memory) {
  const Activations activations(engine);
  const auto bytes = engine.regions[region::bytes];
  const std::vector<std::uint8_t> doubtful = regions_of_unknown_layout(engine);
  std::vector<std::uint8_t> is_unknown(engine.regions.row_count(), 0);
  Sum total, constants;
  std::vector<LiveInterval> result;
  for (std::size_t i = 0; i < graph.generations.size(); ++i) {
    const Generation& generation = graph.generations[i];
    const Use use = activations.use_of(generation);
    if (use == Use::none) continue;
    const auto size = bytes[generation.region];
    if (use == Use::constant) {
      if (size) constants.add(*size);
      continue;
    }
    if (!size) {
      is_unknown[generation.region] = 1;
      continue;
    }
    total.add(*size);
    memory.lower_bound = memory.lower_bound || doubtful[generation.region] != 0;
    const bool is_last =
        i + 1 == graph.generations.size() || graph.generations[i + 1].region != generation.region;
    const LiveInterval next = activations.interval_of(generation, is_last);
    if (!result.empty() && result.back().region == next.region &&
        next.first <= result.back().last) {
      result.back().first = std::min(result.back().first, next.first);
      result.back().last = std::max(result.back().last, next.last);
      ++result.back().generations;
    } else {
      result.push_back(next);
    }
  }
  memory.total_bytes = total.value();
  memory.constant_bytes = constants.value();
  memory.unknown_regions = std::count(is_unknown.begin(), is_unknown.end(), std::uint8_t{1});
  memory.lower_bound = memory.lower_bound || memory.unknown_regions > 0;
  return result;
}

struct Steps {
  std::vector<std::int64_t> live, born, freed;
  bool fits = true;
};

Steps steps_of(const Engine& engine, const std::vector<LiveInterval>& intervals) {
  const auto bytes = engine.regions[region::bytes];
  const std::size_t count = engine.layer_count();
  Steps steps{std::vector<std::int64_t>(count, 0), std::vector<std::int64_t>(count, 0),
              std::vector<std::int64_t>(count, 0), true};
  const auto add = [&](std::int64_t& sum, std::int64_t value) {
    if (__builtin_add_overflow(sum, value, &sum)) steps.fits = false;
  };
  for (const LiveInterval& interval : intervals) {
    const std::int64_t size = *bytes[interval.region];
    add(steps.born[interval.first], size);
    add(steps.freed[interval.last], size);
  }
  std::int64_t live = 0;
  for (std::size_t step = 0; step < count && steps.fits; ++step) {
    add(live, steps.born[step]);
    steps.live[step] = live;
    live -= steps.freed[step];
  }
  return steps;
}

}  // namespace

ActivationMemory activation_memory(const Engine& engine) {
  return activation_memory(engine, dependencies(engine, true));
}

ActivationMemory activation_memory(const Engine& engine, const Dependencies& folded) {
  ActivationMemory memory;
  memory.steps =
      engine.layers.select({std::string(layer::index.name), std::string(layer::name.name)});
  memory.intervals = live_intervals(engine, folded, memory);
  Steps steps = steps_of(engine, memory.intervals);
  const bool known = steps.fits && !memory.intervals.empty();
  if (known) {
    const auto peak = std::max_element(steps.live.begin(), steps.live.end());
    memory.peak_bytes = *peak;
    memory.peak_layer = static_cast<Row>(peak - steps.live.begin());
  } else {
    for (auto* column : {&steps.live, &steps.born, &steps.freed}) {
      std::fill(column->begin(), column->end(), null_integer);
    }
  }
  memory.steps.add(memory::live_bytes, std::move(steps.live));
  memory.steps.add(memory::born_bytes, std::move(steps.born));
  memory.steps.add(memory::freed_bytes, std::move(steps.freed));
  return memory;
}

}  // namespace trex

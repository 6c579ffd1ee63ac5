// The figures by which engines are compared.

// SPDX-License-Identifier: Apache-2.0
#include "trex/compare/figures.hpp"

#include <array>
#include <cmath>

namespace trex::compare {
namespace {

// Smaller changes of a time are within what one run's clock can tell.
constexpr double least_ms = 0.001;

constexpr std::array specs{
    FigureSpec{"end_to_end_ms", "end_to_end", "latency, median", Unit::milliseconds, Better::lower,
               least_ms, 0.5},
    FigureSpec{"p90_ms", "end_to_end.p90", "latency, p90", Unit::milliseconds, Better::lower,
               least_ms, 0.9},
    FigureSpec{"p95_ms", "end_to_end.p95", "latency, p95", Unit::milliseconds, Better::lower,
               least_ms, 0.95},
    FigureSpec{"p99_ms", "end_to_end.p99", "latency, p99", Unit::milliseconds, Better::lower,
               least_ms, 0.99},
    FigureSpec{"throughput_qps", "throughput", "queries/s", Unit::none, Better::higher, 0},
    FigureSpec{"layer_time_ms", "layer_time", "layer time", Unit::milliseconds, Better::lower,
               least_ms},
    FigureSpec{"layer_count", "layers", "layers", Unit::count, Better::neither, 0},
    FigureSpec{"reformat_count", "reformats", "Reformats", Unit::count, Better::lower, 0},
    FigureSpec{"reformat_ms", "reformat_time", "Reformat time", Unit::milliseconds, Better::lower,
               least_ms},
    FigureSpec{"weights_bytes", "weights", "weights", Unit::bytes, Better::lower, 0},
    FigureSpec{"activation_bytes", "activations", "activations", Unit::bytes, Better::lower, 0},
    FigureSpec{"peak_activation_bytes", "peak_activations", "live at peak", Unit::bytes,
               Better::lower, 0},
    FigureSpec{"engine_bytes", "engine_size", "engine file", Unit::bytes, Better::lower, 0},
};

double or_unknown(const std::optional<std::int64_t>& value) {
  return value ? static_cast<double>(*value) : null_real;
}

struct Reformats {
  double count = 0, time_ms = 0;
};

Reformats reformats_of(const ComparedSide& side) {
  Reformats result;
  bool timed = false;
  for (Row row = 0; row < side.engine.layer_count(); ++row) {
    if (!side.is_reformat(row) || side.context.hidden(row)) continue;
    ++result.count;
    timed = timed || side.context.time_ms(row).has_value();
    result.time_ms += side.context.time_ms(row).value_or(0);
  }
  // None takes no time, where times are known at all.
  if (!timed && (result.count > 0 || !side.engine.profile.present)) result.time_ms = null_real;
  return result;
}

double engine_bytes(const Engine& engine) {
  for (const Metadata* metadata : {&engine.build_metadata, &engine.profile_metadata}) {
    for (const LogFact& fact : metadata->facts) {
      if (fact.name == "engine_bytes" && std::isfinite(fact.value)) return fact.value;
    }
  }
  return null_real;
}

}  // namespace

std::span<const FigureSpec> figure_specs() { return specs; }

std::vector<double> figures_of(const ComparedSide& side) {
  const EndToEnd& latency = side.context.latency;
  const Totals& totals = side.context.totals;
  // Without a graph and a profile no layer is known, which is not the same as none; names alone do
  // not tell every Reformat.
  const bool has_layers =
      side.engine.verbosity != Verbosity::unknown || side.engine.layer_count() > 0;
  const bool has_types = side.engine.verbosity == Verbosity::detailed;
  const Reformats reformats = reformats_of(side);
  return {
      latency.median,
      latency.p90,
      latency.p95,
      latency.p99,
      throughput_qps(side.engine).value_or(null_real),
      totals.layer_time_ms.value_or(null_real),
      has_layers ? static_cast<double>(totals.layer_count) : null_real,
      has_types ? reformats.count : null_real,
      has_types ? reformats.time_ms : null_real,
      or_unknown(totals.weights_bytes),
      or_unknown(totals.activation_bytes),
      or_unknown(totals.peak_activation_bytes),
      engine_bytes(side.engine),
  };
}

Json figure_json(double value, Unit unit) {
  if (!std::isfinite(value)) return {};
  const bool whole = (unit == Unit::count || unit == Unit::bytes) && std::abs(value) < 9e15 &&
                     value == std::floor(value);
  return whole ? Json(static_cast<std::int64_t>(value)) : Json(value);
}

double precision_share(const ComparedSide& side, std::string_view precision) {
  const auto precisions = side.engine.layers[layer::precision];
  const bool timed = side.engine.profile.present;
  double part = 0, all = 0;
  for (Row row = 0; row < side.engine.layer_count(); ++row) {
    if (side.context.hidden(row)) continue;
    const double weight = timed ? side.context.time_ms(row).value_or(0) : 1;
    all += weight;
    if (precisions[row] == precision) part += weight;
  }
  return all > 0 ? part / all : null_real;
}

}  // namespace trex::compare

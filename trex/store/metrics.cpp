// An engine's figures for dashboards: totals, latency, time by type and precision, findings.
//
// Times are in seconds and sizes in bytes, the base units that OpenMetrics asks for. Every sample
// carries which engine, model, GPU and TensorRT it is of; the engine's id keeps apart what has one
// name.

// SPDX-License-Identifier: Apache-2.0
#include "trex/store/metrics.hpp"

#include <map>

#include "trex/analyze/summary.hpp"
#include "trex/store/engine_tables.hpp"

namespace trex::store {
namespace {

struct FigureSpec {
  const char* name;
  const char* unit;
  const char* help;
  const char* column;  // of the table `engines`
  double scale;
};
constexpr double seconds = 1e-3;  // from milliseconds
constexpr FigureSpec figures[] = {
    {"trex_engine_layers", "", "Layers that are not hidden.", "layer_count", 1},
    {"trex_engine_layer_time_seconds", "seconds", "Sum of the mean times of all profile rows.",
     "layer_time_ms", seconds},
    {"trex_engine_throughput_queries_per_second", "", "Inferences a second, as the log states.",
     "throughput_qps", 1},
    {"trex_engine_weights_bytes", "bytes", "Weights of all layers.", "weights_bytes", 1},
    {"trex_engine_activations_bytes", "bytes", "Activations, each once.", "activation_bytes", 1},
    {"trex_engine_peak_activations_bytes", "bytes", "Activations live at once, at most.",
     "peak_activation_bytes", 1},
    {"trex_engine_plan_bytes", "bytes", "Size of the serialized engine.", "engine_bytes", 1},
    {"trex_engine_build_seconds", "seconds", "Duration of the build.", "build_seconds", 1},
    {"trex_engine_recoverable_seconds", "seconds",
     "What all findings of lint together could win, no time twice.", "recoverable_ms", seconds},
    {"trex_engine_load_notes", "", "What was odd in the engine's files.", "note_count", 1},
};

constexpr FigureSpec latencies[] = {
    {"min", "", "", "end_to_end_min_ms", seconds},
    {"mean", "", "", "end_to_end_mean_ms", seconds},
    {"median", "", "", "end_to_end_median_ms", seconds},
    {"p90", "", "", "end_to_end_p90_ms", seconds},
    {"p95", "", "", "end_to_end_p95_ms", seconds},
    {"p99", "", "", "end_to_end_p99_ms", seconds},
    {"max", "", "", "end_to_end_max_ms", seconds},
};

constexpr const char* severities[] = {"error", "warning", "note"};

struct Families {
  MetricFamily info{.name = "trex_engine",
                    .unit = "",
                    .help = "What the engine is; the other metrics' labels are among these.",
                    .is_info = true,
                    .samples = {}};
  std::vector<MetricFamily> figures;
  MetricFamily latency{.name = "trex_engine_latency_seconds",
                       .unit = "seconds",
                       .help = "End-to-end latency of one inference, by trtexec's rule.",
                       .samples = {}};
  MetricFamily type_time{.name = "trex_engine_type_time_seconds",
                         .unit = "seconds",
                         .help = "Mean time of the layers of a type.",
                         .samples = {}};
  MetricFamily type_layers{
      .name = "trex_engine_type_layers", .unit = "", .help = "Layers of a type.", .samples = {}};
  MetricFamily precision_time{.name = "trex_engine_precision_time_seconds",
                              .unit = "seconds",
                              .help = "Mean time of the layers that compute in a precision.",
                              .samples = {}};
  MetricFamily precision_layers{.name = "trex_engine_precision_layers",
                                .unit = "",
                                .help = "Layers that compute in a precision.",
                                .samples = {}};
  MetricFamily findings{.name = "trex_engine_findings",
                        .unit = "",
                        .help = "Findings of lint by severity.",
                        .samples = {}};
};

MetricLabels with(MetricLabels labels, std::string name, std::string value) {
  labels.emplace_back(std::move(name), std::move(value));
  return labels;
}

double value_of(const Table& row, const FigureSpec& spec) {
  return row.at(spec.column).real(0).value_or(null_real) * spec.scale;
}

void add_breakdown(const Engine& engine, const std::string& column, const MetricLabels& labels,
                   MetricFamily& times, MetricFamily& counts) {
  const Table groups = breakdown(engine, column);
  const Column& names = groups.at(column);
  const auto time_ms = groups[layer::time_ms];
  const auto count = groups[group_size];
  for (Row row = 0; row < groups.row_count(); ++row) {
    const std::string name(names.text(row).value_or("unknown"));
    const MetricLabels own = with(labels, column, name);
    times.samples.push_back({own, time_ms[row].value_or(null_real) * seconds});
    counts.samples.push_back({own, static_cast<double>(count[row].value_or(0))});
  }
}

void add_findings(EngineTables& tables, const MetricLabels& labels, MetricFamily& family) {
  std::map<std::string, double> counts;
  for (const Found& found : tables.findings().findings) counts[found.severity] += 1;
  for (const char* severity : severities) {
    family.samples.push_back({with(labels, "severity", severity), counts[severity]});
  }
}

void add_engine(const Engine& engine, Families& families) {
  EngineTables tables(engine);
  const Table row = tables.table("engines");
  const auto text = [&](const char* column) {
    return std::string(row.at(column).text(0).value_or(""));
  };
  const MetricLabels labels{{"engine", engine.name},
                            {"engine_id", text("engine_id")},
                            {"model", text("model")},
                            {"gpu", text("gpu")},
                            {"tensorrt", text("tensorrt_version")}};
  MetricLabels all = labels;
  for (const char* column :
       {"compute_capability", "schema", "verbosity", "precision_flags", "builder", "date"}) {
    all.emplace_back(column, text(column));
  }
  families.info.samples.push_back({std::move(all), 1});
  for (std::size_t i = 0; i < std::size(figures); ++i) {
    families.figures[i].samples.push_back({labels, value_of(row, figures[i])});
  }
  for (const FigureSpec& spec : latencies) {
    families.latency.samples.push_back({with(labels, "statistic", spec.name), value_of(row, spec)});
  }
  add_breakdown(engine, "type", labels, families.type_time, families.type_layers);
  add_breakdown(engine, "precision", labels, families.precision_time, families.precision_layers);
  add_findings(tables, labels, families.findings);
}

}  // namespace

std::vector<MetricFamily> engine_metrics(std::span<const Engine> engines) {
  Families families;
  for (const FigureSpec& spec : figures) {
    families.figures.push_back(
        {.name = spec.name, .unit = spec.unit, .help = spec.help, .samples = {}});
  }
  for (const Engine& engine : engines) add_engine(engine, families);
  std::vector<MetricFamily> result{std::move(families.info)};
  for (MetricFamily& family : families.figures) result.push_back(std::move(family));
  for (MetricFamily* family :
       {&families.latency, &families.type_time, &families.type_layers, &families.precision_time,
        &families.precision_layers, &families.findings}) {
    result.push_back(std::move(*family));
  }
  return result;
}

}  // namespace trex::store

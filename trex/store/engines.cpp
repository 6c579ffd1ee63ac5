// `engines`: the one row of an engine: what `trex summary` says, in columns.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>

#include "trex/analyze/summary.hpp"
#include "trex/base/text.hpp"
#include "trex/compare/comparable.hpp"
#include "trex/report/facts.hpp"
#include "trex/store/engine_tables.hpp"

namespace trex::store {
namespace {

using I = std::int64_t;
using T = std::string_view;
constexpr Unit ms = Unit::milliseconds;

namespace engines_column {
constexpr Key<T> model{"model", Unit::none,
                       "the model's file without ending, as the build states it; else the "
                       "engine's name without .onnx, .engine and the like"};
constexpr Key<T> gpu{"gpu", Unit::none, "name of the GPU"};
constexpr Key<T> compute_capability{"compute_capability", Unit::none, "8.0 for an A100"};
constexpr Key<I> sms{"sms", Unit::count, "streaming multiprocessors"};
constexpr Key<double> clock_mhz{"clock_mhz", Unit::megahertz, "compute clock"};
constexpr Key<double> bandwidth_gbps{"bandwidth_gbps", Unit::gigabytes_per_second,
                                     "memory bandwidth"};
constexpr Key<T> tensorrt_version{"tensorrt_version", Unit::none, "of the build, else of the run"};
constexpr Key<T> schema{"schema", Unit::none, "which TensorRT wrote a graph file like this one"};
constexpr Key<T> verbosity{"verbosity", Unit::none, "detailed, layer names only or none"};
constexpr Key<I> opt_profile{"opt_profile", Unit::none, "optimization profile that was loaded"};
constexpr Key<I> opt_profile_count{"opt_profile_count", Unit::count, "optimization profiles"};
constexpr Key<I> batch_size{"batch_size", Unit::count,
                            "first dimension that all inputs of rank 2 and up share"};
constexpr Key<T> precision_flags{"precision_flags", Unit::none,
                                 "precisions the builder was allowed: FP32+FP16+INT8"};
constexpr Key<T> builder{"builder", Unit::none, "what was chosen other than by default"};
constexpr Key<double> build_seconds{"build_seconds", Unit::none, "duration of the build in s"};
constexpr Key<I> engine_bytes{"engine_bytes", Unit::bytes, "size of the serialized engine"};
constexpr Key<T> date{"date", Unit::none,
                      "when it was measured, else built, as the logs say: 2026-11-23"};
constexpr Key<I> layer_count{"layer_count", Unit::count, "layers that are not hidden"};
constexpr Key<I> file_layer_count{"file_layer_count", Unit::count, "layers in the file"};
constexpr Key<double> layer_time_ms{"layer_time_ms", ms, "sum of time_ms over all profile rows"};
constexpr Key<I> profile_iterations{"profile_iterations", Unit::count,
                                    "inferences that the profile averages"};
constexpr Key<I> profile_rows{"profile_rows", Unit::count, "rows of the profile"};
constexpr Key<I> matched_rows{"matched_rows", Unit::count, "of those: joined with a layer"};
constexpr Key<T> latency_source{"end_to_end_source", Unit::none, "timing or log"};
constexpr Key<double> median{"end_to_end_median_ms", ms, "end-to-end latency: median"};
constexpr Key<double> p90{"end_to_end_p90_ms", ms, "90th percentile, by trtexec's rule"};
constexpr Key<double> p95{"end_to_end_p95_ms", ms, "95th percentile"};
constexpr Key<double> p99{"end_to_end_p99_ms", ms, "99th percentile"};
constexpr Key<double> mean{"end_to_end_mean_ms", ms, "mean"};
constexpr Key<double> least{"end_to_end_min_ms", ms, "least"};
constexpr Key<double> most{"end_to_end_max_ms", ms, "most"};
constexpr Key<I> inferences{"inference_count", Unit::count, "inferences in the timing file"};
constexpr Key<double> throughput{"throughput_qps", Unit::none, "inferences a second, as logged"};
constexpr Key<I> weights_bytes{"weights_bytes", Unit::bytes, "weights of all layers"};
constexpr Key<bool> weights_lower_bound{"weights_lower_bound", Unit::none,
                                        "some layer does not state its weights"};
constexpr Key<I> constant_bytes{"constant_bytes", Unit::bytes,
                                "read, never written, no engine input: constants"};
constexpr Key<I> activation_bytes{"activation_bytes", Unit::bytes, "activations, each once"};
constexpr Key<I> peak_activation_bytes{"peak_activation_bytes", Unit::bytes,
                                       "activations live at once, at most"};
constexpr Key<bool> activation_lower_bound{"activation_lower_bound", Unit::none,
                                           "some tensor's size is not known"};
constexpr Key<I> finding_count{"finding_count", Unit::count, "rows in `findings`"};
constexpr Key<double> recoverable_ms{"recoverable_ms", ms,
                                     "what all findings together could win, no time twice"};
constexpr Key<I> note_count{"note_count", Unit::count, "rows in `notes`"};
constexpr Key<T> path{"path", Unit::none, "graph file, else the first of the engine's files"};
}  // namespace engines_column

// One row, a value at a time; what is empty or not a finite number is unknown.
class OneRow {
 public:
  explicit OneRow(const std::shared_ptr<StringPool>& strings) : table_(strings) {}

  void set(Key<T> key, std::string_view value) {
    table_.add(
        key, std::vector<StringId>{value.empty() ? null_string : table_.strings()->intern(value)});
  }
  template <class Integer>
  void set(Key<I> key, std::optional<Integer> value) {
    table_.add(key, std::vector<I>{value ? static_cast<I>(*value) : null_integer});
  }
  void set(Key<I> key, I value) { table_.add(key, std::vector<I>{value}); }
  void set(Key<double> key, std::optional<double> value) {
    const bool known = value && std::isfinite(*value);
    table_.add(key, std::vector<double>{known ? *value : null_real});
  }
  void set(Key<bool> key, bool value) {
    table_.add(key, std::vector<std::uint8_t>{static_cast<std::uint8_t>(value)});
  }
  Table take() && { return std::move(table_); }

 private:
  Table table_;
};

std::string_view without_endings(std::string_view name) {
  static constexpr std::string_view endings[] = {".onnx", ".engine", ".plan", ".trt"};
  for (bool cut = true; cut;) {
    cut = false;
    for (const std::string_view ending : endings) {
      if (name.size() <= ending.size() || !ends_with(name, ending)) continue;
      name.remove_suffix(ending.size());
      cut = true;
    }
  }
  return name;
}

// A log of Windows separates folders by '\'.
std::string_view model_of(const Engine& engine) {
  for (const Metadata* metadata : {&engine.build_metadata, &engine.profile_metadata}) {
    const Json* value = metadata->find("model_options", "Model");
    if (value == nullptr || value->text() == nullptr) continue;
    std::string_view file = trim(*value->text());
    file.remove_prefix(file.find_last_of("/\\") + 1);
    if (!file.empty()) return without_endings(file);
  }
  return without_endings(engine.name);
}

std::optional<double> fact(const Engine& engine, std::string_view name) {
  for (const Metadata* metadata : {&engine.build_metadata, &engine.profile_metadata}) {
    for (const LogFact& stated : metadata->facts) {
      if (stated.name == name && std::isfinite(stated.value)) return stated.value;
    }
  }
  return std::nullopt;
}

void add_machine(OneRow& row, const Engine& engine) {
  using namespace engines_column;
  const Device device = device_of(engine);
  row.set(gpu, device.name);
  const std::optional<int> capability = device.compute_capability;
  row.set(compute_capability,
          capability ? fmt::format("{}.{}", *capability / 10, *capability % 10) : "");
  row.set(sms, device.sms);
  row.set(clock_mhz, device.clock_mhz);
  row.set(bandwidth_gbps, device.bandwidth_gbps);
}

void add_build(OneRow& row, const Engine& engine) {
  using namespace engines_column;
  row.set(tensorrt_version, compare::tensorrt_version(engine));
  row.set(schema, engine.schema);
  row.set(verbosity, compare::verbosity_word(engine.verbosity));
  row.set(opt_profile, I{engine.opt_profile});
  row.set(opt_profile_count, I{engine.opt_profile_count});
  row.set(batch_size, compare::batch_size(engine));
  const Json* precision = engine.build_metadata.find("build_options", "Precision");
  const bool has_precision = precision != nullptr && precision->text() != nullptr;
  row.set(precision_flags, has_precision ? std::string_view(*precision->text()) : "");
  row.set(builder, report::said_builder(engine));
  const std::optional<double> seconds = fact(engine, "build_seconds");
  row.set(build_seconds, seconds ? seconds : fact(engine, "generation_seconds"));
  const std::optional<double> bytes = fact(engine, "engine_bytes");
  const bool countable = bytes && *bytes >= 0 && *bytes < 9007199254740992.0;  // 2^53
  row.set(engine_bytes, countable ? std::optional<double>(std::round(*bytes)) : std::nullopt);
}

void add_times(OneRow& row, const Engine& engine) {
  using namespace engines_column;
  const EndToEnd latency = end_to_end(engine);
  const bool is_profiled = engine.profile.present;
  row.set(profile_iterations, engine.profile.iterations);
  row.set(profile_rows, is_profiled ? engine.profile.rows : null_integer);
  row.set(matched_rows, is_profiled ? engine.profile.matched_rows : null_integer);
  row.set(latency_source, latency.source);
  row.set(median, latency.median);
  row.set(p90, latency.p90);
  row.set(p95, latency.p95);
  row.set(p99, latency.p99);
  row.set(mean, latency.mean);
  row.set(least, latency.min);
  row.set(most, latency.max);
  row.set(inferences, latency.count);
  row.set(throughput, throughput_qps(engine));
}

void add_totals(OneRow& row, const Engine& engine, const Totals& sums) {
  using namespace engines_column;
  // Without a graph and a profile no layer is known, which is not the same as none.
  const bool has_layers = engine.verbosity != Verbosity::unknown || engine.layer_count() > 0;
  row.set(layer_count, has_layers ? sums.layer_count : null_integer);
  row.set(file_layer_count, has_layers ? sums.file_layer_count : null_integer);
  row.set(layer_time_ms, sums.layer_time_ms);
  row.set(weights_bytes, sums.weights_bytes);
  row.set(weights_lower_bound, sums.weights_lower_bound);
  row.set(constant_bytes, sums.constant_bytes);
  row.set(activation_bytes, sums.activation_bytes);
  row.set(peak_activation_bytes, sums.peak_activation_bytes);
  row.set(activation_lower_bound, sums.activation_lower_bound);
}

Table make_engines(EngineTables& tables) {
  using namespace engines_column;
  const Engine& engine = tables.engine();
  OneRow row(engine.strings);
  row.set(model, model_of(engine));
  row.set(date, tables.identity().date);
  add_machine(row, engine);
  add_build(row, engine);
  add_times(row, engine);
  add_totals(row, engine, totals(engine, tables.memory()));
  const FoundIn& found = tables.findings();
  row.set(finding_count, static_cast<I>(found.evidence.size() + found.findings.size()));
  row.set(recoverable_ms, found.recoverable_ms);
  row.set(note_count, static_cast<I>(engine.notes.size()));
  row.set(path, engine.sources.empty() ? "" : engine.sources.front().path);
  return std::move(row).take();
}

}  // namespace

TableSpec engines_spec() {
  using namespace engines_column;
  return {"engines", "an engine, as its files were loaded",
          engine_columns(model, gpu, tensorrt_version, date, layer_count, file_layer_count,
                         layer_time_ms, latency_source, median, p90, p95, p99, mean, least, most,
                         inferences, throughput, weights_bytes, weights_lower_bound, constant_bytes,
                         activation_bytes, peak_activation_bytes, activation_lower_bound,
                         finding_count, recoverable_ms, note_count, batch_size, precision_flags,
                         builder, build_seconds, engine_bytes, compute_capability, sms, clock_mhz,
                         bandwidth_gbps, schema, verbosity, opt_profile, opt_profile_count,
                         profile_iterations, profile_rows, matched_rows, path),
          make_engines};
}

}  // namespace trex::store

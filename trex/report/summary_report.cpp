// `trex summary`: what the engine is, in one screen.
//
// The sum of the layers and the end-to-end latency stand side by side, with the reason why they
// differ: users take one for the other. What the files do not say is null, never 0.

// SPDX-License-Identifier: Apache-2.0
#include "trex/report/summary_report.hpp"
#include "trex/report/known.hpp"

#include <fmt/format.h>

#include <algorithm>

#include <cmath>

#include "trex/analyze/memory.hpp"
#include "trex/analyze/summary.hpp"
#include "trex/base/text.hpp"
#include "trex/base/units.hpp"
#include "trex/compare/comparable.hpp"
#include "trex/document/units.hpp"
#include "trex/report/bindings.hpp"
#include "trex/report/facts.hpp"
#include "trex/report/hidden_layers.hpp"

namespace trex::report {
namespace {

constexpr std::size_t top_count = 10;
constexpr std::size_t people_types = 8;

std::string said_schema(const Engine& engine) {
  std::string text = engine.schema;
  if (const std::string version = compare::tensorrt_version(engine); !version.empty()) {
    const bool has_graph = engine.verbosity != Verbosity::unknown;
    text = fmt::format("TensorRT {}, {}{}", version, has_graph ? "schema of " : "", engine.schema);
  }
  if (engine.verbosity == Verbosity::detailed) text += ", detailed verbosity";
  if (engine.opt_profile_count > 1) {
    text += fmt::format(", optimization profile {} of {}", engine.opt_profile,
                        engine.opt_profile_count);
  }
  return text;
}

// A fact for programs alone.
Fact data(std::string key, Json value) {
  return {.key = std::move(key), .label = "", .value = std::move(value)};
}
// A sentence for people alone.
Fact sentence(std::string label, std::string text) {
  return {.key = "", .label = text.empty() ? "" : std::move(label), .value = std::move(text)};
}

FactsBlock identity(const Engine& engine, const Totals& totals, const Device& device) {
  const std::string hidden = said_hidden_layers(engine);
  // Without a graph and a profile no layer is known, which is not the same as none.
  const bool has_layers = engine.verbosity != Verbosity::unknown || engine.layer_count() > 0;
  const std::string remark =
      hidden.empty() ? ""
                     : fmt::format("{} in the file; hidden: {}", totals.file_layer_count, hidden);
  FactsBlock block;
  block.facts = {
      data("name", engine.name),
      data("schema", known(engine.schema)),
      data("tensorrt_version", known(compare::tensorrt_version(engine))),
      data("verbosity", known(std::string(compare::verbosity_word(engine.verbosity)))),
      data("opt_profile", engine.opt_profile),
      data("opt_profile_count", engine.opt_profile_count),
      sentence("engine", said_schema(engine)),
      sentence("device", said_device(device)),
      sentence("builder", said_builder(engine)),
      sentence("build", said_build(engine)),
      {.key = "layer_count",
       .label = "layers",
       .value = has_layers ? Json(totals.layer_count) : Json(),
       .unit = Unit::count,
       .remark = remark},
      data("file_layer_count", has_layers ? Json(totals.file_layer_count) : Json()),
  };
  return block;
}

FactsBlock layer_time(const Engine& engine, const Totals& totals) {
  FactsBlock block;
  std::string remark;
  if (engine.profile.present) {
    remark = fmt::format("sum over {} profile rows", engine.profile.rows);
    if (engine.profile.iterations != null_integer) {
      remark += fmt::format(", mean of {} iterations", engine.profile.iterations);
    }
  } else {
    remark = "no profile";
  }
  block.facts.push_back({.key = "layer_time_ms",
                         .label = "layer time",
                         .value = totals.layer_time_ms,
                         .unit = Unit::milliseconds,
                         .remark = remark});
  return block;
}

std::string said_source(const EndToEnd& latency) {
  std::string text = latency.source == "timing" ? "timing file" : latency.source;
  if (latency.count) text += fmt::format(", {} inferences", *latency.count);
  return text;
}

// Of what was given, nothing tells the latency: what then is missing?
std::string said_missing(const Engine& engine) {
  const auto has = [&](std::string_view kind) {
    return std::any_of(engine.sources.begin(), engine.sources.end(),
                       [&](const SourceFile& source) { return source.kind == kind; });
  };
  const std::string timing = has("timing") ? "no latency in the timing file" : "no timing file";
  const bool log = has("profile log") || has("build log");
  const bool metadata = has("profile metadata") || has("build metadata");
  if (log) return timing + ", and the log has no performance summary";
  if (metadata) return timing + ", and the metadata has no performance summary";
  return timing + " and no log";
}

FactsBlock end_to_end_block(const Engine& engine, const EndToEnd& latency) {
  FactsBlock block{.key = "end_to_end_ms", .title = "end to end", .facts = {}, .one_line = true};
  block.facts.push_back({.key = "source", .label = "", .value = known(latency.source)});
  const bool is_known = !latency.source.empty();
  const auto add = [&](const char* name, double value) {
    block.facts.push_back({.key = name,
                           .label = is_known && std::isfinite(value) ? name : "",
                           .value = known(value),
                           .unit = Unit::milliseconds});
  };
  add("median", latency.median);
  add("p90", latency.p90);
  add("p95", latency.p95);
  add("p99", latency.p99);
  add("mean", latency.mean);
  add("min", latency.min);
  add("max", latency.max);
  block.facts.push_back({.key = "count", .label = "", .value = Json(latency.count)});
  if (is_known) {
    block.remark = said_source(latency);
  } else {
    block.facts.push_back({.key = "", .label = "unknown:", .value = said_missing(engine)});
  }
  return block;
}

std::string said_activations(const Engine& engine, const Totals& totals,
                             const ActivationMemory& memory) {
  if (!totals.activation_bytes) return "unknown";
  const char* at_least = totals.activation_lower_bound ? "at least " : "";
  std::string text = fmt::format("{}{} in all", at_least, human_bytes(*totals.activation_bytes));
  if (totals.peak_activation_bytes) {
    text += fmt::format(", {}{} live at the peak", at_least,
                        human_bytes(*totals.peak_activation_bytes));
    if (memory.peak_layer) {
      text += fmt::format(" (layer {})", *engine.layers[layer::index][*memory.peak_layer]);
    }
  }
  return text;
}

std::string said_evidence(const Engine& engine) {
  const std::size_t count = engine.notes.size();
  const std::string notes =
      count == 0 ? "no load notes" : counted(count, "load note") + ": see trex check";
  return fmt::format("{}; {}", said_pairing(engine), notes);
}

// Generated kernels state no weights; what they read that nothing writes is mostly that.
std::string said_weights(const Totals& totals) {
  std::string text = !totals.weights_bytes ? "unknown"
                     : totals.weights_lower_bound
                         ? fmt::format("at least {}", human_bytes(*totals.weights_bytes))
                         : human_bytes(*totals.weights_bytes);
  if (totals.constant_bytes) {
    text += fmt::format("; {} of constants read as inputs", human_bytes(*totals.constant_bytes));
  }
  return text;
}

FactsBlock sizes(const Engine& engine, const Totals& totals, const ActivationMemory& memory,
                 const std::string& difference) {
  const std::optional<double> throughput = throughput_qps(engine);
  FactsBlock block;
  block.facts = {
      {.key = "difference",
       .label = difference.empty() ? "" : "difference",
       .value = known(difference)},
      sentence("throughput", throughput ? fixed(*throughput, 1) + " queries/s" : ""),
      sentence("weights", said_weights(totals)),
      data("weights_bytes", Json(totals.weights_bytes)),
      data("weights_lower_bound", totals.weights_lower_bound),
      data("constant_bytes", Json(totals.constant_bytes)),
      sentence("activations", said_activations(engine, totals, memory)),
      data("activation_bytes", Json(totals.activation_bytes)),
      data("peak_activation_bytes", Json(totals.peak_activation_bytes)),
      data("activation_lower_bound", totals.activation_lower_bound),
      sentence("evidence", said_evidence(engine)),
  };
  return block;
}

TableBlock mix(const Engine& engine, std::string key, std::string title,
               const std::string& column) {
  TableBlock block{
      .key = std::move(key), .title = std::move(title), .table = breakdown(engine, column)};
  block.people_rows = people_types;
  if (engine.profile.present) {
    block.text_columns = {column, "count", "time_ms", "share"};
    block.bar_columns = {"count", "share"};
  } else {
    block.text_columns = {column, "count", "io_bytes", "weights_bytes"};
    block.bar_columns = {"count"};
  }
  return block;
}

// The slowest layers, with the share of the time that they have together so far.
TableBlock top_layers(const Engine& engine) {
  const View<bool> is_hidden = engine.layers[layer::hidden];
  const View<double> time = engine.layers[layer::time_ms];
  Table top = engine.layers
                  .filter([&](Row row) { return !is_hidden.is_true(row) && time[row].has_value(); })
                  .top(top_count, layer::time_ms.name)
                  .select({"index", "name", "type", "precision", "time_ms", "share", "tactic"});
  std::vector<double> together;
  double sum = 0;
  const View<double> share = top[layer::share];
  for (Row row = 0; row < top.row_count(); ++row) {
    sum += share[row].value_or(0);
    together.push_back(share[row] ? sum : null_real);
  }
  static constexpr Key<double> running_share{"cum_share", Unit::fraction,
                                             "share of this and the slower layers"};
  top.add(running_share, std::move(together));
  TableBlock block{.key = "top_layers",
                   .title = fmt::format("The {} slowest layers", top.row_count()),
                   .table = top};
  block.text_columns = {"index",   "name",  "type",      "precision",
                        "time_ms", "share", "cum_share", "tactic"};
  block.optional_columns = {"cum_share", "index", "tactic"};
  if (engine.verbosity != Verbosity::detailed) {
    block.text_columns = {"index", "name", "time_ms", "share", "cum_share"};
  }
  return block;
}

TableBlock for_programs(std::string key, Table table) {
  TableBlock block{.key = std::move(key), .title = "", .table = std::move(table)};
  block.audience = Audience::programs;
  return block;
}
JsonBlock for_programs(std::string key, Json value) {
  return {std::move(key), "", std::move(value), Audience::programs};
}

void add_tables(std::vector<Block>& blocks, const Engine& engine) {
  TableBlock precisions = mix(engine, "by_precision", "By precision", "precision");
  TableBlock types = mix(engine, "by_type", "By layer type", "type");
  if (engine.verbosity != Verbosity::detailed) {
    precisions.audience = types.audience = Audience::programs;
  }
  blocks.emplace_back(std::move(precisions));
  blocks.emplace_back(std::move(types));
  TableBlock top = top_layers(engine);
  if (top.table.row_count() == 0) top.audience = Audience::programs;
  blocks.emplace_back(std::move(top));
}

constexpr const char* names_only_advice =
    "The engine was built without detailed profiling verbosity, so only names are known: rebuild "
    "it "
    "with trtexec --profilingVerbosity=detailed to see types, tactics and tensors.";
constexpr const char* no_graph_advice =
    "No graph file was given, so types, tactics and tensors are unknown: write it with trtexec "
    "--exportLayerInfo=FILE --profilingVerbosity=detailed.";

}  // namespace

Document summary_report(const Engine& engine) {
  const ActivationMemory memory = activation_memory(engine);
  const Totals sums = totals(engine, memory);
  const EndToEnd latency = end_to_end(engine);
  const Device device = device_of(engine);
  const std::string difference = explain_difference(engine, latency);

  Document document{.title = engine.name, .blocks = {}};
  std::vector<Block>& blocks = document.blocks;
  blocks.emplace_back(identity(engine, sums, device));
  blocks.emplace_back(layer_time(engine, sums));
  blocks.emplace_back(end_to_end_block(engine, latency));
  blocks.emplace_back(sizes(engine, sums, memory, difference));
  if (engine.verbosity != Verbosity::detailed) {
    const bool has_graph = engine.verbosity != Verbosity::unknown;
    blocks.emplace_back(ParagraphBlock{has_graph ? names_only_advice : no_graph_advice, true});
  }
  blocks.emplace_back(bindings_data(engine));
  blocks.emplace_back(for_programs("optimization_profiles", engine.profile_bindings));
  if (engine.bindings.row_count() > 0) blocks.emplace_back(bindings_for_people(engine));
  add_tables(blocks, engine);

  const Metadata& stated =
      engine.profile_metadata.entries.empty() ? engine.build_metadata : engine.profile_metadata;
  blocks.emplace_back(for_programs("device", device_json(device, stated)));
  blocks.emplace_back(for_programs("builder", builder_json(engine)));
  blocks.emplace_back(for_programs("performance", performance_json(engine)));
  blocks.emplace_back(for_programs("inference", inference_json(engine)));
  blocks.emplace_back(for_programs("sources", sources_table(engine)));
  blocks.emplace_back(for_programs("notes", notes_table(engine)));
  return document;
}

}  // namespace trex::report

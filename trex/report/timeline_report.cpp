// One inference as a timeline.

// SPDX-License-Identifier: Apache-2.0
#include "trex/report/timeline_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>

#include "trex/analyze/summary.hpp"
#include "trex/base/text.hpp"
#include "trex/compare/comparable.hpp"
#include "trex/model/regions.hpp"
#include "trex/report/facts.hpp"
#include "trex/report/known.hpp"
#include "trex/report/layer_table.hpp"
#include "trex/report/lint_findings.hpp"

namespace trex::report {
namespace {

// A layer's time past a thousand seconds is no time; nanoseconds of millions of layers then fit.
constexpr double longest_ms = 1e6;
// Arrows from one finding: a rule about every layer would hide the picture behind them.
constexpr std::size_t most_arrows = 32;
constexpr std::uint32_t no_span = UINT32_MAX;

constexpr std::string_view placement =
    "Layers have measured durations but no measured start: each is placed as early as its stream, "
    "its inputs and the meeting points of streams allow, in the file's order.";

// The tracks: one a stream that the file names, in their order.
struct Streams {
  std::vector<std::string> names;
  std::vector<std::uint32_t> of_layer;
};

Streams streams_of(const Engine& engine) {
  const auto stream = engine.layers[layer::stream];
  std::map<std::optional<std::int64_t>, std::uint32_t> numbers;
  for (Row row = 0; row < engine.layer_count(); ++row) numbers.try_emplace(stream[row], 0);
  Streams result;
  for (auto& [id, number] : numbers) {
    number = static_cast<std::uint32_t>(result.names.size());
    const char* unknown = numbers.size() == 1 ? "layers" : "stream not known";
    result.names.push_back(id ? fmt::format("stream {}", *id) : unknown);
  }
  if (result.names.empty()) result.names.emplace_back("layers");
  for (Row row = 0; row < engine.layer_count(); ++row) {
    result.of_layer.push_back(numbers.at(stream[row]));
  }
  return result;
}

class TimelineMaker {
 public:
  explicit TimelineMaker(const Engine& engine)
      : engine_(engine), columns_(std::make_shared<Table>(layer_table(engine, {"all"}))) {}

  Timeline make() {
    timeline_.name = engine_.name;
    timeline_.remark = std::string(placement);
    timeline_.facts = facts();
    const Streams streams = streams_of(engine_);
    timeline_.tracks = streams.names;
    place_layers(streams);
    count_traffic(streams);
    count_memory();
    add_findings();
    timeline_.details = details();
    return std::move(timeline_);
  }

 private:
  Json facts() const {
    const Totals sums = totals(engine_);
    const EndToEnd latency = end_to_end(engine_);
    Json json;
    json.set("engine", engine_.name);
    json.set("schema", known(engine_.schema));
    json.set("tensorrt_version", known(compare::tensorrt_version(engine_)));
    json.set("device", known(said_device(device_of(engine_))));
    json.set("builder", known(said_builder(engine_)));
    json.set("layer_count", sums.layer_count);
    json.set("layer_time_ms", sums.layer_time_ms);
    json.set("end_to_end_median_ms", known(latency.median));
    json.set("profile_iterations", engine_.profile.iterations == null_integer
                                       ? Json()
                                       : Json(engine_.profile.iterations));
    return json;
  }

  void place_layers(const Streams& streams) {
    const auto time_ms = engine_.layers[layer::time_ms];
    const auto type = engine_.layers[layer::type];
    const auto name = engine_.layers[layer::name];
    const auto hidden = engine_.layers[layer::hidden];
    const Dependencies links = dependencies(engine_, false);
    std::vector<std::int64_t> free_ns(streams.names.size(), 0), end_ns(engine_.layer_count(), 0);
    begin_ns_.resize(engine_.layer_count(), 0);
    span_of_.resize(engine_.layer_count(), no_span);
    for (Row row = 0; row < engine_.layer_count(); ++row) {
      const std::uint32_t track = streams.of_layer[row];
      const bool meets = type[row] == "TrainStation";
      std::int64_t begin = free_ns[track];
      if (meets) begin = *std::max_element(free_ns.begin(), free_ns.end());
      for (const Row before : links.predecessors(row)) begin = std::max(begin, end_ns[before]);
      const std::optional<double> ms = time_ms[row];
      const bool is_known = ms && *ms >= 0 && *ms <= longest_ms;
      const std::int64_t duration = is_known ? std::llround(*ms * 1e6) : 0;
      begin_ns_[row] = begin;
      end_ns[row] = begin + duration;
      free_ns[track] = end_ns[row];
      if (meets) std::fill(free_ns.begin(), free_ns.end(), end_ns[row]);
      // What costs nothing and is hidden elsewhere is hidden here.
      if (hidden.is_true(row) && duration == 0) continue;
      std::string shown(name[row].empty() ? type[row] : name[row]);
      std::string category(type[row].empty() ? std::string_view("layer") : type[row]);
      if (is_known) {
        span_of_[row] = static_cast<std::uint32_t>(timeline_.spans.size());
        timeline_.spans.push_back(
            {track, begin, duration, std::move(shown), std::move(category), row});
      } else {
        Json unknown;
        unknown.set("index", engine_.layers[layer::index][row]);
        unknown.set("time_ms", Json());
        timeline_.points.push_back({track, begin, std::move(shown), "time not known", unknown, {}});
      }
    }
  }

  // Bytes moved per time, as the analyses count them, while a layer runs; between layers none.
  void count_traffic(const Streams& streams) {
    const auto gbps = (*columns_)[Key<double>{"gbps", Unit::gigabytes_per_second, ""}];
    std::vector<TimelineCounter> counters;
    for (const std::string& stream : streams.names) {
      const std::string suffix = streams.names.size() > 1 ? ", " + stream : "";
      counters.push_back({"memory traffic" + suffix, "GB/s", {}});
    }
    std::vector<std::int64_t> ends(counters.size(), -1);
    for (const TimelineSpan& span : timeline_.spans) {
      auto& values = counters[span.track].values;
      std::int64_t& end = ends[span.track];
      if (end >= 0 && end < span.start_ns) values.emplace_back(end, 0);
      const std::optional<double> rate = gbps[span.subject];
      if (rate && std::isfinite(*rate)) values.emplace_back(span.start_ns, *rate);
      end = span.start_ns + span.duration_ns;
    }
    for (std::size_t i = 0; i < counters.size(); ++i) {
      if (counters[i].values.empty()) continue;
      counters[i].values.emplace_back(ends[i], 0);
      timeline_.counters.push_back(std::move(counters[i]));
    }
  }

  void count_memory() {
    const auto live = (*columns_)[Key<std::int64_t>{"live_bytes", Unit::bytes, ""}];
    TimelineCounter counter{"live activations", "bytes", {}};
    std::int64_t last = 0;  // other streams may run ahead of the order in which memory is counted
    for (const TimelineSpan& span : timeline_.spans) {
      last = std::max(last, span.start_ns);
      const std::optional<std::int64_t> bytes = live[span.subject];
      if (bytes) counter.values.emplace_back(last, static_cast<double>(*bytes));
    }
    if (!counter.values.empty()) timeline_.counters.push_back(std::move(counter));
  }

  void add_findings() {
    const std::vector<const lint::Rule*> rules = lint::select_rules("all");
    const lint::Result result = lint::run(engine_, rules, lint::Thresholds());
    if (result.findings.empty() || timeline_.spans.empty()) return;
    const auto track = static_cast<std::uint32_t>(timeline_.tracks.size());
    timeline_.tracks.emplace_back("findings");
    for (const lint::Finding& finding : result.findings) {
      TimelinePoint point{.track = track, .name = std::string(finding.rule)};
      point.category = "finding," + std::string(lint::severity_name(finding.severity));
      bool is_placed = false;
      for (const Row row : finding.layers) {
        if (!is_placed || begin_ns_[row] < point.at_ns) point.at_ns = begin_ns_[row];
        is_placed = true;
        if (span_of_[row] != no_span && point.spans.size() < most_arrows) {
          point.spans.push_back(span_of_[row]);
        }
      }
      point.details.set("message", finding.message);
      point.details.set("severity", std::string(lint::severity_name(finding.severity)));
      if (!finding.mitigation.empty()) point.details.set("mitigation", finding.mitigation);
      point.details.set("layer_count", finding.layers.size());
      point.details.set("measured_ms", finding.measured_ms);
      point.details.set("recoverable_ms", finding.recoverable_ms);
      timeline_.points.push_back(std::move(point));
    }
  }

  // What a viewer shows of a span: known columns only.
  std::function<Json(std::uint32_t)> details() const {
    return [columns = columns_](std::uint32_t row) {
      static constexpr const char* shown[] = {
          "index",          "type",       "subtype",    "tactic",   "precision",
          "time_ms",        "median_ms",  "share",      "io_bytes", "weights_bytes",
          "macs",           "gbps",       "tflops",     "floor_ms", "bound",
          "recoverable_ms", "live_bytes", "source_ops", "origin",   "device"};
      Json json;
      for (const char* name : shown) {
        const Column* column = columns->find(name);
        if (column == nullptr || column->is_null(row)) continue;
        if (column->type() == ColumnType::integer) {
          json.set(name, column->integer(row));
        } else if (column->type() == ColumnType::real) {
          json.set(name, known(*column->real(row)));
        } else {
          json.set(name, column->cell(row));
        }
      }
      return json;
    };
  }

  const Engine& engine_;
  std::shared_ptr<Table> columns_;  // of every layer
  Timeline timeline_;
  std::vector<std::int64_t> begin_ns_;  // by layer row
  std::vector<std::uint32_t> span_of_;  // by layer row
};

}  // namespace

Timeline timeline(const Engine& engine) { return TimelineMaker(engine).make(); }

}  // namespace trex::report

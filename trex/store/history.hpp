// How did a model's engines get faster or slower over time, when did that change, and why?
//
// Engines of one model are put into series by what must not be mixed: the GPU and the inputs' batch
// always, the TensorRT version and the builder's precisions unless told otherwise. Within a series
// every figure is ordered by date and asked for change points (compare/change_points); a change is
// explained by the blocks, types and precisions whose time changed with it, and by what differs
// between the engines before and after.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "trex/compare/change_points.hpp"
#include "trex/table/table.hpp"

namespace trex::store {

// A figure of `engines` that a history may follow.
struct HistoryMetric {
  std::string_view name;    // "end_to_end", as --metric takes it
  std::string_view column;  // of the table `engines`
  std::string_view label;   // "latency, median"
  Unit unit = Unit::none;
  int better = 0;            // -1: lower is better, 1: higher
  bool has_records = false;  // the median of what `timing` holds
};
std::span<const HistoryMetric> history_metrics();
const HistoryMetric& find_history_metric(std::string_view name);  // throws Error, "did you mean"

struct HistoryEngine {
  std::string id, name, gpu, trt, path;
  std::string date;  // sorts as text: "2026-03-14", "2026-03-14 09:26:53"; "" when not known
  std::string precision_flags, builder;
  std::optional<std::int64_t> batch;
  double clock_mhz = null_real;
  std::vector<double> figures;  // by history_metrics(); NaN where unknown
};

// The engines of one model and, on request, more of some of them.
struct HistorySource {
  using Ids = std::vector<std::string>;
  std::string model;
  std::vector<HistoryEngine> engines;
  // Columns engine_id, scope, type, precision, layers (count), time_ms (sum): hidden layers left
  // out.
  std::function<Table(const Ids&)> parts;
  // engine_id, latency_ms, in the order of time; some thousands an engine are enough.
  std::function<Table(const Ids&)> records;
  // engine_id, name, type, precision, tactic, time_ms.
  std::function<Table(const Ids&)> layers;
};

struct HistoryQuery {
  std::string gpu, trt;      // part of the name; "" takes all
  std::string since, until;  // both included; a prefix of a date means all of it
  std::string metric;        // "": end_to_end where known, else layer_time
  bool across_trt = false, across_precision = false;
};

// A block, a layer type or a precision over a series; by point, NaN where it has no time.
struct PartTrend {
  std::string name;
  std::vector<double> time_ms;
  double before_ms = null_real, after_ms = null_real;  // first and last level of its own
  std::optional<std::size_t> changed_at;  // its largest change, at a false discovery rate of 5 %
};

// What a part adds to a change: means over the two levels.
struct PartChange {
  std::string kind, name;  // "block" "layers.3"; "type", "precision", "layer"
  double before_ms = 0, after_ms = 0;
  double delta_ms() const { return after_ms - before_ms; }
  std::optional<bool> significant;  // over the runs of both levels; nothing with one run
};

struct FactChange {
  std::string what, before, after;  // "TensorRT", "10.3.0", "10.7.0"
};

struct HistoryChange {
  compare::ChangePoint point;
  bool worse = false;
  std::vector<PartChange> blocks, types, precisions, layers;  // largest first
  std::vector<FactChange> facts;
};

struct HistorySeries {
  std::string gpu, trt, precision_flags;  // "" where several are in it, or unknown
  std::optional<std::int64_t> batch;
  const HistoryMetric* metric = nullptr;
  std::vector<const HistoryEngine*> points;
  std::vector<double> values;
  std::deque<compare::Sample> records;  // by point; empty where not asked for
  double noise = null_real;
  bool tested = false;
  std::vector<std::size_t> spikes;
  std::vector<HistoryChange> changes;
  std::vector<PartTrend> blocks, types, precisions;
  bool by_name = false;  // no engine has a date: ordered by name
};

struct History {
  std::string model;
  std::vector<HistorySeries> series;  // most engines first
  std::size_t engine_count = 0;       // that the query takes
  std::size_t undated = 0;            // left out: others of their series have a date
  std::size_t unmeasured = 0;         // left out: without the metric
};

// Throws Error where no engine is left, naming what there is. The source must outlive the result.
History history_of(const HistorySource& source, const HistoryQuery& query);

// Its parts. "engine9" before "engine10".
bool natural_less(std::string_view a, std::string_view b);
// Series without changes yet.
std::vector<HistorySeries> make_series(const HistorySource& source, const HistoryQuery& query,
                                       History& history);
// Blocks, types and precisions of a series, with their own changes.
void add_parts(HistorySeries& series, const HistorySource& source, compare::ChangePointTest& test);
void explain_change(const HistorySeries& series, const HistorySource& source,
                    HistoryChange& change);

}  // namespace trex::store

// A history: series, their change points, and what explains them.

// SPDX-License-Identifier: Apache-2.0
#include "trex/store/history.hpp"

#include <algorithm>
#include <map>

#include "trex/base/error.hpp"

namespace trex::store {
namespace {

// The runs next to a change whose records are asked for, on either side.
constexpr std::size_t asked_runs = 8;

std::vector<compare::SeriesPoint> points_of(const HistorySeries& series) {
  std::vector<compare::SeriesPoint> points;
  for (std::size_t i = 0; i < series.values.size(); ++i) {
    const bool has_records = i < series.records.size() && !series.records[i].values.empty();
    points.push_back({series.values[i], has_records ? &series.records[i] : nullptr});
  }
  return points;
}

void load_records(HistorySeries& series, const HistorySource& source,
                  const std::vector<bool>& wanted) {
  std::map<std::string, std::size_t> places;
  HistorySource::Ids ids;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (!wanted[i]) continue;
    places.emplace(series.points[i]->id, i);
    ids.push_back(series.points[i]->id);
  }
  series.records.assign(series.points.size(), {});
  if (ids.empty() || !source.records) return;
  const Table table = source.records(ids);
  const Column& id = table.at("engine_id");
  const Column& latency = table.at("latency_ms");
  std::vector<std::vector<double>> values(series.points.size());
  for (Row row = 0; row < table.row_count(); ++row) {
    const auto place = places.find(std::string(id.text(row).value_or("")));
    const std::optional<double> value = latency.real(row);
    if (place != places.end() && value) values[place->second].push_back(*value);
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!values[i].empty()) series.records[i] = compare::make_sample(values[i]);
  }
}

// Records decide where engines are few; else they tell of the changes that the series has.
compare::ChangePoints find_changes(HistorySeries& series, const HistorySource& source,
                                   compare::ChangePointTest& test) {
  const std::size_t n = series.points.size();
  std::vector<bool> wanted(n, series.metric->has_records && n < compare::least_series);
  compare::ChangePoints found;
  if (n >= compare::least_series) {
    found = test.find(points_of(series));
    if (!series.metric->has_records || found.changes.empty()) return found;
    for (const compare::ChangePoint& change : found.changes) {
      const std::size_t from = change.at - std::min(change.at - change.first, asked_runs);
      const std::size_t to = change.at + std::min(change.last - change.at, asked_runs);
      std::fill(wanted.begin() + static_cast<std::ptrdiff_t>(from),
                wanted.begin() + static_cast<std::ptrdiff_t>(to), true);
    }
  }
  load_records(series, source, wanted);
  return test.find(points_of(series));
}

}  // namespace

History history_of(const HistorySource& source, const HistoryQuery& query) {
  History history;
  history.model = source.model;
  if (!query.metric.empty()) find_history_metric(query.metric);
  history.series = make_series(source, query, history);
  if (history.series.empty()) {
    if (history.engine_count == 0) fail("no engine of model '{}' in that time", source.model);
    fail("no engine of model '{}' states {}", source.model,
         query.metric.empty() ? "a latency or a profile" : "the figure '" + query.metric + "'");
  }
  compare::ChangePointTest test;
  for (HistorySeries& series : history.series) {
    compare::ChangePoints found = find_changes(series, source, test);
    series.noise = found.noise;
    series.tested = found.tested;
    series.spikes = std::move(found.spikes);
    add_parts(series, source, test);
    for (const compare::ChangePoint& point : found.changes) {
      HistoryChange change;
      change.point = point;
      change.worse = point.ratio * series.metric->better < 0;
      explain_change(series, source, change);
      series.changes.push_back(std::move(change));
    }
  }
  return history;
}

}  // namespace trex::store

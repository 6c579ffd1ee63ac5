// Which engines stand in one series, and in which order.

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "trex/base/error.hpp"
#include "trex/base/suggest.hpp"
#include "trex/base/text.hpp"
#include "trex/store/history.hpp"

namespace trex::store {
namespace {

bool is_decimal(char c) { return c >= '0' && c <= '9'; }

// The digits at the beginning, without leading zeros.
std::string_view number_of(std::string_view text, std::size_t& length) {
  length = 0;
  while (length < text.size() && is_decimal(text[length])) ++length;
  std::string_view number = text.substr(0, length);
  while (number.size() > 1 && number[0] == '0') number.remove_prefix(1);
  return number;
}

// Within [since, until]: a bound of "2026-03" takes in all of March.
bool in_time(const std::string& date, const HistoryQuery& query) {
  if (!query.since.empty() && (date.empty() || date < query.since)) return false;
  if (query.until.empty()) return true;
  return !date.empty() && date.substr(0, query.until.size()) <= query.until;
}

// Whether the engines hold a GPU (a version ...) that the query names a part of.
template <class Value>
void check_filter(const HistorySource& source, std::string_view option, const std::string& wanted,
                  Value value) {
  if (wanted.empty()) return;
  std::set<std::string> known;
  for (const HistoryEngine& engine : source.engines) {
    if (contains_ignoring_case(value(engine), wanted)) return;
    if (!value(engine).empty()) known.insert(value(engine));
  }
  fail("{}: model '{}' has no engine of '{}'{}", option, source.model, wanted,
       did_you_mean(wanted, {known.begin(), known.end()}));
}

std::size_t metric_index(const HistoryMetric& metric) {
  return static_cast<std::size_t>(&metric - history_metrics().data());
}

bool is_usable(double value) { return std::isfinite(value) && value > 0; }

std::size_t known_count(const std::vector<const HistoryEngine*>& engines, std::size_t metric) {
  return static_cast<std::size_t>(std::count_if(
      engines.begin(), engines.end(),
      [&](const HistoryEngine* engine) { return is_usable(engine->figures[metric]); }));
}

// Latency end to end where it is known as often as the layers' time.
const HistoryMetric& usual_metric(const std::vector<const HistoryEngine*>& engines) {
  const HistoryMetric& latency = find_history_metric("end_to_end");
  const HistoryMetric& layers = find_history_metric("layer_time");
  return known_count(engines, metric_index(latency)) >= known_count(engines, metric_index(layers))
             ? latency
             : layers;
}

void sort_points(std::vector<const HistoryEngine*>& points) {
  std::stable_sort(points.begin(), points.end(),
                   [](const HistoryEngine* a, const HistoryEngine* b) {
                     if (a->date != b->date) return a->date < b->date;
                     if (natural_less(a->name, b->name)) return true;
                     if (natural_less(b->name, a->name)) return false;
                     // Builds of one name in folders that count up: build9 before build10.
                     if (natural_less(a->path, b->path)) return true;
                     if (natural_less(b->path, a->path)) return false;
                     return a->id < b->id;
                   });
}

HistorySeries series_of(std::vector<const HistoryEngine*> engines, const HistoryQuery& query,
                        History& history) {
  HistorySeries series;
  series.gpu = engines[0]->gpu;
  series.batch = engines[0]->batch;
  if (!query.across_trt) series.trt = engines[0]->trt;
  if (!query.across_precision) series.precision_flags = engines[0]->precision_flags;
  const auto is_undated = [](const HistoryEngine* engine) { return engine->date.empty(); };
  series.by_name = std::all_of(engines.begin(), engines.end(), is_undated);
  if (!series.by_name) history.undated += std::erase_if(engines, is_undated);
  series.metric =
      query.metric.empty() ? &usual_metric(engines) : &find_history_metric(query.metric);
  const std::size_t metric = metric_index(*series.metric);
  history.unmeasured += std::erase_if(
      engines, [&](const HistoryEngine* engine) { return !is_usable(engine->figures[metric]); });
  sort_points(engines);
  series.points = std::move(engines);
  for (const HistoryEngine* engine : series.points) {
    series.values.push_back(engine->figures[metric]);
  }
  return series;
}

}  // namespace

bool natural_less(std::string_view a, std::string_view b) {
  while (!a.empty() && !b.empty()) {
    if (is_decimal(a[0]) && is_decimal(b[0])) {
      std::size_t length_a = 0, length_b = 0;
      const std::string_view x = number_of(a, length_a), y = number_of(b, length_b);
      if (x.size() != y.size()) return x.size() < y.size();
      if (x != y) return x < y;
      a.remove_prefix(length_a);
      b.remove_prefix(length_b);
      continue;
    }
    if (a[0] != b[0]) return a[0] < b[0];
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  return a.size() < b.size();
}

std::vector<HistorySeries> make_series(const HistorySource& source, const HistoryQuery& query,
                                       History& history) {
  check_filter(source, "--gpu", query.gpu, [](const HistoryEngine& e) { return e.gpu; });
  check_filter(source, "--trt", query.trt, [](const HistoryEngine& e) { return e.trt; });
  using SeriesKey = std::tuple<std::string, std::int64_t, std::string, std::string>;
  std::map<SeriesKey, std::vector<const HistoryEngine*>> groups;
  for (const HistoryEngine& engine : source.engines) {
    if (!contains_ignoring_case(engine.gpu, query.gpu)) continue;
    if (!contains_ignoring_case(engine.trt, query.trt) || !in_time(engine.date, query)) continue;
    ++history.engine_count;
    groups[{engine.gpu, engine.batch.value_or(0), query.across_trt ? "" : engine.trt,
            query.across_precision ? "" : engine.precision_flags}]
        .push_back(&engine);
  }
  std::vector<HistorySeries> list;
  for (auto& group : groups) {
    HistorySeries series = series_of(std::move(group.second), query, history);
    if (!series.points.empty()) list.push_back(std::move(series));
  }
  std::stable_sort(list.begin(), list.end(), [](const HistorySeries& a, const HistorySeries& b) {
    return a.points.size() > b.points.size();
  });
  return list;
}

}  // namespace trex::store

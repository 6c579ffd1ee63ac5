// The tables that people see of one series: its engines, and its blocks, types and precisions.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "trex/report/compare_report.hpp"
#include "trex/store/history_report.hpp"

namespace trex::store {
namespace {

using T = std::string_view;
constexpr Key<T> date_key{"date", Unit::none, "when it was measured, else built"};
constexpr Key<T> engine_key{"engine", Unit::none, "name of the engine"};
constexpr Key<T> place_key{"least_to_most", Unit::none, "where the value lies"};
constexpr Key<T> remark_key{"what", Unit::none, "change, or a value that stands alone"};
constexpr Key<double> first_key{"first_ms", Unit::milliseconds, "its first level"};
constexpr Key<double> last_key{"last_ms", Unit::milliseconds, "its last level"};
constexpr Key<T> change_key{"change", Unit::none, "from the first level to the last"};
constexpr Key<T> changed_key{"changed_at", Unit::none, "its largest change"};
constexpr Key<T> trend_key{"trend", Unit::none, "the values in the order of time"};

constexpr std::size_t dots = 18, trend_width = 18;

// "····●·····": where a value lies between the least and the largest.
std::string dot_plot(double value, double least, double most) {
  const double part = most > least ? (value - least) / (most - least) : 0.5;
  const auto place = static_cast<std::size_t>(std::lround(part * static_cast<double>(dots - 1)));
  std::string text;
  for (std::size_t i = 0; i < dots; ++i) text += i == place ? "▆" : "·";
  return text;
}

std::string remark_at(const HistorySeries& series, std::size_t i) {
  for (const HistoryChange& change : series.changes) {
    if (change.point.at == i) return signed_percent(change.point.ratio);
  }
  const bool alone = std::count(series.spikes.begin(), series.spikes.end(), i) > 0;
  return alone ? "stands alone" : "";
}

TableBlock engines_block(const HistorySeries& series, const HistoryView& view) {
  const std::size_t n = series.points.size();
  const std::size_t from = view.engines > 0 && n > view.engines ? n - view.engines : 0;
  const auto [least, most] = std::minmax_element(series.values.begin(), series.values.end());
  const std::vector<std::string> all_labels = series_labels(series);
  std::vector<std::string> dates, labels, places, remarks;
  std::vector<double> values, levels;
  for (std::size_t i = from; i < n; ++i) {
    levels.push_back(level_at(series, i));
    dates.push_back(series.points[i]->date);
    labels.push_back(all_labels[i]);
    values.push_back(series.values[i]);
    places.push_back(dot_plot(series.values[i], *least, *most));
    remarks.push_back(remark_at(series, i));
  }
  Table table;
  table.add(date_key, dates).add(engine_key, labels);
  table.add(Key<double>{series.metric->column, series.metric->unit, series.metric->label},
            std::move(values));
  table.add(Key<double>{"level", series.metric->unit, "median between changes"}, std::move(levels));
  table.add(place_key, places).add(remark_key, remarks);
  TableBlock block{
      .key = "", .title = std::string(series.metric->label), .table = std::move(table)};
  block.audience = Audience::people;
  const std::string column(series.metric->column);
  if (series.by_name) {
    block.text_columns = {"engine", column, "least_to_most", "what"};
  } else {
    block.text_columns = {"date", "engine", column, "least_to_most", "what"};
  }
  block.charts.push_back(
      {.title = fmt::format("{}, {}", series.metric->label, series_title(series)),
       .kind = ChartKind::line,
       .label_column = series.by_name ? "engine" : "date",
       .value_columns = {column, "level"}});
  if (from > 0)
    block.remark = fmt::format("the newest {} of {} engines; --all shows all", n - from, n);
  return block;
}

// A row a part, those that changed most first; of those that did not, only where all are asked for.
TableBlock parts_block(const HistorySeries& series, std::string_view what,
                       const std::vector<PartTrend>& trends, const HistoryView& view) {
  std::vector<const PartTrend*> order;
  for (const PartTrend& trend : trends) {
    if (trend.changed_at || view.parts == 0) order.push_back(&trend);
  }
  const auto weight = [](const PartTrend* trend) {
    const double change = std::abs(trend->after_ms - trend->before_ms);
    return std::isfinite(change) ? change : 0;
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](const PartTrend* a, const PartTrend* b) { return weight(a) > weight(b); });
  const std::vector<std::string> labels = series_labels(series);
  std::vector<std::string> names, changes, changed, sparks;
  std::vector<double> first, last;
  for (const PartTrend* trend : order) {
    names.push_back(trend->name.empty() ? "unknown" : trend->name);
    first.push_back(trend->before_ms);
    last.push_back(trend->after_ms);
    const bool has_change = trend->changed_at.has_value();
    changes.push_back(has_change ? signed_percent(trend->after_ms / trend->before_ms - 1) : "");
    changed.push_back(has_change ? (series.by_name ? labels[*trend->changed_at]
                                                   : series.points[*trend->changed_at]->date)
                                 : "");
    sparks.push_back(sparkline(trend->time_ms, trend_width));
  }
  Table table;
  table.add(Key<T>{what, Unit::none, ""}, names).add(first_key, std::move(first));
  table.add(last_key, std::move(last)).add(change_key, changes);
  table.add(changed_key, changed).add(trend_key, sparks);
  TableBlock block{.key = "", .title = fmt::format("Time by {}", what), .table = std::move(table)};
  block.optional_columns = {"changed_at", "first_ms"};
  block.people_rows = view.parts;
  if (order.size() < trends.size()) {
    block.remark = fmt::format("{} of {} changed; --all shows all", order.size(), trends.size());
  }
  block.audience = Audience::people;
  return block;
}

std::string said_noise(const HistorySeries& series) {
  if (!std::isfinite(series.noise)) return "judged by the records of each run";
  return fmt::format("from one engine to the next {:.2f}% of noise (standard deviation)",
                     100 * series.noise);
}

}  // namespace

std::vector<std::string> series_labels(const HistorySeries& series) {
  std::vector<std::string> names, paths;
  for (const HistoryEngine* engine : series.points) {
    names.push_back(engine->name);
    paths.push_back(engine->path);
  }
  const bool are_distinct =
      std::set<std::string>(names.begin(), names.end()).size() == names.size();
  return report::short_labels(are_distinct ? names : paths);
}

double level_at(const HistorySeries& series, std::size_t i) {
  for (const HistoryChange& change : series.changes) {
    if (i < change.point.at) return change.point.before;
    if (i < change.point.last) return change.point.after;
  }
  return null_real;
}

std::string series_verdict(const HistorySeries& series) {
  if (!series.tested) {
    return series.metric->has_records
               ? "too few engines to look for changes: six, or a timing file of each"
               : "too few engines to look for changes: six at least";
  }
  return fmt::format("{}{}", series.changes.empty() ? "no change; " : "", said_noise(series));
}

std::vector<Block> series_blocks(const HistorySeries& series, const HistoryView& view) {
  std::vector<Block> blocks;
  std::vector<std::string> sentences = change_sentences(series, series_labels(series));
  sentences.push_back(series_verdict(series));
  blocks.emplace_back(ListBlock{series_title(series), std::move(sentences)});
  blocks.emplace_back(engines_block(series, view));
  const auto add = [&](std::string_view what, const std::vector<PartTrend>& trends) {
    TableBlock block = parts_block(series, what, trends, view);
    if (block.table.row_count() > 0) blocks.emplace_back(std::move(block));
  };
  add("block", series.blocks);
  add("type", series.types);
  add("precision", series.precisions);
  return blocks;
}

}  // namespace trex::store

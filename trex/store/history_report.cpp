// `trex history` as a document: for people a series after the other, for programs rows.

// SPDX-License-Identifier: Apache-2.0
#include "trex/store/history_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "trex/base/text.hpp"
#include "trex/document/units.hpp"
#include "trex/report/known.hpp"

namespace trex::store {
namespace {

using T = std::string_view;
using I = std::int64_t;

std::vector<std::string> title_parts(const HistorySeries& series) {
  std::vector<std::string> parts;
  parts.push_back(series.gpu.empty() ? "GPU unknown" : series.gpu);
  if (!series.trt.empty()) parts.push_back("TensorRT " + series.trt);
  if (series.batch) parts.push_back(fmt::format("batch {}", *series.batch));
  if (!series.precision_flags.empty()) parts.push_back(series.precision_flags);
  return parts;
}

std::vector<double> known_values(std::span<const double> values) {
  std::vector<double> known;
  for (const double value : values) {
    if (std::isfinite(value)) known.push_back(value);
  }
  std::sort(known.begin(), known.end());
  return known;
}

Json part_json(const PartChange& part) {
  Json item;
  item.set("kind", part.kind);
  item.set("name", part.name);
  item.set("before_ms", report::known(part.before_ms));
  item.set("after_ms", report::known(part.after_ms));
  item.set("delta_ms", report::known(part.delta_ms()));
  item.set("significant", Json(part.significant));
  return item;
}

Json change_json(const HistorySeries& series, const HistoryChange& change, std::string sentence) {
  const compare::ChangePoint& point = change.point;
  const HistoryEngine &from = *series.points[point.at - 1], &to = *series.points[point.at];
  Json item;
  item.set("from", from.name).set("from_id", from.id).set("from_date", report::known(from.date));
  item.set("to", to.name).set("to_id", to.id).set("to_date", report::known(to.date));
  item.set("from_path", report::known(from.path)).set("to_path", report::known(to.path));
  item.set("index", point.at);
  item.set("engines_before", point.at - point.first).set("engines_after", point.last - point.at);
  item.set("before", report::known(point.before)).set("after", report::known(point.after));
  item.set("change", report::known(point.ratio));
  item.set("low", report::known(point.interval.low));
  item.set("high", report::known(point.interval.high));
  item.set("p", report::known(point.p));
  item.set("superiority", report::known(point.ranks.superiority));
  item.set("basis", compare::basis_word(point.basis));
  item.set("worse", change.worse).set("sentence", std::move(sentence));
  Json facts{Json::Array{}}, parts{Json::Array{}};
  for (const FactChange& fact : change.facts) {
    facts.push(Json().set("what", fact.what).set("before", fact.before).set("after", fact.after));
  }
  for (const auto* list : {&change.blocks, &change.types, &change.precisions, &change.layers}) {
    for (const PartChange& part : *list) parts.push(part_json(part));
  }
  item.set("differs", std::move(facts)).set("parts", std::move(parts));
  return item;
}

Json trends_json(const std::vector<PartTrend>& trends) {
  Json list{Json::Array{}};
  for (const PartTrend& trend : trends) {
    Json item, times{Json::Array{}};
    for (const double value : trend.time_ms) times.push(report::known(value));
    item.set("name", trend.name);
    item.set("first_ms", report::known(trend.before_ms));
    item.set("last_ms", report::known(trend.after_ms));
    item.set("changed_at", trend.changed_at ? Json(*trend.changed_at) : Json());
    item.set("time_ms", std::move(times));
    list.push(std::move(item));
  }
  return list;
}

Json engines_json(const HistorySeries& series, const std::vector<std::string>& labels) {
  Json engines{Json::Array{}};
  for (std::size_t i = 0; i < series.points.size(); ++i) {
    const HistoryEngine& engine = *series.points[i];
    Json point;
    point.set("engine_id", engine.id).set("engine", engine.name).set("label", labels[i]);
    point.set("date", report::known(engine.date));
    point.set("tensorrt_version", report::known(engine.trt));
    point.set("gpu", report::known(engine.gpu)).set("path", report::known(engine.path));
    point.set("precision_flags", report::known(engine.precision_flags));
    point.set("value", report::known(series.values[i]));
    point.set("level", report::known(level_at(series, i)));
    engines.push(std::move(point));
  }
  return engines;
}

Json series_json(const HistorySeries& series) {
  const std::vector<std::string> labels = series_labels(series);
  const std::vector<std::string> sentences = change_sentences(series, labels);
  Json item;
  item.set("title", series_title(series)).set("verdict", series_verdict(series));
  item.set("gpu", report::known(series.gpu));
  item.set("tensorrt_version", report::known(series.trt));
  item.set("precision_flags", report::known(series.precision_flags));
  item.set("batch_size", Json(series.batch));
  item.set("metric", series.metric->name).set("metric_label", series.metric->label);
  item.set("unit", unit_symbol(series.metric->unit)).set("better", series.metric->better);
  item.set("by_name", series.by_name);
  item.set("noise", report::known(series.noise)).set("tested", series.tested);
  Json changes{Json::Array{}}, spikes{Json::Array{}};
  for (std::size_t i = 0; i < series.changes.size(); ++i) {
    changes.push(change_json(series, series.changes[i], sentences[i]));
  }
  for (const std::size_t spike : series.spikes) spikes.push(Json(spike));
  item.set("engines", engines_json(series, labels)).set("changes", std::move(changes));
  item.set("stand_alone", std::move(spikes));
  item.set("by_scope", trends_json(series.blocks)).set("by_type", trends_json(series.types));
  item.set("by_precision", trends_json(series.precisions));
  return item;
}

// Every engine of every series: what CSV shows.
TableBlock points_block(const History& history) {
  std::vector<std::string> ids, engines, dates, gpus, versions, precisions, metrics;
  std::vector<double> values, changes;
  std::vector<I> numbers, batches;
  for (std::size_t s = 0; s < history.series.size(); ++s) {
    const HistorySeries& series = history.series[s];
    for (std::size_t i = 0; i < series.points.size(); ++i) {
      const HistoryEngine& engine = *series.points[i];
      numbers.push_back(static_cast<I>(s));
      ids.push_back(engine.id);
      engines.push_back(engine.name);
      dates.push_back(engine.date);
      gpus.push_back(engine.gpu);
      versions.push_back(engine.trt);
      precisions.push_back(engine.precision_flags);
      batches.push_back(engine.batch.value_or(null_integer));
      metrics.emplace_back(series.metric->name);
      values.push_back(series.values[i]);
      const auto change = std::find_if(series.changes.begin(), series.changes.end(),
                                       [&](const HistoryChange& c) { return c.point.at == i; });
      changes.push_back(change == series.changes.end() ? null_real : change->point.ratio);
    }
  }
  Table table;
  table.add(Key<I>{"series", Unit::none, "number of the series"}, std::move(numbers));
  table.add(Key<T>{"date", Unit::none, ""}, dates).add(Key<T>{"engine", Unit::none, ""}, engines);
  table.add(Key<T>{"engine_id", Unit::none, ""}, ids).add(Key<T>{"gpu", Unit::none, ""}, gpus);
  table.add(Key<T>{"tensorrt_version", Unit::none, ""}, versions);
  table.add(Key<T>{"precision_flags", Unit::none, ""}, precisions);
  table.add(Key<I>{"batch_size", Unit::count, ""}, std::move(batches));
  table.add(Key<T>{"metric", Unit::none, ""}, metrics);
  table.add(Key<double>{"value", Unit::none, "the metric"}, std::move(values));
  table.add(Key<double>{"change", Unit::fraction, "a change that begins here"}, std::move(changes));
  TableBlock block{.key = "points", .title = "", .table = std::move(table)};
  block.audience = Audience::programs;
  return block;
}

// What all series say alike stands in the first; the names then differ in what they keep.
std::vector<std::string> short_titles(const History& history) {
  std::vector<std::vector<std::string>> parts;
  for (const HistorySeries& series : history.series) parts.push_back(title_parts(series));
  std::vector<std::string> titles;
  for (const std::vector<std::string>& own : parts) {
    std::vector<std::string> kept;
    for (const std::string& part : own) {
      const bool common = std::all_of(parts.begin(), parts.end(), [&](const auto& others) {
        return std::find(others.begin(), others.end(), part) != others.end();
      });
      if (!common) kept.push_back(part);
    }
    titles.push_back(kept.empty() ? "the rest" : join(kept, ", "));
  }
  return titles;
}

// A row a series; where there are several.
TableBlock overview(const History& history) {
  std::vector<std::string> trends, spans;
  std::vector<I> engines, changes;
  for (const HistorySeries& series : history.series) {
    const std::string &first = series.points.front()->date, &last = series.points.back()->date;
    spans.push_back(first == last ? first : first + " to " + last);
    engines.push_back(static_cast<I>(series.points.size()));
    changes.push_back(static_cast<I>(series.changes.size()));
    trends.push_back(sparkline(series.values, 16));
  }
  Table table;
  table.add(Key<T>{"series", Unit::none, ""}, short_titles(history));
  table.add(Key<T>{"dates", Unit::none, ""}, spans);
  table.add(Key<I>{"engines", Unit::none, ""}, std::move(engines));
  table.add(Key<I>{"changes", Unit::none, ""}, std::move(changes));
  table.add(Key<T>{"trend", Unit::none, ""}, trends);
  TableBlock block{.key = "", .title = "Series", .table = std::move(table)};
  block.optional_columns = {"dates"};
  block.audience = Audience::people;
  return block;
}

std::vector<std::string> left_out(const History& history) {
  std::vector<std::string> said;
  if (history.undated > 0) {
    said.push_back(fmt::format("{} left out: no log states a date, as for others of its series",
                               counted(history.undated, "engine")));
  }
  if (history.unmeasured > 0) {
    said.push_back(
        fmt::format("{} left out: without the figure", counted(history.unmeasured, "engine")));
  }
  const bool by_name = std::any_of(history.series.begin(), history.series.end(),
                                   [](const HistorySeries& s) { return s.by_name; });
  if (by_name) said.emplace_back("no log states a date: engines are ordered by name");
  return said;
}

}  // namespace

std::string sparkline(std::span<const double> values, std::size_t width) {
  static constexpr std::array<std::string_view, 8> levels{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  const std::vector<double> all = known_values(values);
  const std::size_t columns = std::min(width, values.size());
  std::string text;
  for (std::size_t i = 0; i < columns; ++i) {
    const std::size_t from = i * values.size() / columns, to = (i + 1) * values.size() / columns;
    const std::vector<double> here = known_values(values.subspan(from, to - from));
    if (here.empty()) {
      text += "·";
      continue;
    }
    const double range = all.back() - all.front();
    const double part = range > 0 ? (here[here.size() / 2] - all.front()) / range : 0;
    text += levels[std::min<std::size_t>(static_cast<std::size_t>(part * 8), 7)];
  }
  return text;
}

std::string series_title(const HistorySeries& series) { return join(title_parts(series), ", "); }

Document history_report(const History& history, const HistoryView& view) {
  Document document;
  document.title = fmt::format("{}: {} in {} series", history.model,
                               counted(history.engine_count, "engine"), history.series.size());
  FactsBlock facts{.key = "", .title = "", .facts = {}};
  facts.facts.push_back({.key = "model", .label = "", .value = Json(history.model)});
  facts.facts.push_back({.key = "engine_count", .label = "", .value = Json(history.engine_count)});
  facts.facts.push_back({.key = "undated", .label = "", .value = Json(history.undated)});
  facts.facts.push_back({.key = "unmeasured", .label = "", .value = Json(history.unmeasured)});
  Json remarks{Json::Array{}};
  const std::vector<std::string> left = left_out(history);
  for (const std::string& said : left) remarks.push(said);
  facts.facts.push_back({.key = "remarks", .label = "", .value = std::move(remarks)});
  document.blocks.emplace_back(std::move(facts));
  for (const std::string& said : left) {
    document.blocks.emplace_back(ParagraphBlock{said, true});
  }
  if (history.series.size() > 1) document.blocks.emplace_back(overview(history));
  const std::size_t shown =
      view.series == 0 ? history.series.size() : std::min(view.series, history.series.size());
  for (std::size_t i = 0; i < shown; ++i) {
    for (Block& block : series_blocks(history.series[i], view)) {
      document.blocks.push_back(std::move(block));
    }
  }
  if (shown < history.series.size()) {
    document.blocks.emplace_back(ParagraphBlock{
        fmt::format("{} more series; --all shows all", history.series.size() - shown)});
  }
  Json series{Json::Array{}};
  for (const HistorySeries& one : history.series) series.push(series_json(one));
  document.blocks.emplace_back(JsonBlock{
      .key = "series", .title = "", .value = std::move(series), .audience = Audience::programs});
  document.blocks.emplace_back(points_block(history));
  return document;
}

}  // namespace trex::store

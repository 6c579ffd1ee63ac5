// The figures of two engines side by side, the waterfall between them, and the gate.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "trex/base/text.hpp"
#include "trex/document/units.hpp"
#include "trex/report/diff_report.hpp"
#include "trex/report/known.hpp"

namespace trex::report {
namespace {

using T = std::string_view;

constexpr Key<T> total_figure_key{"figure", Unit::none, "what is compared"};
constexpr Key<T> total_a_key{"a", Unit::none, "of a"};
constexpr Key<T> total_b_key{"b", Unit::none, "of b"};
constexpr Key<T> total_delta_key{"delta", Unit::none, "b less a"};
constexpr Key<T> total_change_key{"change", Unit::none, "b / a - 1; ~ where it may be noise"};

Json interval_json(const compare::Interval& interval) {
  if (!interval.known()) return {};
  return Json::Array{known(interval.low), known(interval.high)};
}

// One figure of both engines.
Json figure_json(const compare::FigureSpec& spec, double a, double b, const DiffInput& in) {
  Json result;
  result.set("a", compare::figure_json(a, spec.unit));
  result.set("b", compare::figure_json(b, spec.unit));
  result.set("delta", compare::figure_json(b - a, spec.unit));
  result.set("ratio", a > 0 ? known(b / a - 1) : Json());
  if (spec.quantile != 0.5) return result;
  const compare::Change& change = in.difference.latency;
  result.set("interval", interval_json(change.interval));
  result.set("p", known(change.ranks.p));
  result.set("superiority", known(change.ranks.superiority));
  result.set("significant", Json(change.significant));
  return result;
}

struct Mix {  // of a, of b
  std::array<std::int64_t, 2> count{};
  std::array<double, 2> time{};
};

// Layers and their time by precision, hidden layers left out; by time in b, then in a.
std::vector<std::pair<std::string, Mix>> precision_mix(const DiffInput& in) {
  std::map<std::string, Mix> mixes;
  const compare::ComparedSide* sides[] = {&in.a, &in.b};
  for (std::size_t i = 0; i < 2; ++i) {
    const compare::ComparedSide& side = *sides[i];
    const auto precision = side.engine.layers[layer::precision];
    for (Row row = 0; row < side.engine.layer_count(); ++row) {
      if (side.context.hidden(row)) continue;
      Mix& mix = mixes[std::string(precision[row])];
      ++mix.count[i];
      mix.time[i] += side.context.time_ms(row).value_or(0);
    }
  }
  std::vector<std::pair<std::string, Mix>> list(mixes.begin(), mixes.end());
  std::stable_sort(list.begin(), list.end(), [](const auto& x, const auto& y) {
    return x.second.time[0] + x.second.time[1] > y.second.time[0] + y.second.time[1];
  });
  return list;
}

TableBlock precision_block(const DiffInput& in) {
  static constexpr Key<std::int64_t> count_a_key{"count_a", Unit::count, "layers of a"};
  static constexpr Key<std::int64_t> count_b_key{"count_b", Unit::count, "layers of b"};
  static constexpr Key<double> time_a_key{"time_a_ms", Unit::milliseconds, "their time"};
  static constexpr Key<double> time_b_key{"time_b_ms", Unit::milliseconds, "their time"};
  std::vector<std::int64_t> count_a, count_b;
  std::vector<double> time_a, time_b;
  std::vector<StringId> names;
  auto pool = std::make_shared<StringPool>();
  for (const auto& [name, mix] : precision_mix(in)) {
    names.push_back(name.empty() ? null_string : pool->intern(name));
    count_a.push_back(mix.count[0]);
    count_b.push_back(mix.count[1]);
    time_a.push_back(in.a.engine.profile.present ? mix.time[0] : null_real);
    time_b.push_back(in.b.engine.profile.present ? mix.time[1] : null_real);
  }
  Table table(pool);
  table.add(layer::precision, std::move(names));
  table.add(count_a_key, std::move(count_a)).add(count_b_key, std::move(count_b));
  table.add(time_a_key, std::move(time_a)).add(time_b_key, std::move(time_b));
  return {.key = "by_precision", .title = "By precision", .table = std::move(table)};
}

std::string said_total(double value, Unit unit) {
  return std::isfinite(value) ? said(Json(value), unit) : "-";
}

TableBlock totals_table(const DiffInput& in, const std::vector<double>& a,
                        const std::vector<double>& b) {
  std::vector<std::string> labels, of_a, of_b, deltas, changes;
  const auto specs = compare::figure_specs();
  for (std::size_t i = 0; i < specs.size(); ++i) {
    if (std::isnan(a[i]) && std::isnan(b[i])) continue;
    labels.emplace_back(specs[i].label);
    of_a.push_back(said_total(a[i], specs[i].unit));
    of_b.push_back(said_total(b[i], specs[i].unit));
    const std::string delta = said_total(std::abs(b[i] - a[i]), specs[i].unit);
    deltas.push_back(b[i] > a[i] ? "+" + delta : b[i] < a[i] ? "-" + delta : delta);
    std::string change = a[i] > 0 ? said_ratio(b[i] / a[i] - 1) : "-";
    const bool noise = specs[i].quantile == 0.5 && in.difference.latency.significant == false;
    changes.push_back(noise ? change + " ~" : change);
  }
  Table table;
  table.add(total_figure_key, labels).add(total_a_key, of_a).add(total_b_key, of_b);
  table.add(total_delta_key, deltas).add(total_change_key, changes);
  TableBlock block{.key = "", .title = "Figures", .table = std::move(table)};
  block.audience = Audience::people;
  return block;
}

// Where the step's bar lies between the least and the largest total: "····▆▆▆▆··".
std::string step_bar(double from, double to, double least, double most) {
  constexpr int width = 24;
  if (!(most > least)) return " ";
  const auto place = [&](double ms) {
    return static_cast<int>(std::lround((ms - least) / (most - least) * width));
  };
  const int low = place(std::min(from, to));
  const int high = std::clamp(place(std::max(from, to)), std::min(low + 1, width), width);
  std::string bar;
  for (int i = 0; i < width; ++i) bar += i >= std::min(low, width - 1) && i < high ? "▆" : "·";
  return bar;
}

Json details_json(const compare::Step& step) {
  Json list{Json::Array{}};
  for (const compare::Detail& detail : step.details) {
    Json item;
    item.set("what", detail.what);
    item.set("count", detail.count);
    item.set("delta_ms", known(detail.delta_ms));
    item.set("example", detail.example);
    list.push(std::move(item));
  }
  return list;
}

Json waterfall_json(const compare::Waterfall& waterfall) {
  Json list{Json::Array{}};
  for (const compare::Step& step : waterfall.steps) {
    Json item;
    item.set("cause", cause_name(step.cause));
    item.set("title", cause_title(step.cause));
    item.set("delta_ms", known(step.delta_ms));
    item.set("faster_ms", known(step.faster_ms));
    item.set("slower_ms", known(step.slower_ms));
    item.set("count", step.count);
    item.set("from_ms", known(step.from_ms));
    item.set("to_ms", known(step.to_ms));
    item.set("details", details_json(step));
    list.push(std::move(item));
  }
  return list;
}

}  // namespace

Json sample_json(const compare::Sample& sample) {
  const compare::SampleFigures f = compare::sample_figures(sample);
  if (f.count == 0) return {};
  Json result;
  result.set("count", f.count);
  result.set("median", known(f.median));
  result.set("p90", known(f.p90));
  result.set("p95", known(f.p95));
  result.set("p99", known(f.p99));
  result.set("mean", known(f.mean));
  result.set("min", known(f.min));
  result.set("max", known(f.max));
  result.set("deviation", known(f.deviation));
  result.set("quartile_spread", known(f.quartile_spread));
  result.set("correlation_time", known(f.correlation_time));
  result.set("median_interval", interval_json(f.median_interval));
  Json drift;
  drift.set("change", known(f.drift.change));
  drift.set("p", known(f.drift.p));
  drift.set("significant", f.drift.significant);
  result.set("drift", std::move(drift));
  Json modes{Json::Array{}};
  for (const compare::Mode& mode : f.modes) {
    Json item;
    item.set("center_ms", mode.center_ms);
    item.set("share", mode.share);
    modes.push(std::move(item));
  }
  result.set("modes", std::move(modes));
  return result;
}

std::vector<Block> totals_blocks(const DiffInput& in) {
  const std::vector<double> a = compare::figures_of(in.a), b = compare::figures_of(in.b);
  Json totals;
  const auto specs = compare::figure_specs();
  for (std::size_t i = 0; i < specs.size(); ++i) {
    totals.set(std::string(specs[i].key), figure_json(specs[i], a[i], b[i], in));
  }
  Json statistics;
  statistics.set("a", sample_json(in.a.sample));
  statistics.set("b", sample_json(in.b.sample));
  std::vector<Block> blocks;
  blocks.emplace_back(totals_table(in, a, b));
  blocks.emplace_back(JsonBlock{"totals", "", std::move(totals), Audience::programs});
  blocks.emplace_back(JsonBlock{"statistics", "", std::move(statistics), Audience::programs});
  TableBlock precisions = precision_block(in);
  const bool detailed =
      in.a.engine.verbosity == Verbosity::detailed || in.b.engine.verbosity == Verbosity::detailed;
  if (!detailed) precisions.audience = Audience::programs;
  blocks.emplace_back(std::move(precisions));
  return blocks;
}

std::vector<Block> waterfall_blocks(const DiffInput& in) {
  const compare::Waterfall& waterfall = in.difference.waterfall;
  std::vector<Block> blocks;
  blocks.emplace_back(JsonBlock{"waterfall", "", waterfall_json(waterfall), Audience::programs});
  if (waterfall.steps.empty()) return blocks;
  static constexpr Key<T> step_key{"step", Unit::none, "cause"};
  static constexpr Key<std::int64_t> count_key{"pairs", Unit::count, "groups of layers"};
  static constexpr Key<double> ms_key{"delta_ms", Unit::milliseconds, "what it adds"};
  static constexpr Key<double> total_key{"total_ms", Unit::milliseconds, "with the steps above"};
  static constexpr Key<T> bar_key{"from_a_to_b", Unit::none, "where it lies"};
  double least = std::min(waterfall.from_ms, waterfall.to_ms);
  double most = std::max(waterfall.from_ms, waterfall.to_ms);
  for (const compare::Step& step : waterfall.steps) {
    least = std::min(least, step.to_ms);
    most = std::max(most, step.to_ms);
  }
  std::vector<std::string> titles{in.a.engine.name};
  std::vector<std::int64_t> counts{null_integer};
  std::vector<double> deltas{null_real}, totals{waterfall.from_ms};
  std::vector<std::string> bars{" "};
  titles[0] = short_name(titles[0], 32);
  for (const compare::Step& step : waterfall.steps) {
    titles.emplace_back(cause_title(step.cause));
    counts.push_back(step.cause == compare::Cause::overhead
                         ? null_integer
                         : static_cast<std::int64_t>(step.count));
    deltas.push_back(step.delta_ms);
    totals.push_back(step.to_ms);
    bars.push_back(step_bar(step.from_ms, step.to_ms, least, most));
  }
  Table table;
  table.add(step_key, titles).add(count_key, std::move(counts));
  table.add(ms_key, std::move(deltas)).add(total_key, std::move(totals)).add(bar_key, bars);
  TableBlock block{
      .key = "",
      .title = fmt::format("Milliseconds by cause ({})",
                           waterfall.of == "layers" ? "sum of the layers" : "end to end, median"),
      .table = std::move(table)};
  block.optional_columns = {"from_a_to_b"};
  block.audience = Audience::people;
  blocks.emplace_back(std::move(block));
  return blocks;
}

std::vector<Block> gate_blocks(const compare::Gate& gate) {
  constexpr std::size_t most_details = 10;
  Json checks{Json::Array{}}, failed{Json::Array{}};
  std::vector<std::string> outcomes, details;
  for (const compare::GateCheck& check : gate.checks) {
    outcomes.push_back(
        fmt::format("{}  {}: {}", check.passed ? "ok" : "FAILED", check.rule, check.reason));
    Json item;
    item.set("rule", check.rule);
    item.set("passed", check.passed);
    item.set("reason", check.reason);
    Json list{Json::Array{}};
    for (const std::string& detail : check.details) list.push(detail);
    item.set("details", std::move(list));
    checks.push(std::move(item));
    if (check.passed) continue;
    failed.push(fmt::format("{}: {}", check.rule, check.reason));
    for (std::size_t i = 0; i < std::min(check.details.size(), most_details); ++i) {
      details.push_back(short_name(check.details[i], 160));
    }
  }
  Json json;
  json.set("passed", gate.passed);
  json.set("reasons", std::move(failed));
  json.set("checks", std::move(checks));
  std::vector<Block> blocks;
  blocks.emplace_back(JsonBlock{"gate", "", std::move(json), Audience::programs});
  blocks.emplace_back(
      ListBlock{gate.passed ? "Gate: passed" : "Gate: FAILED", std::move(outcomes)});
  blocks.emplace_back(ListBlock{"What fails it", std::move(details)});
  return blocks;
}

}  // namespace trex::report

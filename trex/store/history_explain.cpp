// What explains a change: the parts whose time changed with it, and what the engines state.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "trex/store/history.hpp"

namespace trex::store {
namespace {

constexpr double explained_discoveries = 0.05;
constexpr std::size_t most_layers = 20;
// Parts of a precision mix that are worth saying.
constexpr double least_share_change = 0.02;

std::vector<double> known_times(std::span<const double> values) {
  std::vector<double> known;
  for (const double value : values) {
    if (std::isfinite(value)) known.push_back(value);
  }
  return known;
}

double mean_time(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value / static_cast<double>(values.size());
  return sum;
}

void sort_by_size(std::vector<PartChange>& parts) {
  std::stable_sort(parts.begin(), parts.end(), [](const PartChange& a, const PartChange& b) {
    return std::abs(a.delta_ms()) > std::abs(b.delta_ms());
  });
}

// A part that has no time in a level where others have is not there, and takes none.
std::vector<PartChange> part_changes(std::string_view kind, const std::vector<PartTrend>& trends,
                                     const compare::ChangePoint& point) {
  std::vector<PartChange> parts;
  std::vector<double> p;
  for (const PartTrend& trend : trends) {
    const std::span<const double> times = trend.time_ms;
    const auto before = known_times(times.subspan(point.first, point.at - point.first));
    const auto after = known_times(times.subspan(point.at, point.last - point.at));
    if (before.empty() && after.empty()) continue;
    PartChange part{.kind = std::string(kind), .name = trend.name};
    part.before_ms = mean_time(before);
    part.after_ms = mean_time(after);
    p.push_back(compare::repeated_change(before, after).p);
    parts.push_back(std::move(part));
  }
  const std::vector<bool> holds = compare::discoveries(p, explained_discoveries);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!std::isnan(p[i])) parts[i].significant = holds[i];
  }
  sort_by_size(parts);
  return parts;
}

// Layers of the engines on both sides of the change, by name.
std::vector<PartChange> layer_changes(const HistorySource& source, const HistoryEngine& before,
                                      const HistoryEngine& after) {
  if (!source.layers || before.id == after.id) return {};
  const Table table = source.layers({before.id, after.id});
  const Column &id = table.at("engine_id"), &name = table.at("name"), &time = table.at("time_ms");
  std::map<std::string, PartChange> layers;
  for (Row row = 0; row < table.row_count(); ++row) {
    const std::optional<double> ms = time.real(row);
    if (!ms) continue;
    PartChange& layer = layers[std::string(name.text(row).value_or(""))];
    (id.text(row) == std::string_view(before.id) ? layer.before_ms : layer.after_ms) += *ms;
  }
  std::vector<PartChange> list;
  for (auto& [text, layer] : layers) {
    layer.kind = "layer";
    layer.name = text;
    list.push_back(std::move(layer));
  }
  sort_by_size(list);
  if (list.size() > most_layers) list.resize(most_layers);
  return list;
}

void add_fact(std::vector<FactChange>& facts, std::string what, std::string before,
              std::string after) {
  if (before == after || before.empty() || after.empty()) return;
  facts.push_back({std::move(what), std::move(before), std::move(after)});
}

std::string clock_text(double mhz) {
  return std::isfinite(mhz) ? fmt::format("{:.0f} MHz", mhz) : "";
}

// Parts of the time in each precision.
void add_precision_mix(std::vector<FactChange>& facts, const std::vector<PartChange>& precisions) {
  double before = 0, after = 0;
  for (const PartChange& part : precisions) {
    before += part.before_ms;
    after += part.after_ms;
  }
  if (!(before > 0) || !(after > 0)) return;
  for (const PartChange& part : precisions) {
    const double from = part.before_ms / before, to = part.after_ms / after;
    if (std::abs(to - from) < least_share_change) continue;
    add_fact(facts, "time in " + part.name, fmt::format("{:.0f}%", 100 * from),
             fmt::format("{:.0f}%", 100 * to));
  }
}

}  // namespace

void explain_change(const HistorySeries& series, const HistorySource& source,
                    HistoryChange& change) {
  const compare::ChangePoint& point = change.point;
  change.blocks = part_changes("block", series.blocks, point);
  change.types = part_changes("type", series.types, point);
  change.precisions = part_changes("precision", series.precisions, point);
  const HistoryEngine& before = *series.points[point.at - 1];
  const HistoryEngine& after = *series.points[point.at];
  change.layers = layer_changes(source, before, after);
  add_fact(change.facts, "TensorRT", before.trt, after.trt);
  add_fact(change.facts, "precisions allowed", before.precision_flags, after.precision_flags);
  add_fact(change.facts, "builder", before.builder.empty() ? "defaults" : before.builder,
           after.builder.empty() ? "defaults" : after.builder);
  add_fact(change.facts, "clock", clock_text(before.clock_mhz), clock_text(after.clock_mhz));
  for (std::size_t i = 0; i < history_metrics().size(); ++i) {
    const HistoryMetric& metric = history_metrics()[i];
    if (metric.name != "layers" || &metric == series.metric) continue;
    const auto text = [&](double value) {
      return std::isfinite(value) ? fmt::format("{:.0f}", value) : std::string();
    };
    add_fact(change.facts, "layers", text(before.figures[i]), text(after.figures[i]));
  }
  add_precision_mix(change.facts, change.precisions);
}

}  // namespace trex::store

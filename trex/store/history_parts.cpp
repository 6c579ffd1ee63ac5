// Which blocks, types and precisions have what time in each engine of a series?
//
// Blocks are the scopes of the layers' source nodes, as drawings have them, cut at the greatest
// depth that gives few enough. Within one model names hold from engine to engine; where they do
// not, `trex diff` of the two engines pairs the layers.

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>

#include "trex/base/text.hpp"
#include "trex/store/history.hpp"

namespace trex::store {
namespace {

constexpr std::size_t most_blocks = 48;  // as `trex compare` has them
constexpr std::size_t deepest_block = 6;
constexpr double false_discoveries = 0.05;
// A scope's text may be a megabyte in a hostile file.
constexpr std::size_t longest_scope = 1024;

struct PartRow {
  std::size_t point;
  std::string scope, type, precision;
  double time_ms;
};

std::vector<PartRow> rows_of(const HistorySeries& series, const HistorySource& source) {
  std::vector<PartRow> rows;
  if (!source.parts) return rows;
  HistorySource::Ids ids;
  std::unordered_map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < series.points.size(); ++i) {
    ids.push_back(series.points[i]->id);
    places.emplace(ids.back(), i);
  }
  const Table table = source.parts(ids);
  const Column &id = table.at("engine_id"), &scope = table.at("scope"), &type = table.at("type"),
               &precision = table.at("precision"), &time = table.at("time_ms");
  const auto text = [](const Column& column, Row row) {
    return std::string(column.text(row).value_or("").substr(0, longest_scope));
  };
  for (Row row = 0; row < table.row_count(); ++row) {
    const auto place = places.find(std::string(id.text(row).value_or("")));
    const double ms = time.real(row).value_or(null_real);
    if (place == places.end() || !std::isfinite(ms)) continue;
    rows.push_back({place->second, text(scope, row), text(type, row), text(precision, row), ms});
  }
  return rows;
}

// The first `depth` levels of a path.
std::string cut_scope(const std::string& scope, std::size_t depth) {
  std::size_t end = 0;
  for (std::size_t level = 0; level < depth && end != std::string::npos; ++level) {
    end = scope.find('/', level == 0 ? 0 : end + 1);
  }
  return scope.substr(0, end);
}

std::size_t block_depth(const std::vector<PartRow>& rows) {
  std::set<std::string> scopes;
  for (const PartRow& row : rows) scopes.insert(row.scope);
  std::size_t depth = 1;
  for (std::size_t deeper = 2; deeper <= deepest_block; ++deeper) {
    std::set<std::string> blocks;
    for (const std::string& scope : scopes) blocks.insert(cut_scope(scope, deeper));
    if (blocks.size() > most_blocks) break;
    depth = deeper;
  }
  return depth;
}

template <class Name>
std::vector<PartTrend> trends_of(const std::vector<PartRow>& rows, std::size_t points, Name name) {
  std::map<std::string, std::size_t> numbers;
  std::vector<PartTrend> trends;
  for (const PartRow& row : rows) {
    const std::string key = name(row);
    const auto [at, is_new] = numbers.emplace(key, trends.size());
    if (is_new) {
      trends.emplace_back();
      trends.back().name = key;
      trends.back().time_ms.assign(points, null_real);
    }
    double& sum = trends[at->second].time_ms[row.point];
    sum = std::isnan(sum) ? row.time_ms : sum + row.time_ms;
  }
  std::sort(trends.begin(), trends.end(),
            [](const PartTrend& a, const PartTrend& b) { return natural_less(a.name, b.name); });
  return trends;
}

double median_part(std::span<const double> values) {
  std::vector<double> sorted;
  for (const double value : values) {
    if (std::isfinite(value)) sorted.push_back(value);
  }
  if (sorted.empty()) return null_real;
  std::sort(sorted.begin(), sorted.end());
  return sorted[(sorted.size() - 1) / 2] / 2 + sorted[sorted.size() / 2] / 2;
}

// Each part's own changes, all parts together at a false discovery rate.
void find_part_changes(std::vector<PartTrend>& trends, compare::ChangePointTest& test) {
  std::vector<double> p;
  std::vector<std::optional<std::size_t>> places;
  for (PartTrend& trend : trends) {
    std::vector<compare::SeriesPoint> points;
    std::vector<std::size_t> numbers;
    for (std::size_t i = 0; i < trend.time_ms.size(); ++i) {
      if (!(trend.time_ms[i] > 0)) continue;
      points.push_back({trend.time_ms[i], nullptr});
      numbers.push_back(i);
    }
    const compare::ChangePoints found = test.find(points);
    const auto largest = std::max_element(
        found.changes.begin(), found.changes.end(),
        [](const compare::ChangePoint& a, const compare::ChangePoint& b) {
          return std::abs(std::log(a.after / a.before)) < std::abs(std::log(b.after / b.before));
        });
    const bool changed = largest != found.changes.end();
    p.push_back(changed ? largest->p : 1);
    places.push_back(changed ? std::optional(numbers[largest->at]) : std::nullopt);
    const std::span<const double> times = trend.time_ms;
    // The levels at both ends: up to the first change and from the last.
    trend.before_ms =
        median_part(times.first(changed ? numbers[found.changes.front().at] : times.size()));
    trend.after_ms = median_part(times.subspan(changed ? numbers[found.changes.back().at] : 0));
  }
  const std::vector<bool> holds = compare::discoveries(p, false_discoveries);
  for (std::size_t i = 0; i < trends.size(); ++i) {
    if (holds[i]) trends[i].changed_at = places[i];
  }
}

}  // namespace

void add_parts(HistorySeries& series, const HistorySource& source, compare::ChangePointTest& test) {
  const std::vector<PartRow> rows = rows_of(series, source);
  const std::size_t depth = block_depth(rows), count = series.points.size();
  series.blocks = trends_of(rows, count, [&](const PartRow& row) {
    return row.scope.empty() ? std::string("(top level)") : cut_scope(row.scope, depth);
  });
  series.types = trends_of(rows, count, [](const PartRow& row) { return row.type; });
  series.precisions = trends_of(rows, count, [](const PartRow& row) {
    return row.precision.empty() ? std::string("unknown") : row.precision;
  });
  find_part_changes(series.blocks, test);
  find_part_changes(series.types, test);
  find_part_changes(series.precisions, test);
}

}  // namespace trex::store
